/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/stack_names.h"

static void put(char **at, struct span text)
{
	memcpy(*at, text.at, text.length);
	*at += text.length;
}

bool stack_names(struct arena *arena, const struct stack *stack,
		 struct span *ret)
{
	size_t first = stack->class.blamed, length = 1, i;
	char *text, *at;

	if (first >= stack->frame_count)
		first = 0;
	for (i = first; i < stack->frame_count; i++)
		length += stack->frames[i].name.length +
			  stack->frames[i].module.length + 5;
	text = arena_alloc(arena, length);
	if (!text)
		return false;
	at = text;
	for (i = first; i < stack->frame_count; i++) {
		const struct frame *frame = &stack->frames[i];

		put(&at, frame_is_address(frame) ? SPAN("?") : frame->name);
		if (frame->module.length) {
			put(&at, SPAN(" ["));
			put(&at, frame->module);
			put(&at, SPAN("]"));
		}
		put(&at, SPAN("\n"));
	}
	*ret = span_between(text, at);
	return true;
}
