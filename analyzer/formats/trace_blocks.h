/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Live pages as blocks of a power of two, as the buddy allocator has them: each
 * begins at a multiple of its size, and no two overlap. A block may be freed in
 * parts, or a part be allocated again whose free was lost.
 */
#ifndef PAGEOWL_FORMATS_TRACE_BLOCKS_H
#define PAGEOWL_FORMATS_TRACE_BLOCKS_H

#include "base/error.h"
#include "formats/trace_live.h"

/*
 * Larger blocks no kernel's allocator has: 8 to 11 is usual, 13 where a page
 * has 64 KiB.
 */
#define TRACE_ORDER_MAX 13

/* Page frame number 0 is one, too. */
static inline uint64_t trace_block_key(uint64_t pfn)
{
	return pfn + 1;
}

/* What came of a free. */
struct trace_blocks_change {
	uint64_t gone;	 /* blocks that were there, whole or in part */
	uint64_t left;	 /* blocks that remain of one of them */
	uint64_t beyond; /* of which so many had no room */
};

/*
 * Free 2^order pages at pfn. Bit i of *orders is set where blocks of 2^i may be
 * live; those of what is left are added. False: memory ran out.
 */
bool trace_blocks_free(struct trace_live *live, uint64_t *orders, uint64_t pfn,
		       unsigned order, struct trace_blocks_change *ret,
		       struct error *err);

/* Forget what lies in 2^order pages at pfn, or around them; returns how many.
 */
uint64_t trace_blocks_evict(struct trace_live *live, uint64_t orders,
			    uint64_t pfn, unsigned order);

#endif
