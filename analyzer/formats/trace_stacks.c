/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_stacks.h"

#include <stdlib.h>

#include "base/table.h"
#include "formats/trace_frame.h"

/* 128 bits of hash stand for the lines: two stacks that share them are none. */
struct trace_seen {
	uint64_t low, high; /* both 0: an empty slot */
	uint32_t stack;
};

void trace_stacks_deinit(struct trace_stacks *stacks)
{
	string_pool_deinit(&stacks->texts);
	free(stacks->seen);
	stacks->seen = NULL;
	stacks->capacity = stacks->count = 0;
}

static struct trace_seen *slot_for(const struct trace_stacks *stacks,
				   XXH128_hash_t hash)
{
	size_t mask = stacks->capacity - 1, i = (size_t)hash.low64 & mask;

	while ((stacks->seen[i].low || stacks->seen[i].high) &&
	       (stacks->seen[i].low != hash.low64 ||
		stacks->seen[i].high != hash.high64))
		i = (i + 1) & mask;
	return &stacks->seen[i];
}

static bool grow(struct trace_stacks *stacks, struct error *err)
{
	struct trace_stacks larger = *stacks;
	size_t i;

	larger.capacity = stacks->capacity ? 2 * stacks->capacity : 256;
	larger.seen = calloc(larger.capacity, sizeof(*larger.seen));
	if (!larger.seen)
		return error_no_memory(err);
	for (i = 0; i < stacks->capacity; i++) {
		const struct trace_seen *old = &stacks->seen[i];

		if (old->low || old->high)
			*slot_for(&larger,
				  (XXH128_hash_t){old->low, old->high}) = *old;
	}
	free(stacks->seen);
	stacks->seen = larger.seen;
	stacks->capacity = larger.capacity;
	return true;
}

static bool find(const struct trace_stacks *stacks, XXH128_hash_t hash,
		 uint32_t *ret)
{
	const struct trace_seen *slot;

	if (!stacks->capacity)
		return false;
	slot = slot_for(stacks, hash);
	if (!slot->low && !slot->high)
		return false;
	*ret = slot->stack;
	return true;
}

/* Where the table is full, the stack is taken apart again the next time. */
static bool remember(struct trace_stacks *stacks, XXH128_hash_t hash,
		     uint32_t stack, struct error *err)
{
	if (stacks->count >= TRACE_STACKS_MAX)
		return true;
	if (stacks->count >= stacks->capacity / 2 && !grow(stacks, err))
		return false;
	*slot_for(stacks, hash) =
		(struct trace_seen){hash.low64, hash.high64, stack};
	stacks->count++;
	return true;
}

/* The number of stacks->text. */
static bool intern(struct trace_stacks *stacks, XXH128_hash_t hash,
		   uint32_t *ret, struct error *err)
{
	struct span text = stack_text_span(&stacks->text);
	string_id id;

	if (!stacks->texts.count &&
	    !string_pool_intern(&stacks->texts, SPAN(""), &id, err))
		return false;
	if (stacks->texts.count >= TRACE_STACKS_MAX) {
		stacks->beyond++;
		*ret = 0;
		return true;
	}
	if (!string_pool_intern(&stacks->texts, text, &id, err) ||
	    !remember(stacks, hash, id.index, err))
		return false;
	*ret = id.index;
	return true;
}

bool trace_stacks_of_lines(struct trace_stacks *stacks, struct span lines,
			   uint32_t *ret, struct error *err)
{
	XXH128_hash_t hash = XXH3_128bits(lines.at, lines.length);
	struct span line;

	if (find(stacks, hash, ret))
		return true;
	stacks->text.length = 0;
	while (span_take_line(&lines, &line))
		if (!trace_frame_add(&stacks->text, line))
			break;
	return intern(stacks, hash, ret, err);
}

bool trace_stacks_of_site(struct trace_stacks *stacks, struct span site,
			  uint32_t *ret, struct error *err)
{
	XXH128_hash_t hash;

	if (!site.length)
		site = SPAN("");
	hash = XXH3_128bits(site.at, site.length);
	if (find(stacks, hash, ret))
		return true;
	stacks->text.length = 0;
	trace_frame_add_site(&stacks->text, site);
	return intern(stacks, hash, ret, err);
}

struct span trace_stacks_text(const struct trace_stacks *stacks, uint32_t stack)
{
	return string_pool_text(&stacks->texts, (string_id){stack});
}
