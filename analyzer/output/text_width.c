/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_width.h"

#include <string.h>

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t text_width(const char *text)
{
	size_t width = 0;

	for (; *text; text++)
		width += !is_continuation(*text);
	return width;
}

/* The byte at which column `column` of text begins. */
static size_t byte_of(const char *text, size_t column)
{
	size_t i = 0;

	while (text[i]) {
		if (!is_continuation(text[i]) && column-- == 0)
			break;
		i++;
	}
	return i;
}

char *text_cut(struct arena *arena, const char *text, size_t width)
{
	static const char ellipsis[] = "…";
	size_t total = text_width(text), length = strlen(text), head, tail;
	char *cut;

	cut = arena_alloc(arena, length + sizeof(ellipsis));
	if (!cut)
		return NULL;
	if (total <= width || width < 2) {
		memcpy(cut, text, length);
		return cut;
	}
	head = byte_of(text, width / 2);
	tail = byte_of(text, total - (width - width / 2 - 1));
	memcpy(cut, text, head);
	memcpy(cut + head, ellipsis, sizeof(ellipsis) - 1);
	memcpy(cut + head + sizeof(ellipsis) - 1, text + tail, length - tail);
	return cut;
}

char *text_cut_left(struct arena *arena, const char *text, size_t width)
{
	static const char ellipsis[] = "…";
	size_t total = text_width(text), length = strlen(text), tail;
	const char *slash;
	char *cut = arena_alloc(arena, length + sizeof(ellipsis));

	if (!cut)
		return NULL;
	if (total <= width || width < 2) {
		memcpy(cut, text, length);
		return cut;
	}
	tail = byte_of(text, total - (width - 1));
	slash = strchr(text + tail, '/');
	if (slash)
		tail = (size_t)(slash - text);
	memcpy(cut, ellipsis, sizeof(ellipsis) - 1);
	memcpy(cut + sizeof(ellipsis) - 1, text + tail, length - tail);
	return cut;
}
