/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_blocks.h"

/* The block that 2^order pages at pfn lie in; NULL: there is none. */
static struct trace_entry *find_around(const struct trace_live *live,
				       uint64_t orders, uint64_t pfn,
				       unsigned order)
{
	unsigned i;

	for (i = order; i <= TRACE_ORDER_MAX && orders >> i; i++) {
		uint64_t pages = (uint64_t)1 << i;
		struct trace_entry *entry;

		if (!(orders & pages))
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
	uint64_t smaller = orders & (pages - 1);
	uint64_t smallest = smaller & -smaller;

	if (!smaller)
		return 0;
	for (i = 0; i < pages; i += smallest) {
		struct trace_entry *entry =
			trace_live_find(live, trace_block_key(pfn + i));

		if (entry) {
			trace_live_remove(live, entry);
			gone++;
		}
	}
	return gone;
}

static bool keep(struct trace_live *live, const struct trace_entry *of,
		 uint64_t pfn, uint64_t pages, struct trace_blocks_change *ret)
{
	struct trace_entry *entry = trace_live_add(live, trace_block_key(pfn));

	ret->left++;
	if (!entry) {
		ret->beyond++;
		return trace_live_is_full(live);
	}
	*entry = *of;
	entry->key = trace_block_key(pfn);
	entry->units = pages;
	return true;
}

/* Halve the block until the part is left that is freed; keep the rest. */
static bool free_part(struct trace_live *live, struct trace_entry *entry,
		      uint64_t pfn, unsigned order,
		      struct trace_blocks_change *ret)
{
	const struct trace_entry of = *entry;
	uint64_t head = of.key - trace_block_key(0), pages = of.units;
	bool done = true;

	trace_live_remove(live, entry);
	while (done && pages > (uint64_t)1 << order) {
		pages /= 2;
		if (pfn >= head + pages) {
			done = keep(live, &of, head, pages, ret);
			head += pages;
		} else {
			done = keep(live, &of, head + pages, pages, ret);
		}
	}
	return done;
}

bool trace_blocks_free(struct trace_live *live, uint64_t *orders, uint64_t pfn,
		       unsigned order, struct trace_blocks_change *ret,
		       struct error *err)
{
	struct trace_entry *entry = find_around(live, *orders, pfn, order);

	*ret = (struct trace_blocks_change){0};
	if (!entry) {
		ret->gone = remove_within(live, *orders, pfn, order);
		return true;
	}
	ret->gone = 1;
	*orders |= (entry->units - 1) & ~(((uint64_t)1 << order) - 1);
	return free_part(live, entry, pfn, order, ret) || error_no_memory(err);
}

uint64_t trace_blocks_evict(struct trace_live *live, uint64_t orders,
			    uint64_t pfn, unsigned order)
{
	struct trace_entry *entry = find_around(live, orders, pfn, order);

	if (!entry)
		return remove_within(live, orders, pfn, order);
	trace_live_remove(live, entry);
	return 1;
}
