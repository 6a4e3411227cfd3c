/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/text_buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void text_buffer_deinit(struct text_buffer *buffer)
{
	free(buffer->at);
	*buffer = (struct text_buffer){0};
}

static void make_room(struct text_buffer *buffer, size_t more)
{
	size_t capacity = buffer->capacity ? buffer->capacity : 256;

	while (capacity < buffer->length + more + 1)
		capacity *= 2;
	if (capacity == buffer->capacity)
		return;
	buffer->at = realloc(buffer->at, capacity);
	if (!buffer->at)
		abort();
	buffer->capacity = capacity;
}

void text_buffer_add(struct text_buffer *buffer, struct span text)
{
	make_room(buffer, text.length);
	if (text.length)
		memcpy(buffer->at + buffer->length, text.at, text.length);
	buffer->length += text.length;
	buffer->at[buffer->length] = '\0';
}

void text_buffer_format(struct text_buffer *buffer, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		abort();
	make_room(buffer, (size_t)length);
	va_start(args, format);
	vsnprintf(buffer->at + buffer->length, (size_t)length + 1, format,
		  args);
	va_end(args);
	buffer->length += (size_t)length;
}

void text_buffer_replace(struct text_buffer *buffer, size_t offset,
			 size_t old_length, struct span fresh)
{
	size_t behind = offset + old_length;

	make_room(buffer, fresh.length);
	memmove(buffer->at + offset + fresh.length, buffer->at + behind,
		buffer->length - behind);
	if (fresh.length)
		memcpy(buffer->at + offset, fresh.at, fresh.length);
	buffer->length += fresh.length;
	buffer->length -= old_length;
	buffer->at[buffer->length] = '\0';
}
