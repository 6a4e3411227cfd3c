/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/frame_notes.h"

#include <stdio.h>

#include "base/quote.h"

enum {
	/* Files and functions are untrusted: so long, and so deep. */
	NAME_LIMIT = 4 * QUOTE_LIMIT,
	NAME_CAPACITY = 4 * NAME_LIMIT + 4,
	PLACE_CAPACITY = NAME_CAPACITY + 16,
	DEPTH_MAX = 64,
};

static bool is_known(const struct source_line *line)
{
	return line->file && line->file[0];
}

/* "mm/slub.c:2320"; "mm/slub.c:?" where the line is not known */
static void print_place(const struct source_line *line,
			char ret[PLACE_CAPACITY])
{
	char file[NAME_CAPACITY];

	quote_text(span_of(line->file), NAME_LIMIT, file, sizeof(file));
	if (line->line)
		snprintf(ret, PLACE_CAPACITY, "%s:%u", file, line->line);
	else
		snprintf(ret, PLACE_CAPACITY, "%s:?", file);
}

static bool make_inlined(const struct source_line *line, struct arena *arena,
			 struct inlined_note *ret)
{
	char function[NAME_CAPACITY] = "?", place[PLACE_CAPACITY];
	char text[NAME_CAPACITY + PLACE_CAPACITY + 32];
	size_t before;

	if (line->function && line->function[0])
		quote_text(span_of(line->function), NAME_LIMIT, function,
			   sizeof(function));
	print_place(line, place);
	before = (size_t)snprintf(text, sizeof(text), "%s (", function);
	snprintf(text + before, sizeof(text) - before, "%s) (inlined)", place);
	if (!arena_copy(arena, span_of(text), &ret->text))
		return false;
	ret->place = (struct span){ret->text.at + before, strlen(place)};
	return true;
}

bool frame_notes_make(const struct frame_answer *answer, struct arena *arena,
		      struct frame_notes *ret)
{
	const struct source_line *lines = answer->lines;
	size_t inner = answer->line_count, i;
	struct frame_notes notes = {0};
	struct inlined_note *inlined;
	char place[PLACE_CAPACITY];

	*ret = notes;
	if (answer->status != FRAME_RESOLVED || !inner ||
	    !is_known(&lines[--inner]))
		return true;
	print_place(&lines[inner], place);
	if (!arena_copy(arena, span_of(place), &notes.place))
		return false;
	if (inner > DEPTH_MAX)
		inner = DEPTH_MAX;
	inlined = arena_alloc(arena, inner * sizeof(*inlined));
	if (!inlined)
		return false;
	for (i = 0; i < inner; i++)
		if (is_known(&lines[i]) &&
		    !make_inlined(&lines[i], arena,
				  &inlined[notes.inlined_count++]))
			return false;
	notes.inlined = inlined;
	*ret = notes;
	return true;
}
