/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/place_maker.h"

#include <stdlib.h>

#include "account/told_place.h"

static void fill_frame(struct arena *arena, const struct made_frame *made,
		       struct frame *frame)
{
	struct source_place *places =
		arena_alloc(arena, made->count * sizeof(*places));
	size_t i;

	if (!places)
		abort();
	for (i = 0; i < made->count; i++)
		if (!source_place_init(
			    &places[i], arena, made->places[i].function,
			    made->places[i].file, made->places[i].line))
			abort();
	frame->places = places;
	frame->place_count = made->count;
	told_place_choose(frame);
}

void place_maker_fill(struct snapshot *snapshot, const struct made_frame *table)
{
	const struct made_frame *made;
	struct stack *stack;
	size_t i;

	for (stack = snapshot->stacks.table; stack; stack = stack->hh.next)
		for (i = 0; i < stack->frame_count; i++)
			for (made = table; made->text; made++)
				if (span_equal(stack->frames[i].text,
					       span_of(made->text)))
					fill_frame(&snapshot->arena, made,
						   &stack->frames[i]);
}
