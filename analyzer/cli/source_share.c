/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/source_share.h"

#include "cli/symbol_gaps.h"

/* A part of so much goes unnoticed. */
#define NOTICED 10

const struct frame *source_share_frame(const struct stack *stack)
{
	const struct frame *blamed = stack->frames ? stack_blamed(stack) : NULL;

	if (!blamed || stack->class.stale_symbol || frame_is_address(blamed) ||
	    !blamed->size || symbol_gaps_is_made(blamed->module))
		return NULL;
	return blamed;
}

void source_share_add(struct source_share *share,
		      const struct snapshot *snapshot)
{
	const struct stack *stack;
	const struct frame *frame;
	const struct row *row;
	size_t stacks = 0, lined = 0;
	double units = 0, lacking = 0;

	for (stack = snapshot->stacks.table; stack; stack = stack->hh.next) {
		frame = stack->meaning == stack ? source_share_frame(stack)
						: NULL;
		stacks += frame != NULL;
		lined += frame && frame->place_count;
	}
	for (row = snapshot->rows; row; row = row->hh.next) {
		frame = source_share_frame(row->key.stack);
		if (!frame)
			continue;
		units += (double)row->tally.units;
		if (!frame->place_count)
			lacking += (double)row->tally.units;
	}
	share->stacks += stacks;
	share->lined += lined;
	share->lacks |= (stacks - lined) * NOTICED > stacks ||
			lacking * NOTICED > units;
}

static bool is_void(const struct source_share *few,
		    const struct source_share *many, bool same_files)
{
	if (!few->stacks || few->lined * NOTICED >= few->stacks)
		return false;
	/* A module that is loaded in one of them only is no reason. */
	if (same_files)
		return many->lined * 2 >= many->stacks && many->lined;
	return (double)few->lined * 2 * (double)many->stacks <
	       (double)many->lined * (double)few->stacks;
}

bool source_share_is_void(const struct source_share *a,
			  const struct source_share *b, bool same_files)
{
	return is_void(a, b, same_files) || is_void(b, a, same_files);
}
