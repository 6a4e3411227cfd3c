/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When the allocations of a row were made, in jiffies: what they are in
 * seconds is known later, or never. Few numbers are kept, however many there
 * are: where they are too many, neighbouring ones are told as one.
 */
#ifndef PAGEOWL_MODEL_CREATION_TIMES_H
#define PAGEOWL_MODEL_CREATION_TIMES_H

#include "base/arena.h"
#include "model/tally.h"

#define CREATION_MARKS_MAX 1024

struct creation_mark {
	int64_t jiffies; /* one of those that it stands for */
	uint64_t units;	 /* of all of them */
};

/* Zeroed is empty and valid. */
struct creation_times {
	struct creation_mark *marks; /* in an arena */
	size_t count, capacity;
	unsigned shift;	     /* marks are of 1 << shift jiffies */
	int64_t first, last; /* valid when count is not 0 */
};

/* jiffies as jiffies_of_wrap() has them. False when memory ran out. */
bool creation_times_add(struct creation_times *times, struct arena *arena,
			int64_t jiffies, uint64_t units);

/* Add what later has; the arena is that of times. */
bool creation_times_merge(struct creation_times *times, struct arena *arena,
			  const struct creation_times *later);

/* Tell tally, against cuts, when that was on a kernel of hz. */
void creation_times_tell(const struct creation_times *times, unsigned hz,
			 const struct tally_cuts *cuts, struct tally *tally);

#endif
