/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that grows. Memory running out ends the test. */
#ifndef PAGEOWL_TESTS_SUPPORT_TEXT_BUFFER_H
#define PAGEOWL_TESTS_SUPPORT_TEXT_BUFFER_H

#include "base/span.h"

/* Zeroed is empty and valid. */
struct text_buffer {
	char *at;
	size_t length, capacity;
};

void text_buffer_deinit(struct text_buffer *buffer);

void text_buffer_add(struct text_buffer *buffer, struct span text);

__attribute__((format(printf, 2, 3))) void text_buffer_format(
	struct text_buffer *buffer, const char *format, ...);

/* Put `fresh` where the `old_length` bytes at `offset` are. */
void text_buffer_replace(struct text_buffer *buffer, size_t offset,
			 size_t old_length, struct span fresh);

static inline struct span text_buffer_span(const struct text_buffer *buffer)
{
	return (struct span){buffer->at, buffer->length};
}

#endif
