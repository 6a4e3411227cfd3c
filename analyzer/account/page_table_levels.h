/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which page tables PageTables counts. Kernels came to count one level after
 * the other: PTE pages alone up to 5.10, PMD from 5.11 on, PUD by 6.9, P4D and
 * PGD by 6.14, those of the kernel itself by 6.18 (mm.h, pagetable_*_ctor()).
 * Nothing in the text tells, so that sum is taken which fits the counter best.
 */
#ifndef PAGEOWL_ACCOUNT_PAGE_TABLE_LEVELS_H
#define PAGEOWL_ACCOUNT_PAGE_TABLE_LEVELS_H

#include "model/snapshot.h"

/* In the order in which they came to be counted. */
enum table_level {
	TABLE_PTE,
	TABLE_PMD,
	TABLE_PUD,
	TABLE_PGD,
	TABLE_KERNEL,
	TABLE_NONE, /* no page table */
};
#define TABLE_LEVELS TABLE_NONE

enum table_level page_table_level(const struct row *row);

/*
 * Add to misfits[n] how far counter_kib is from the stacks' page tables of the
 * first n + 1 levels. timed: leave out what is younger than the counters.
 */
void page_table_misfits(const struct snapshot *stacks, uint64_t unit_bytes,
			bool timed, int64_t counter_kib,
			uint64_t misfits[TABLE_LEVELS]);

/* How many levels fit best; of equals the most. */
unsigned page_table_levels(const uint64_t misfits[TABLE_LEVELS]);

#endif
