/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/stack_table.h"

#include <stdlib.h>

#include "model/told_text.h"

void stack_table_deinit(struct stack_table *table)
{
	HASH_CLEAR(hh, table->table);
	arena_deinit(&table->arena);
	*table = (struct stack_table){0};
}

/* "[<ffffffff8117e4e3>] ": kernels up to 4.11, before each symbol. */
static void drop_raw_address(struct span *frame)
{
	const char *close;

	if (!span_starts_with(*frame, SPAN("[<")))
		return;
	close = span_find(*frame, SPAN(">]"));
	if (!close)
		return;
	*frame = span_between(close + 2, span_end(*frame));
	span_take(frame, SPAN(" "));
}

/* Kernels up to 4.x end some stacks with an address of all ones. */
static bool is_end_mark(struct span frame)
{
	return span_equal(frame, SPAN("0xffffffffffffffff")) ||
	       span_equal(frame, SPAN("0xffffffff"));
}

/*
 * A frame as it stands in the key. False: the line is no frame at all.
 */
static bool clean_frame(struct span line, struct span *ret)
{
	size_t length;

	/* Until nothing is left to take: cleaning twice changes nothing. */
	do {
		length = line.length;
		while (span_take(&line, SPAN(" ")) ||
		       span_take(&line, SPAN("\t")))
			;
		line = told_text_frame(line);
		drop_raw_address(&line);
	} while (line.length != length);
	/* "? sym": found on the stack, but no caller. */
	if (span_starts_with(line, SPAN("? ")))
		return false;
	while (line.length &&
	       (span_end(line)[-1] == ' ' || span_end(line)[-1] == '\r'))
		line.length--;
	*ret = line;
	return line.length && !is_end_mark(line);
}

/* Write the folded form of text to ret, which has room for its length. */
static struct span clean_text(struct span text, char *ret)
{
	struct span rest = text, line, frame;
	char *at = ret;

	while (span_take_line(&rest, &line)) {
		if (!clean_frame(line, &frame))
			continue;
		*at++ = ' ';
		memmove(at, frame.at, frame.length);
		at += frame.length;
		*at++ = '\n';
	}
	return span_between(ret, at);
}

bool stack_text_clean(struct arena *arena, struct span text, struct span *ret)
{
	/* A line gains at most its leading space and its newline. */
	char *room = arena_alloc(arena, 2 * text.length + 2);

	if (!room)
		return false;
	*ret = clean_text(text, room);
	return true;
}

static bool split_frames(struct stack_table *table, struct stack *stack)
{
	struct span rest = stack->text, line;
	size_t count = 0;

	while (span_take_line(&rest, &line))
		count++;
	stack->frames =
		arena_alloc(&table->arena, count * sizeof(*stack->frames));
	if (!stack->frames)
		return false;
	stack->frame_count = count;
	rest = stack->text;
	for (count = 0; span_take_line(&rest, &line); count++)
		frame_split(span_skip(line, 1), &stack->frames[count]);
	return true;
}

/* Add text, which must not be there yet. It means itself until told. */
static struct stack *add(struct stack_table *table, struct span text,
			 unsigned hash)
{
	struct stack *stack = arena_alloc(&table->arena, sizeof(*stack));

	if (!stack || !arena_copy(&table->arena, text, &stack->text))
		return NULL;
	stack->meaning = stack;
	HASH_ADD_KEYPTR_BYHASHVALUE(hh, table->table, stack->text.at,
				    stack->text.length, hash, stack);
	return stack->hh.tbl ? stack : NULL;
}

static bool add_meaning(struct stack_table *table, struct span text,
			unsigned hash, struct stack **ret, bool *ret_new)
{
	struct stack *stack;

	HASH_FIND_BYHASHVALUE(hh, table->table, text.at, text.length, hash,
			      stack);
	*ret_new = false;
	if (!stack) {
		stack = add(table, text, hash);
		if (!stack || !split_frames(table, stack))
			return false;
		table->count++;
		*ret_new = true;
	}
	*ret = stack;
	return true;
}

