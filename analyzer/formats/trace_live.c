/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_live.h"

#include <stdlib.h>

void trace_live_deinit(struct trace_live *live)
{
	free(live->slots);
	*live = (struct trace_live){0};
}

/* Addresses differ in few bits: all have to reach the low ones. */
static size_t home_of(const struct trace_live *live, uint64_t key)
{
	key ^= key >> 33;
	key *= 0xff51afd7ed558ccdu;
	key ^= key >> 33;
	key *= 0xc4ceb9fe1a85ec53u;
	key ^= key >> 33;
	return (size_t)key & (live->capacity - 1);
}

static struct trace_entry *slot_for(const struct trace_live *live, uint64_t key)
{
	size_t i = home_of(live, key);

	while (live->slots[i].key && live->slots[i].key != key)
		i = (i + 1) & (live->capacity - 1);
	return &live->slots[i];
}

struct trace_entry *trace_live_find(const struct trace_live *live, uint64_t key)
{
	struct trace_entry *slot;

	if (!live->count)
		return NULL;
	slot = slot_for(live, key);
	return slot->key ? slot : NULL;
}

static bool grow(struct trace_live *live)
{
	struct trace_live larger = *live;
	size_t i;

	larger.capacity = live->capacity ? 2 * live->capacity : 1024;
	larger.slots = calloc(larger.capacity, sizeof(*larger.slots));
	if (!larger.slots)
		return false;
	for (i = 0; i < live->capacity; i++)
		if (live->slots[i].key)
			*slot_for(&larger, live->slots[i].key) = live->slots[i];
	free(live->slots);
	*live = larger;
	return true;
}

struct trace_entry *trace_live_add(struct trace_live *live, uint64_t key)
{
	struct trace_entry *slot = trace_live_find(live, key);

	if (slot)
		return slot;
	if (trace_live_is_full(live) ||
	    (live->count >= live->capacity / 4 * 3 && !grow(live)))
		return NULL;
	slot = slot_for(live, key);
	slot->key = key;
	live->count++;
	return slot;
}

/* No gap may part an entry from its home: those behind are moved up. */
void trace_live_remove(struct trace_live *live, struct trace_entry *entry)
{
	size_t mask = live->capacity - 1;
	size_t gap = (size_t)(entry - live->slots), i = gap;

	for (;;) {
		size_t home;

		i = (i + 1) & mask;
		if (!live->slots[i].key)
			break;
		home = home_of(live, live->slots[i].key);
		if (((i - home) & mask) < ((i - gap) & mask))
			continue;
		live->slots[gap] = live->slots[i];
		gap = i;
	}
	live->slots[gap] = (struct trace_entry){0};
	live->count--;
}

static int compare(const void *left, const void *right)
{
	const struct trace_entry *a = left, *b = right;

	if (a->stack != b->stack)
		return a->stack < b->stack ? -1 : 1;
	if (a->facts != b->facts)
		return a->facts < b->facts ? -1 : 1;
	if (a->ts_ns != b->ts_ns)
		return a->ts_ns > b->ts_ns ? -1 : 1;
	return a->key < b->key ? -1 : a->key > b->key;
}

void trace_live_sort(struct trace_live *live)
{
	size_t i, count = 0;

	for (i = 0; i < live->capacity; i++)
		if (live->slots[i].key)
			live->slots[count++] = live->slots[i];
	live->count = count;
	if (count)
		qsort(live->slots, count, sizeof(*live->slots), compare);
}
