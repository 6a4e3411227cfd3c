/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stack put together frame by frame, as struct record wants it. */
#ifndef PAGEOWL_FORMATS_STACK_TEXT_H
#define PAGEOWL_FORMATS_STACK_TEXT_H

#include "base/span.h"

/* Sixteen frames of the longest names are 10 KB. */
#define STACK_TEXT_MAX ((size_t)64 << 10)

/* Zeroed is empty. */
struct stack_text {
	size_t length;
	char bytes[STACK_TEXT_MAX];
};

/* Add frame as a line; false, and nothing added, where it does not fit. */
bool stack_text_add(struct stack_text *stack, struct span frame);

/* Put pieces behind each other; false, and nothing, where they do not fit. */
bool stack_text_put(struct stack_text *stack, const struct span *pieces,
		    size_t count);

/* Add a frame that is a line, with its space and its newline. */
static inline bool stack_text_add_line(struct stack_text *stack,
				       struct span line)
{
	if (line.length > sizeof(stack->bytes) - stack->length)
		return false;
	memcpy(stack->bytes + stack->length, line.at, line.length);
	stack->length += line.length;
	return true;
}

static inline struct span stack_text_span(const struct stack_text *stack)
{
	return (struct span){stack->bytes, stack->length};
}

#endif
