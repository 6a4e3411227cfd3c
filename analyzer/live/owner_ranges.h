/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All of page_owner, read by several readers: small ranges of page frames are
 * handed out as readers become free, since memory is used unevenly, and come
 * back in the order of their page frames. A reader that finds no owner up to
 * some page says so, so that a hole is not walked again and again.
 *
 * The offset in the file is a page frame number since 6.1, and counts from
 * min_low_pfn before; which of the two is found by reading a record.
 */
#ifndef PAGEOWL_LIVE_OWNER_RANGES_H
#define PAGEOWL_LIVE_OWNER_RANGES_H

#include "live/reader.h"

enum { OWNER_RANGE_PAGES = 2048 };

struct owner_ranges;

bool owner_ranges_create(struct reader_pool *pool, const char *path,
			 struct owner_ranges **ret, struct error *err);
/* Gives back all pieces. */
void owner_ranges_destroy(struct owner_ranges *ranges);

enum owner_step {
	OWNER_PIECE,	   /* *ret is the next one, until the next call */
	OWNER_END,	   /* that was all, or see owner_ranges_end() */
	OWNER_INTERRUPTED, /* a signal came; may be called again */
};

/* The next piece in the order of page frames. */
enum owner_step owner_ranges_next(struct owner_ranges *ranges,
				  const struct piece **ret);

/*
 * The piece that ended the reading. After a reader was killed or failed, no
 * further range is begun: another would meet the same. end is PIECE_DONE where
 * the file was read to its end; next is the page frame up to which it was.
 */
const struct piece *owner_ranges_end(const struct owner_ranges *ranges);

/* The page frame up to which was read, for progress. */
uint64_t owner_ranges_reached(const struct owner_ranges *ranges);

#endif
