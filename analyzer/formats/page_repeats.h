/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which allocations dump_page() has told before: a page may be dumped often. */
#ifndef PAGEOWL_FORMATS_PAGE_REPEATS_H
#define PAGEOWL_FORMATS_PAGE_REPEATS_H

#include "formats/page_report.h"
#include "formats/seen_records.h"

/* Zeroed is empty and valid to deinit. */
struct page_repeats {
	struct seen_records set;
	uint64_t repeats; /* that were known */
	uint64_t unlike;  /* that were known with another page or stack */
};

void page_repeats_deinit(struct page_repeats *seen);

/*
 * Whether the allocation was told before; notes it, but of a page that is free.
 * Without a time, the same caller may have taken the page again in the
 * meantime, which cannot be told. False when memory runs out.
 */
bool page_repeats_look(struct page_repeats *seen,
		       const struct page_report *report,
		       const struct owner_header *header, bool *ret_known);

#endif
