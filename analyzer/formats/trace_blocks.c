/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_blocks.h"

#include "model/record.h"

/* Larger blocks are not searched for smaller ones: MAX_ORDER is 10 or 11. */
#define SEARCHED_ORDER 11

/* The block that 2^order pages at pfn lie in; NULL: there is none. */
static struct trace_entry *find_around(const struct trace_live *live,
				       uint64_t orders, uint64_t pfn,
				       unsigned order)
{
	unsigned i;

	for (i = order; i <= ORDER_MAX && orders >> i; i++) {
		uint64_t pages = (uint64_t)1 << i;
		struct trace_entry *entry;

		if (i > order && !(orders & pages))
			continue;
		entry = trace_live_find(live,
					trace_block_key(pfn & ~(pages - 1)));
		if (entry && entry->units >= pages)
			return entry;
	}
	return NULL;
}

/* Forget the blocks within 2^order pages at pfn. */
static uint64_t remove_within(struct trace_live *live, uint64_t orders,
			      uint64_t pfn, unsigned order)
{
	uint64_t pages = (uint64_t)1 << order, gone = 0, i;

	/* Only smaller ones can be. */
	if (order > SEARCHED_ORDER || !(orders & (pages - 1)))
		return 0;
	for (i = 0; i < pages; i++) {
		struct trace_entry *entry =
			trace_live_find(live, trace_block_key(pfn + i));

		if (entry) {
			trace_live_remove(live, entry);
			gone++;
		}
	}
	return gone;
}

static void keep(struct trace_live *live, const struct trace_entry *of,
		 uint64_t pfn, uint64_t pages, struct trace_blocks_change *ret)
{
	struct trace_entry *entry = trace_live_add(live, trace_block_key(pfn));

	ret->left++;
	if (!entry) {
		ret->beyond++;
		return;
	}
	*entry = *of;
	entry->key = trace_block_key(pfn);
	entry->units = pages;
}

/* Halve the block until the part is left that is freed; keep the rest. */
static void free_part(struct trace_live *live, struct trace_entry *entry,
		      uint64_t pfn, unsigned order,
		      struct trace_blocks_change *ret)
{
	const struct trace_entry of = *entry;
	uint64_t head = of.key - trace_block_key(0), pages = of.units;

	trace_live_remove(live, entry);
	while (pages > (uint64_t)1 << order) {
		pages /= 2;
		if (pfn >= head + pages) {
			keep(live, &of, head, pages, ret);
			head += pages;
		} else {
			keep(live, &of, head + pages, pages, ret);
		}
	}
}

void trace_blocks_free(struct trace_live *live, uint64_t orders, uint64_t pfn,
		       unsigned order, struct trace_blocks_change *ret)
{
	struct trace_entry *entry = find_around(live, orders, pfn, order);

	*ret = (struct trace_blocks_change){0};
	if (entry) {
		ret->gone = 1;
		free_part(live, entry, pfn, order, ret);
	} else {
		ret->gone = remove_within(live, orders, pfn, order);
	}
}

void trace_blocks_evict(struct trace_live *live, uint64_t orders, uint64_t pfn,
			unsigned order, struct trace_blocks_change *ret)
{
	struct trace_entry *entry = find_around(live, orders, pfn, order);

	*ret = (struct trace_blocks_change){0};
	if (entry) {
		trace_live_remove(live, entry);
		ret->gone = 1;
	} else {
		ret->gone = remove_within(live, orders, pfn, order);
	}
}