/* Fill in the source places that text tells of the frames of its meaning. */
static bool add_places(struct stack_table *table, struct span text,
		       struct stack *meaning)
{
	struct span rest = text, line, ignored;
	size_t i = 0;

	if (!text.length || !memchr(text.at, '\t', text.length))
		return true;
	while (span_take_line(&rest, &line)) {
		if (!clean_frame(line, &ignored))
			continue;
		span_take_blanks(&line);
		if (!meaning->frames[i].place_count &&
		    !told_text_places(line, &table->arena, &meaning->frames[i]))
			return false;
		i++;
	}
	return true;
}

/* A text seen for the first time. */
static bool add_text(struct stack_table *table, struct span text, unsigned hash,
		     struct stack **ret, bool *ret_new)
{
	/* A line gains at most its leading space and its newline. */
	char *room = malloc(2 * text.length + 2);
	struct stack *stack, *meaning;
	struct span clean;
	bool same, done;

	if (!room)
		return false;
	clean = clean_text(text, room);
	same = span_equal(clean, text);
	done = add_meaning(table, clean,
			   same ? hash : table_hash(clean.at, clean.length),
			   &meaning, ret_new);
	free(room);
	if (!done)
		return false;
	if (!same) {
		stack = add(table, text, hash);
		if (!stack)
			return false;
		stack->meaning = meaning;
		if (!add_places(table, text, meaning))
			return false;
	}
	*ret = meaning;
	return true;
}

bool stack_table_intern(struct stack_table *table, struct span text,
			struct stack **ret, bool *ret_new, struct error *err)
{
	struct stack *stack;
	bool is_new = false;
	unsigned hash;

	/* No stack, and nowhere: both are the empty one. */
	if (!text.length)
		text = SPAN("");
	hash = table_hash(text.at, text.length);

	HASH_FIND_BYHASHVALUE(hh, table->table, text.at, text.length, hash,
			      stack);
	if (stack)
		*ret = stack->meaning;
	else if (!add_text(table, text, hash, ret, &is_new))
		return error_no_memory(err);
	if (ret_new)
		*ret_new = is_new;
	return true;
}

static bool copy_place(struct arena *arena, const struct source_place *from,
		       struct source_place *ret)
{
	struct source_place place = *from;

	if (!arena_copy(arena, from->function, &place.function) ||
	    !arena_copy(arena, from->file_line, &place.file_line))
		return false;
	place.file = (struct span){place.file_line.at, from->file.length};
	*ret = place;
	return true;
}

static bool copy_places(struct arena *arena, const struct frame *from,
			struct frame *ret)
{
	struct source_place *places =
		arena_alloc(arena, from->place_count * sizeof(*places));
	size_t i;

	if (!places)
		return false;
	for (i = 0; i < from->place_count; i++)
		if (!copy_place(arena, &from->places[i], &places[i]))
			return false;
	ret->places = places;
	ret->place_count = from->place_count;
	ret->places_told = true;
	ret->told_place = from->told_place;
	return true;
}

bool stack_table_copy_places(struct stack_table *table, struct stack *stack,
			     const struct stack *twin, struct error *err)
{
	size_t i;

	for (i = 0; i < stack->frame_count && i < twin->frame_count; i++) {
		const struct frame *from = &twin->frames[i];

		if (from->places_told && !stack->frames[i].place_count &&
		    !copy_places(&table->arena, from, &stack->frames[i]))
			return error_no_memory(err);
	}
	return true;
}

const struct frame *stack_blamed(const struct stack *stack)
{
	if (stack->class.blamed >= stack->frame_count)
		return NULL;
	return &stack->frames[stack->class.blamed];
}

const struct source_place *stack_place(const struct stack *stack)
{
	const struct frame *blamed = stack_blamed(stack);

	return blamed ? frame_place(blamed) : NULL;
}
