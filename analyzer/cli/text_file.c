/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/text_file.h"

#include <stdlib.h>

#include "base/quote.h"
#include "input/source.h"

struct text {
	char *at;
	size_t length, capacity;
};

static bool make_room(struct text *text, struct error *err)
{
	size_t capacity = text->capacity ? 2 * text->capacity : 64 << 10;
	char *at;

	if (text->length < text->capacity)
		return true;
	at = realloc(text->at, capacity);
	if (!at)
		return error_no_memory(err);
	text->at = at;
	text->capacity = capacity;
	return true;
}

static bool read_text(struct source *source, const char *quoted,
		      struct text *text, struct error *err)
{
	const char *damage;
	size_t got;

	do {
		if (!make_room(text, err) ||
		    !source_read(source, text->at + text->length,
				 text->capacity - text->length, &got, err))
			return false;
		text->length += got;
		if (text->length > TEXT_FILE_MAX)
			return error_set(err, ERROR_FORMAT,
					 "%s: larger than 16 MiB", quoted);
	} while (got);
	damage = source_loss(source)->text;
	return !damage[0] ||
	       error_set(err, ERROR_FORMAT, "%s: %s", quoted, damage);
}

bool text_file_read(const char *path, struct arena *arena, struct span *ret,
		    struct error *err)
{
	char quoted[QUOTE_PATH_CAPACITY];
	struct text text = {0};
	struct source *source;
	bool done;

	quote_path(path, quoted);
	if (!source_create(path, &source, err))
		return false;
	done = read_text(source, quoted, &text, err);
	source_destroy(source);
	if (done &&
	    !arena_copy(arena, (struct span){text.at, text.length}, ret))
		done = error_no_memory(err);
	free(text.at);
	return done;
}
