/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diff/stack_match.h"

#include <stdlib.h>

/* Fewer common functions than this prove nothing. */
#define COMMON_LEAST 1

/* One function of OLD; size 0 once two functions were seen to share it. */
struct known_function {
	UT_hash_handle hh;
	uint64_t size;
	bool compared;
};

struct sizes {
	struct known_function *table; /* uthash head */
	struct arena arena;
	size_t same, differ;
};

/* The key: symbol as printed and module, which stand side by side in text. */
static struct span function_key(const struct frame *frame, char *room,
				size_t capacity)
{
	size_t length = frame->symbol.length + 1 + frame->module.length;

	if (frame_is_address(frame) || !frame->size || length > capacity)
		return (struct span){NULL, 0};
	memcpy(room, frame->symbol.at, frame->symbol.length);
	room[frame->symbol.length] = ' ';
	if (frame->module.length)
		memcpy(room + frame->symbol.length + 1, frame->module.at,
		       frame->module.length);
	return (struct span){room, length};
}

/* Find the function of a frame; *ret_key is empty when it has no name. */
static struct known_function *find_function(const struct sizes *sizes,
					    const struct frame *frame,
					    char *room, size_t capacity,
					    struct span *ret_key)
{
	struct known_function *known = NULL;
	struct span key = function_key(frame, room, capacity);

	if (key.length)
		HASH_FIND(hh, sizes->table, key.at, key.length, known);
	*ret_key = key;
	return known;
}

static bool learn_function(struct sizes *sizes, const struct frame *frame)
{
	struct known_function *known;
	struct span key;
	char room[512];

	known = find_function(sizes, frame, room, sizeof(room), &key);
	if (known) {
		/* Static functions of one name: neither can be told. */
		if (known->size != frame->size)
			known->size = 0;
		return true;
	}
	if (!key.length)
		return true;
	known = arena_alloc(&sizes->arena, sizeof(*known));
	if (!known || !arena_copy(&sizes->arena, key, &key))
		return false;
	known->size = frame->size;
	HASH_ADD_KEYPTR(hh, sizes->table, key.at, key.length, known);
	return known->hh.tbl != NULL;
}

static void compare_function(struct sizes *sizes, const struct frame *frame)
{
	struct known_function *known;
	struct span key;
	char room[512];

	known = find_function(sizes, frame, room, sizeof(room), &key);
	if (!known || !known->size || known->compared)
		return;
	known->compared = true;
	if (known->size == frame->size)
		sizes->same++;
	else
		sizes->differ++;
}

static bool compare_sizes(const struct snapshot *old,
			  const struct snapshot *new, struct sizes *sizes)
{
	const struct stack *stack;
	size_t i;

	for (stack = old->stacks.table; stack; stack = stack->hh.next)
		for (i = 0; i < stack->frame_count; i++)
			if (!learn_function(sizes, &stack->frames[i]))
				return false;
	for (stack = new->stacks.table; stack; stack = stack->hh.next)
		for (i = 0; i < stack->frame_count; i++)
			compare_function(sizes, &stack->frames[i]);
	return true;
}

bool stack_match_choose(const struct snapshot *old, const struct snapshot *new,
			enum report_match *ret, const char **ret_reason,
			struct error *err)
{
	struct sizes sizes = {0};
	bool done = compare_sizes(old, new, &sizes);

	HASH_CLEAR(hh, sizes.table);
	arena_deinit(&sizes.arena);
	if (!done)
		return error_no_memory(err);
	if (sizes.same + sizes.differ < COMMON_LEAST) {
		*ret = MATCH_EXACT;
		*ret_reason = "the captures have no function in common";
	} else if (sizes.differ * 50 > sizes.same) {
		*ret = MATCH_NAME;
		*ret_reason =
			"functions differ in size, so these are two builds";
	} else {
		*ret = MATCH_EXACT;
		*ret_reason =
			"functions have the same sizes, so this is one build";
	}
	return true;
}

/* The span of times of the early pages; false: they say nothing. */
static bool early_times(const struct snapshot *snapshot, uint64_t *ret_first,
			uint64_t *ret_last)
{
	const struct row *row;
	uint64_t first = TS_NONE, last = 0;

	for (row = snapshot->rows; row; row = row->hh.next) {
		if (row->key.stack->class.category != CATEGORY_EARLY ||
		    !row->tally.units_timed)
			continue;
		if (row->tally.first_ts_ns < first)
			first = row->tally.first_ts_ns;
		if (row->tally.last_ts_ns > last)
			last = row->tally.last_ts_ns;
	}
	*ret_first = first;
	*ret_last = last;
	return first != TS_NONE && last != 0;
}

enum same_boot stack_match_boot(const struct snapshot *old,
				const struct snapshot *new)
{
	uint64_t old_first, old_last, new_first, new_last;
	bool old_told = early_times(old, &old_first, &old_last);
	bool new_told = early_times(new, &new_first, &new_last);

	if (!old_told && !new_told)
		return BOOT_UNKNOWN;
	/* A clock that ran in one boot and stood still in the other. */
	if (!old_told || !new_told)
		return old_first != TS_NONE && new_first != TS_NONE
			       ? BOOT_OTHER
			       : BOOT_UNKNOWN;
	/* Some early pages may have been freed, at either end. */
	if (old_first == new_first || old_last == new_last)
		return BOOT_SAME;
	return BOOT_OTHER;
}
