/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sum of counters that can tell how it was computed. Amounts are KiB, which
 * the kernel calls kB, and signed: a term may be taken off.
 */
#ifndef PAGEOWL_MODEL_SUM_H
#define PAGEOWL_MODEL_SUM_H

#include "base/arena.h"
#include "model/counters.h"

struct sum_term {
	struct sum_term *next;
	const char *name;	/* as the kernel prints it: "MemFree" */
	const char *group;	/* the format that has it: "meminfo" */
	int64_t kib;		/* what it adds to the sum */
	uint64_t value;		/* as printed, … */
	enum counter_unit unit; /* … in this unit */
};

/* Zeroed is the empty sum, which is 0. */
struct sum {
	struct sum_term *first, *last;
	int64_t kib; /* of all terms; saturates */
};

/* Add a term; name and group must outlive the sum. NULL is no memory. */
struct sum_term *sum_add(struct sum *sum, struct arena *arena,
			 const char *group, const char *name, int64_t kib);

/* Two amounts; the result saturates instead of wrapping. */
int64_t sum_plus(int64_t a, int64_t b);
int64_t sum_minus(int64_t a, int64_t b);

/* An amount that a file claims: what does not fit becomes INT64_MAX. */
int64_t sum_kib(uint64_t value);

#endif
