/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/name_addresses.h"

#include <inttypes.h>
#include <stdio.h>

#include "account/classify.h"

/* So many names tell one build from another. */
#define SAMPLES_MAX 16
#define TRIES_MAX   64

/* "+0x", two numbers, "/0x", " []" */
#define PLACE_ROOM 48

size_t name_addresses_left(const struct snapshot *snapshot)
{
	const struct stack *stack;
	size_t left = 0, i;

	for (stack = snapshot->stacks.table; stack; stack = stack->hh.next)
		for (i = 0; i < stack->frame_count; i++)
			left += frame_is_address(&stack->frames[i]);
	return left;
}

/* "symbol+0x1a/0x2c [module]", as the kernel would have printed it. */
static bool name_frame(struct arena *arena, const struct address_place *place,
		       struct frame *frame)
{
	size_t room = place->symbol.length + place->module.length + PLACE_ROOM;
	char *text = arena_alloc(arena, room), *at = text;

	if (!text)
		return false;
	memcpy(at, place->symbol.at, place->symbol.length);
	frame->symbol = (struct span){at, place->symbol.length};
	at += place->symbol.length;
	at += snprintf(at, PLACE_ROOM, "+0x%" PRIx64 "/0x%" PRIx64,
		       place->offset, place->size);
	if (place->module.length) {
		*at++ = ' ';
		*at++ = '[';
		memcpy(at, place->module.at, place->module.length);
		frame->module = (struct span){at, place->module.length};
		at += place->module.length;
		*at++ = ']';
	}
	frame->text = span_between(text, at);
	frame->name = frame_fold_name(frame->symbol);
	frame->offset = place->offset;
	frame->size = place->size;
	frame->looked_up = true;
	return true;
}

static void judge(struct stack *stack)
{
	classify_stack(stack->frames, stack->frame_count, stack->evidence,
		       &stack->class);
}

/*
 * What a module is started by lies in memory that is given back at once: where
 * that has another function's name now, it is better left without.
 */
static bool name_start(struct arena *arena, const struct address_place *place,
		       struct stack *stack, struct frame *frame)
{
	struct frame before = *frame;

	if (!name_frame(arena, place, frame))
		return false;
	judge(stack);
	if (stack->class.stale_symbol)
		*frame = before;
	return true;
}

static bool is_start(const struct stack *stack, size_t index)
{
	return index + 1 < stack->frame_count &&
	       span_equal(stack->frames[index + 1].name,
			  SPAN("do_one_initcall"));
}

static bool name_stack(struct snapshot *snapshot, struct stack *stack,
		       const struct address_table *table, size_t *named)
{
	struct arena *arena = &snapshot->stacks.arena;
	struct address_place place;
	bool tried = false;
	size_t i;

	for (i = 0; i < stack->frame_count; i++) {
		struct frame *frame = &stack->frames[i];

		if (!frame_is_address(frame) ||
		    !address_table_find(table, frame->offset, &place))
			continue;
		if (is_start(stack, i)
			    ? !name_start(arena, &place, stack, frame)
			    : !name_frame(arena, &place, frame))
			return false;
		tried = true;
		*named += frame->looked_up;
	}
	if (tried && stack->classified)
		judge(stack);
	return true;
}

bool name_addresses(struct snapshot *snapshot,
		    const struct address_table *table, size_t *ret_named,
		    struct error *err)
{
	struct stack *stack;
	size_t named = 0;

	for (stack = snapshot->stacks.table; stack; stack = stack->hh.next)
		if (!name_stack(snapshot, stack, table, &named))
			return error_no_memory(err);
	*ret_named += named;
	return true;
}

/* Whether the frame has a size to compare, and the list one of that name. */
static bool compare_size(const struct frame *frame,
			 const struct address_table *table, bool *ret_fits)
{
	return !frame_was_address(frame) && frame->size &&
	       !frame->module.length &&
	       address_table_has(table, frame->symbol, frame->size, ret_fits);
}

bool name_addresses_fits(const struct snapshot *snapshot,
			 const struct address_table *table)
{
	size_t tries = 0, asked = 0, fits = 0, i;
	const struct stack *stack;

	for (stack = snapshot->stacks.table; stack; stack = stack->hh.next) {
		bool same;

		/* Stacks share their ends: go inwards from one to the next. */
		for (i = asked; i < asked + stack->frame_count; i++) {
			const struct frame *frame =
				&stack->frames[i % stack->frame_count];

			if (++tries > TRIES_MAX || asked == SAMPLES_MAX)
				return fits * 2 >= asked;
			if (compare_size(frame, table, &same))
				break;
		}
		if (i == asked + stack->frame_count)
			continue;
		fits += same;
		asked++;
	}
	return fits * 2 >= asked;
}
