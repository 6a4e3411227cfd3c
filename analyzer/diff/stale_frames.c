/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diff/stale_frames.h"

/* Comparing all with all is for the few that are left, not for a bad match. */
#define COMPARISONS_MAX 4000000

static bool has_address(const struct stack *stack)
{
	size_t i;

	for (i = 0; i < stack->frame_count; i++)
		if (frame_was_address(&stack->frames[i]))
			return true;
	return false;
}

static bool is_unsteady(const struct keyed_row *row)
{
	return row->stack->class.stale_symbol || has_address(row->stack);
}

/* The frame below do_one_initcall(), where a stale symbol stands. */
static bool may_be_stale(const struct stack *stack, size_t index)
{
	if (frame_was_address(&stack->frames[index]))
		return true;
	return stack->class.stale_symbol && stack->frames[index].module.length;
}

static bool is_pair(const struct stack *a, const struct stack *b)
{
	size_t same = 0, i;

	if (a->frame_count != b->frame_count)
		return false;
	for (i = 0; i < a->frame_count; i++) {
		if (span_equal(a->frames[i].text, b->frames[i].text))
			same++;
		else if (!may_be_stale(a, i) && !may_be_stale(b, i))
			return false;
	}
	return same > 0;
}

static void swap(const struct keyed_row **rows, size_t a, size_t b)
{
	const struct keyed_row *kept = rows[a];

	rows[a] = rows[b];
	rows[b] = kept;
}

size_t stale_frames_pair(const struct keyed_row **lone[2],
			 const size_t counts[2])
{
	size_t pairs = 0, i, j;

	if (counts[0] && counts[1] > COMPARISONS_MAX / counts[0])
		return 0;
	for (i = 0; i < counts[0] && pairs < counts[1]; i++) {
		for (j = pairs; j < counts[1]; j++) {
			if (!is_unsteady(lone[0][i]) &&
			    !is_unsteady(lone[1][j]))
				continue;
			if (span_equal(lone[0][i]->detail,
				       lone[1][j]->detail) &&
			    is_pair(lone[0][i]->stack, lone[1][j]->stack))
				break;
		}
		if (j == counts[1])
			continue;
		swap(lone[1], j, pairs);
		swap(lone[0], i, pairs);
		pairs++;
	}
	return pairs;
}
