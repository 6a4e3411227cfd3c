/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a budget is read from: the counters of the machine or of one node, with
 * those that zoneinfo has by zone and CPU summed up. Memory running out is
 * kept, and told in the end.
 */
#ifndef PAGEOWL_ACCOUNT_BUDGET_READER_H
#define PAGEOWL_ACCOUNT_BUDGET_READER_H

#include "account/budget_build.h"

/* What is summed over the zones, or nodes, of a scope. */
enum zone_row {
	ZONE_PCP, /* on the free lists of CPUs; not in MemFree */
	ZONE_MANAGED,
	ZONE_PRESENT,
	ZONE_LOW,     /* watermark */
	ZONE_RESERVE, /* what mm/page_alloc.c calls totalreserve_pages */
	ZONE_FREE_PAGES,
	ZONE_ISOLATED_ANON,
	ZONE_ISOLATED_FILE,
	ZONE_ZSPAGES,
	ZONE_VMALLOC,
	ZONE_HUGETLB,
	/* These stand for rows of meminfo, of a node that has none. */
	ZONE_ACTIVE_ANON,
	ZONE_INACTIVE_ANON,
	ZONE_ACTIVE_FILE,
	ZONE_INACTIVE_FILE,
	ZONE_UNEVICTABLE,
	ZONE_MLOCK,
	ZONE_ANON_PAGES,
	ZONE_FILE_PAGES,
	ZONE_SHMEM,
	ZONE_SWAPCACHED,
	ZONE_DIRTY,
	ZONE_WRITEBACK,
	ZONE_SLAB_RECLAIMABLE,
	ZONE_SLAB_UNRECLAIMABLE,
	ZONE_MISC_RECLAIMABLE,
	ZONE_PAGE_TABLES,
	ZONE_SEC_PAGE_TABLES,
	ZONE_KERNEL_STACK, /* KiB */
	ZONE_BOUNCE,
	ZONE_FREE_CMA,
};
#define ZONE_ROW_COUNT (ZONE_FREE_CMA + 1)

struct zone_sum {
	uint64_t pages; /* saturates */
	bool known;	/* there is such a row */
};

/* What VmallocUsed says. */
enum vmalloc_meaning {
	VMALLOC_ABSENT,
	VMALLOC_AREAS,	   /* up to 4.3: address ranges, ioremap() too */
	VMALLOC_UNCOUNTED, /* 4.4 to 5.2: always 0 */
	VMALLOC_PAGES,	   /* what vmalloc() took */
};

struct budget_reader {
	const struct budget_facts *facts;
	struct arena *arena;
	struct budget *budget; /* that is made */
	struct span scope;     /* of meminfo */
	bool of_node;
	bool from_zones; /* the node has no meminfo */
	struct zone_sum zones[ZONE_ROW_COUNT];
	enum vmalloc_meaning vmalloc;
	enum stack_place stacks;
	bool failed; /* memory ran out */
};

/* Sums up the zones and finds the page size; budget must be set. */
void budget_reader_init(struct budget_reader *reader);

/* Walk the counters of the scope, and others; after is the one before. */
const struct counter_entry *budget_reader_next(
	const struct budget_reader *reader, const struct counter_entry *after);

/* A row of meminfo, or, of a node without one, what zoneinfo has of it. */
bool budget_reader_row(const struct budget_reader *reader, const char *name,
		       uint64_t *ret);

/* A counter of pages: of vmstat for the machine, else summed over zones. */
bool budget_reader_pages(const struct budget_reader *reader, enum zone_row row,
			 const char **ret_group, uint64_t *ret);

/* What so many pages are; saturates. */
int64_t budget_pages_kib(const struct budget_reader *reader, uint64_t pages);

/* Add a term of any kind: value is what is printed, kib what it means. */
void budget_add(struct budget_reader *reader, struct sum *sum,
		const struct sum_term *term);

/* Add a row of meminfo, or take it off; false: there is none. */
bool budget_add_row(struct budget_reader *reader, struct sum *sum,
		    const char *name, bool minus);

/* Add pages that group tells. */
void budget_add_pages(struct budget_reader *reader, struct sum *sum,
		      const char *group, const char *name, uint64_t pages,
		      bool minus);

/* The same of a row that is summed over zones; false: there is none. */
bool budget_add_zones(struct budget_reader *reader, struct sum *sum,
		      enum zone_row row);

/* Tell what was decided, in a clause; it must outlive the budget. */
void budget_note(struct budget_reader *reader, const char *note);

/* The same, of two parts that are put together. */
void budget_note_source(struct budget_reader *reader, const char *note,
			const char *source);

/* The part may be larger by so much than the capture tells. */
void budget_doubt(struct budget_reader *reader, int64_t kib);

#endif
