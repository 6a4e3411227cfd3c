/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is counted for one key. Every part can be added up in any order, so
 * that a dump may be cut into pieces anywhere and give the same result.
 */
#ifndef PAGEOWL_MODEL_TALLY_H
#define PAGEOWL_MODEL_TALLY_H

#include "model/number_set.h"
#include "model/record.h"

/*
 * Allocation times by powers of two: bin 0 holds what lies below 2^20 ns
 * (1 ms) of uptime, bin i what lies in [2^(19+i), 2^(20+i)) ns, the last one
 * everything from 2^58 ns (9 years) on.
 */
#define TIME_BINS	 40
#define TIME_FIRST_SHIFT 20

#define SAMPLE_PFNS 4

/* Of objects in slab caches, from their traces. Zeroed is empty. */
struct object_tally {
	uint64_t objects;     /* records of this kind count each object */
	uint64_t waste_bytes; /* kmalloc() rounding that the kernel prints */
	uint64_t requested_bytes; /* asked for; see account/object_sizes.h */
	uint64_t slot_bytes;	  /* held, with what the debugging adds */
	uint64_t requested_known; /* objects that requested_bytes is of */
	uint64_t slot_known;	  /* objects that slot_bytes is of */
	uint64_t by_request;	  /* objects whose units are bytes asked for */
	uint64_t by_slot;	  /* objects whose units are bytes of slots */
	uint64_t unsized;	  /* objects whose units are 0: no size known */
	uint64_t aged;		  /* objects whose age is known */
	uint64_t age_sum;	  /* jiffies of all of them; saturates */
	uint64_t age_min, age_max; /* jiffies; valid when aged is not 0 */
	struct number_set cpus, nodes;
	uint32_t pid_min, pid_max; /* valid when objects is not 0 */
};

/* TASK_COMM_LEN, of which the last byte is 0. */
#define TASK_NAME_MAX 15

/* The one task that made all of something. Zeroed: nothing was made. */
struct task_tally {
	bool known, several;
	unsigned char length;
	char name[TASK_NAME_MAX];
};

/* Zeroed is empty and valid. */
struct tally {
	uint64_t records;      /* allocations, or objects */
	uint64_t units;	       /* of the snapshot: base pages or bytes */
	uint64_t units_before; /* allocated no later than the cut */
	uint64_t units_fresh;  /* allocated while this dump was being read */
	uint64_t units_timed;  /* whose record has a time */
	uint64_t first_ts_ns;  /* valid when units_timed is not 0 */
	uint64_t last_ts_ns;
	uint64_t times[TIME_BINS];  /* units by time */
	uint64_t pfns[SAMPLE_PFNS]; /* the lowest, ascending */
	unsigned pfn_count;
	unsigned order_min, order_max; /* valid when records is not 0 */
	struct object_tally objects;
	struct task_tally task; /* of records whose creation is known */
};

/* The moments that a tally counts against; TS_NONE: not known. */
struct tally_cuts {
	uint64_t before_ns; /* for units_before */
	uint64_t fresh_ns;  /* for units_fresh */
};

/* Count a record, but for units_before and units_fresh. */
void tally_record(struct tally *tally, const struct record *record);

/* Note when units that were counted were allocated; a moment, where 0. */
void tally_time(struct tally *tally, uint64_t ts_ns, uint64_t units);

/* Count pages that were allocated at ts_ns against the cuts. */
static inline void tally_cut(struct tally *tally, uint64_t ts_ns,
			     uint64_t units, const struct tally_cuts *cuts)
{
	if (ts_ns <= cuts->before_ns)
		tally->units_before += units;
	if (ts_ns > cuts->fresh_ns)
		tally->units_fresh += units;
}

/* Its name; empty where there are several, or none is known. */
static inline struct span tally_task(const struct tally *tally)
{
	return (struct span){tally->task.name,
			     tally->task.several ? 0 : tally->task.length};
}

void tally_add(struct tally *tally, const struct tally *other);

/* The bin of times[] for a time. */
static inline unsigned tally_time_bin(uint64_t ts_ns)
{
	unsigned bin = 0;

	if (ts_ns >> TIME_FIRST_SHIFT)
		bin = 64 - TIME_FIRST_SHIFT - (unsigned)__builtin_clzll(ts_ns);
	return bin < TIME_BINS ? bin : TIME_BINS - 1;
}

#endif
