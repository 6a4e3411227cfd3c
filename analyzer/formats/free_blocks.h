/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What buddyinfo and pagetypeinfo share: rows of how many free blocks there are
 * of each order. How many orders there are is the kernel's: 9 to 16.
 */
#ifndef PAGEOWL_FORMATS_FREE_BLOCKS_H
#define PAGEOWL_FORMATS_FREE_BLOCKS_H

#include "formats/counter_text.h"

struct free_blocks {
	unsigned orders;
	uint64_t counts[ORDER_MAX + 1];
	/* The kernel stopped counting, ">100000": there are more. */
	bool more[ORDER_MAX + 1];
};

/*
 * Take "Node 0, zone   Normal" and add "node 0 zone Normal" to scope. False:
 * line is left somewhere in it.
 */
bool free_blocks_take_zone(struct span *line, struct counter_scope *scope);

/*
 * Numbers to the end of line; one may have '>' before it where `capped`.
 * False: something else stands there, or nothing.
 */
bool free_blocks_parse(struct span line, bool capped, struct free_blocks *ret);

/*
 * Hand on "order N" of scope, the first of them being *next, which is counted
 * up: a mail program may have broken the row. What is capped has the name
 * "order N at least".
 */
bool free_blocks_give(struct counter_text *text, struct span scope,
		      const struct free_blocks *blocks, unsigned *next);

#endif
