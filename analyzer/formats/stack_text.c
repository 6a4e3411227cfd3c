/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/stack_text.h"

bool stack_text_add(struct stack_text *stack, struct span frame)
{
	char *at = stack->bytes + stack->length;
	size_t room = sizeof(stack->bytes) - stack->length;

	if (room < 2 || frame.length > room - 2)
		return false;
	*at = ' ';
	memcpy(at + 1, frame.at, frame.length);
	at[1 + frame.length] = '\n';
	stack->length += frame.length + 2;
	return true;
}

bool stack_text_put(struct stack_text *stack, const struct span *pieces,
		    size_t count)
{
	char *at = stack->bytes + stack->length;
	size_t length = 0, i;

	for (i = 0; i < count; i++)
		length += pieces[i].length;
	if (length > sizeof(stack->bytes) - stack->length)
		return false;
	for (i = 0; i < count; i++) {
		if (pieces[i].length)
			memcpy(at, pieces[i].at, pieces[i].length);
		at += pieces[i].length;
	}
	stack->length += length;
	return true;
}
