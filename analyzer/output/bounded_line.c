/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/bounded_line.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/quote.h"

#define DOTS	       "..."
#define NAME_LIMIT     512
#define NAME_CAPACITY  2064
#define IS_INNER(byte) (((unsigned char)(byte)&0xc0) == 0x80)

void bounded_line_init(struct bounded_line *line, char *buffer, size_t capacity)
{
	assert(capacity >= 8);
	*line = (struct bounded_line){.at = buffer, .capacity = capacity};
	buffer[0] = '\0';
}

/* The buffer was filled to its end: make room for the dots. */
static void cut(struct bounded_line *line)
{
	size_t length = line->capacity - sizeof(DOTS);

	while (length && IS_INNER(line->at[length]))
		length--;
	memcpy(line->at + length, DOTS, sizeof(DOTS));
	line->length = length + strlen(DOTS);
	line->full = true;
}

void bounded_line_put(struct bounded_line *line, const char *format, ...)
{
	size_t room = line->capacity - line->length;
	va_list args;
	int length;

	if (line->full)
		return;
	va_start(args, format);
	length = vsnprintf(line->at + line->length, room, format, args);
	va_end(args);
	if (length < 0)
		line->at[line->length] = '\0';
	else if ((size_t)length >= room)
		cut(line);
	else
		line->length += (size_t)length;
}

void bounded_line_quote(struct bounded_line *line, struct span text)
{
	char quoted[NAME_CAPACITY];

	quote_text(text, NAME_LIMIT, quoted, sizeof(quoted));
	bounded_line_put(line, "%s", quoted);
}
