/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which pages of a dump of stacks the counters have, and which they have not:
 * the join of a budget with who holds the memory.
 */
#ifndef PAGEOWL_ACCOUNT_COVERAGE_H
#define PAGEOWL_ACCOUNT_COVERAGE_H

#include "account/page_table_levels.h"
#include "model/account_report.h"

struct coverage_facts {
	const struct budget *budget; /* known */
	struct snapshot *stacks;     /* classified: pages, or allocinfo */
	uint64_t unit_bytes;	     /* of its units */
	/* For sites of allocinfo: who calls vmalloc(), and who holds objects
	 * of slab caches; or NULL. */
	const struct snapshot *vmallocinfo, *traces;
	/* Why the stacks are not all there are, as a clause; or NULL. */
	const char *gap;
	/* So many levels of page tables are in PageTables. */
	unsigned table_levels;
	/* Pages of early boot are no holders: what they are compared with
	 * has none. */
	bool without_early;
	/* Its times tell what is younger than the counters. */
	bool timed;
};

/*
 * Mark the rows of the stacks that are in a part of the budget, or off
 * MemTotal, as filter.counted asks for. Of allocinfo those are counted, too,
 * that are no whole pages: objects, which lie in slab caches. Fails when memory
 * runs out.
 */
bool coverage_mark(const struct coverage_facts *facts, struct error *err);

/*
 * Fill in the coverages of side, and what is younger than the counters. Rows
 * must have been marked. Fails when memory runs out.
 */
bool coverage_make(const struct coverage_facts *facts, struct arena *arena,
		   struct account_side *side, struct error *err);

/*
 * KiB of the rows of one NUMA node that the budget of that node has not; the
 * stacks must have been counted by node.
 */
int64_t coverage_of_node(const struct coverage_facts *facts, uint64_t node,
			 const struct budget *budget);

#endif
