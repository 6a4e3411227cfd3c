/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The size of a page, which no counter tells: where kB and pages meet. */
#ifndef PAGEOWL_ACCOUNT_PAGE_SIZE_H
#define PAGEOWL_ACCOUNT_PAGE_SIZE_H

#include "model/counters.h"

/* What most machines have. */
#define PAGE_SIZE_GUESS 4096

bool page_size_is_valid(uint64_t size);

/* Of the machine, in bytes; 0: the counters do not tell. */
uint64_t page_size_of(const struct counters *counters);

/* By the rows of meminfo of a scope, and what its zones have of them. */
uint64_t page_size_by_rows(const struct counters *counters, struct span scope,
			   uint64_t managed, uint64_t free);

#endif
