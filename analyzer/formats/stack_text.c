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
