/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/line_chain.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 4096 };

void line_chain_deinit(struct line_chain *chain)
{
	free(chain->text);
	chain->text = NULL;
	chain->capacity = 0;
	line_chain_clear(chain);
}

void line_chain_clear(struct line_chain *chain)
{
	chain->count = 0;
	chain->length = 0;
	chain->no_memory = false;
}

static bool make_room(struct line_chain *chain, size_t room)
{
	size_t capacity = chain->capacity ? chain->capacity : FIRST_CAPACITY;
	char *text;

	if (chain->capacity - chain->length >= room)
		return true;
	while (capacity - chain->length < room)
		capacity *= 2;
	text = realloc(chain->text, capacity);
	if (!text)
		return false;
	chain->text = text;
	chain->capacity = capacity;
	return true;
}

static size_t copy_text(struct line_chain *chain, const char *text)
{
	size_t at = chain->length, length;

	if (!text)
		return SIZE_MAX;
	length = strnlen(text, ANSWER_MESSAGE_MAX);
	if (!make_room(chain, length + 1)) {
		chain->no_memory = true;
		return SIZE_MAX;
	}
	memcpy(chain->text + at, text, length);
	chain->text[at + length] = '\0';
	chain->length += length + 1;
	return at;
}

void line_chain_add(void *context, const struct source_line *line)
{
	struct line_chain *chain = context;
	struct chain_line *kept = &chain->lines[chain->count];

	if (chain->count == ANSWER_LINES_MAX)
		return;
	kept->function = copy_text(chain, line->function);
	kept->file = copy_text(chain, line->file);
	kept->line = line->line;
	chain->count++;
}

struct source_line line_chain_line(const struct line_chain *chain, size_t index)
{
	const struct chain_line *line = &chain->lines[index];
	bool function = line->function != SIZE_MAX;
	bool file = line->file != SIZE_MAX;

	return (struct source_line){
		.function = function ? chain->text + line->function : NULL,
		.file = file ? chain->text + line->file : NULL,
		.line = line->line,
	};
}

/* FNV-1a: the chains of one query are few, and an accident harms nobody. */
static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ at[i]) * 0x100000001b3;
	return hash;
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
	/* With its NUL; a byte that no text begins with when there is none. */
	return text ? mix(hash, text, strlen(text) + 1) : mix(hash, "\xff", 1);
}

uint64_t line_chain_hash(const struct line_chain *chain)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (size_t i = 0; i < chain->count; i++) {
		struct source_line line = line_chain_line(chain, i);

		hash = mix(hash, &line.line, sizeof(line.line));
		hash = mix_text(hash, line.function);
		hash = mix_text(hash, line.file);
	}
	return hash;
}
