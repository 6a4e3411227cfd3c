/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that `account` tells, ready to be shown. Outputs decide nothing. */
#ifndef PAGEOWL_MODEL_ACCOUNT_REPORT_H
#define PAGEOWL_MODEL_ACCOUNT_REPORT_H

#include "model/budget.h"
#include "model/cross_check.h"
#include "model/report.h"
#include "model/slab_view.h"

/*
 * Pages of one kind by counters and by stacks. Only pages that were allocated
 * before the counters were read can be in them.
 */
struct coverage {
	const char *id;	  /* of the row of the budget: "lru" */
	const char *name; /* "user memory and page cache" */
	int64_t counters_kib;
	int64_t stacks_kib;  /* allocated before the counters were read */
	int64_t younger_kib; /* by stacks, and allocated since */
	bool agrees;	     /* within 3 % or 1 MiB */
	const char *meaning; /* where they do not, what may be the reason */
};

/* One NUMA node. */
struct account_node {
	uint64_t node;
	struct budget budget;
	/* Of it, by stacks: in no counter of the node; -1: not known. */
	int64_t unaccounted_stacks_kib;
};

struct account_side {
	const char *path;   /* as given, or "live" */
	const char *kernel; /* release, or NULL */
	uint64_t uptime_ns; /* when the capture began, or TS_NONE */
	/* "OOM report at line 12: ...": of a log, whose counters these are; or
	 * NULL. */
	const char *told_by;
	struct budget budget;
	struct cross_check *checks;
	size_t check_count;
	/* Stacks; without any of them holders of the report is NULL. */
	struct coverage *coverages; /* counted kinds, side by side */
	size_t coverage_count;
	int64_t holders_kib; /* of the stacks in no counter */
	/* Of the stacks, what a balloon took off MemTotal: in no remainder. */
	int64_t balloon_kib;
	/* All pages by stacks that were allocated after the counters were
	 * read, as far as times are known; -1: they are not. */
	int64_t younger_kib;
	int64_t holders_younger_kib; /* the same of those in no counter */
	struct account_node *nodes;  /* only where --by=node asks for them */
	size_t node_count;
};

/* Zeroed is valid to deinit. With one side it is sides[0], else OLD, NEW. */
struct account_report {
	unsigned side_count;
	struct account_side sides[2];
	enum same_boot boot;
	/*
	 * The stacks whose pages are in no counter, ranked; of two captures,
	 * compared. NULL: no source of stacks, and `steps` tells how to have
	 * one. Borrowed.
	 */
	struct report *holders;
	/* It counts sites of allocinfo, which has objects and pages alike. */
	bool holders_are_sites;
	/*
	 * The same of kernel memory that a counter has, but for slabs: vmalloc,
	 * per-cpu, page tables, large kmalloc ... NULL: none, or sites.
	 */
	struct report *counted;
	/* The objects in slab caches, by traces: rows' detail is the cache.
	 * NULL: the capture has none. Borrowed. */
	struct report *objects;
	struct slab_view slab;
	char *steps;	  /* lines; or NULL */
	char *slab_steps; /* how to have the stacks of caches; or NULL */
	struct arena arena;
};

void account_report_deinit(struct account_report *report);

#endif
