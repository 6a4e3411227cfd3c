/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The named numbers of one capture: what /proc/meminfo, slabinfo, zoneinfo and
 * the like say, and a few facts that are text, such as the kernel's release.
 */
#ifndef PAGEOWL_MODEL_COUNTERS_H
#define PAGEOWL_MODEL_COUNTERS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"
#include "base/table.h"

enum counter_unit {
	COUNTER_NUMBER, /* of things, or a flag */
	COUNTER_KIB,
	COUNTER_PAGES,
	COUNTER_BYTES,
	COUNTER_NS,
	COUNTER_TEXT, /* no number: see text */
};

struct counter {
	/* The name of the format: "meminfo". */
	struct span group;
	/*
	 * What it is a counter of: "" for the machine, "node 0",
	 * "node 0 zone Normal", "node 0 zone Normal cpu 1", the name of a slab
	 * cache or of a module.
	 */
	struct span scope;
	struct span name; /* as the kernel prints it: "MemTotal" */
	struct span text; /* of COUNTER_TEXT */
	uint64_t value;
	enum counter_unit unit;
};

/*
 * More than a machine has, of 30,000 processes some 50 each included: it
 * bounds what a hostile file can cost.
 */
#define COUNTERS_MAX ((size_t)1 << 21)

struct counter_entry {
	UT_hash_handle hh;
	struct counter_entry *next_of_node;
	struct counter counter; /* its text lies in the arena */
	size_t room;		/* bytes there for counter.text */
};

/* MAX_NUMNODES of the largest kernels. */
#define COUNTERS_NODES 1024

/* Those whose scope begins with "node 12", in order of first sight. */
struct counter_node {
	struct counter_entry *first, *last;
};

/* Zeroed is empty and valid. */
struct counters {
	struct counter_entry *table; /* uthash head, in order of first sight */
	struct counter_node *nodes;  /* COUNTERS_NODES of them, or NULL */
	size_t count;
	size_t replaced; /* counters that came again: the last one holds */
	size_t dropped;	 /* above COUNTERS_MAX */
	unsigned rank;	 /* of the report that they are of, where it has one */
	struct arena arena;
};

void counters_deinit(struct counters *counters);

/*
 * Add a copy of counter; one of the same group, scope and name is replaced.
 * False only when memory ran out.
 */
bool counters_add(struct counters *counters, const struct counter *counter,
		  struct error *err);

/* The counter, or NULL. */
const struct counter *counters_find(const struct counters *counters,
				    const char *group, struct span scope,
				    const char *name);

/*
 * Walk the counters that may be of a scope, "" or "node 12", or of what lies
 * in it: those of other nodes are passed over. after is the one before, or NULL
 * for the first.
 */
const struct counter_entry *counters_next(const struct counters *counters,
					  struct span scope,
					  const struct counter_entry *after);

/* Its value, where it is a number. */
bool counters_value(const struct counters *counters, const char *group,
		    struct span scope, const char *name, uint64_t *ret);

#endif
