/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/source_place.h"

/* Room for ":" and any line. */
#define LINE_CAPACITY 12

/* Write ":1234" and return its length. */
static size_t write_line(char *at, unsigned line)
{
	char digits[LINE_CAPACITY];
	size_t count = 0, i;

	for (; line; line /= 10)
		digits[count++] = (char)('0' + line % 10);
	at[0] = ':';
	for (i = 0; i < count; i++)
		at[1 + i] = digits[count - 1 - i];
	return 1 + count;
}

bool source_place_init(struct source_place *place, struct arena *arena,
		       const char *function, const char *file, unsigned line)
{
	struct source_place made = {.line = line};
	size_t length = file ? strlen(file) : 0;
	char *text;

	if (function)
		made.function = span_of(function);
	if (length) {
		text = arena_alloc(arena, length + LINE_CAPACITY);
		if (!text)
			return false;
		memcpy(text, file, length);
		made.file = (struct span){text, length};
		if (line)
			length += write_line(text + length, line);
		made.file_line = (struct span){text, length};
	}
	*place = made;
	return true;
}

struct span source_file_of(struct span file_line)
{
	struct span file = file_line;
	uint64_t line;

	if (span_drop_u64(&file, &line) && span_drop(&file, SPAN(":")))
		return file;
	return file_line;
}
