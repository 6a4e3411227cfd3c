/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One entry of a dump, as a format hands it on: borrowed text, valid for the
 * one call that delivers it. Only the fields somebody asked for are filled.
 */
#ifndef PAGEOWL_MODEL_RECORD_H
#define PAGEOWL_MODEL_RECORD_H

#include "base/span.h"

/* What --by can group and --only can filter, record by record. */
enum record_field {
	FIELD_COMM,
	FIELD_PID,
	FIELD_TGID,
	FIELD_ORDER,
	FIELD_GFP,
	FIELD_MIGRATETYPE, /* that the gfp mask asked for */
	FIELD_PAGEBLOCK,   /* migratetype of the pageblock now */
	FIELD_NODE,
	FIELD_ZONE,
	FIELD_MEMCG,
	FIELD_CPU,   /* "0-3,7": where objects were allocated */
	FIELD_CACHE, /* slab cache */
	FIELD_SITE,  /* "mm/slub.c:3278": of allocinfo */
	FIELD_KIND,  /* "vmalloc" … of vmallocinfo; the reason of dump_page */
};
#define FIELD_COUNT (FIELD_KIND + 1)

/* A set of fields: bit 1 << enum record_field. */
typedef unsigned field_set;

/* No time in the record: kernels before 5.11, page_owner_sort. */
#define TS_NONE	 UINT64_MAX
#define PFN_NONE UINT64_MAX

/* The largest order we believe: 1 << 30 base pages are 4 TiB. */
#define ORDER_MAX 30

/* What the units of a record, and of what is summed from it, are. */
enum unit {
	UNIT_PAGE, /* base pages: a dump does not tell their size */
	UNIT_BYTE,
	UNIT_OBJECT, /* objects whose size is not known */
};

/* No age: "<not-available>", whose age is the time since boot. */
#define AGE_NONE UINT64_MAX

/*
 * What SLUB's user tracking (slab_debug=U) prints of the objects of a record.
 * Ages are in jiffies: 1/CONFIG_HZ seconds, which no file states.
 */
struct object_facts {
	uint64_t waste_bytes;		     /* of all; kmalloc() caches only */
	uint64_t age_min, age_mean, age_max; /* or AGE_NONE */
	/* Of "<not-available>": jiffies since 0, or AGE_NONE. */
	uint64_t jiffies_now;
	uint32_t pid_min, pid_max; /* thread ids; 0: no process */
	bool has_waste;		   /* the line says waste=… */
};

/* The kernel's clock when an allocation was made; see model/jiffies.h. */
struct creation {
	uint64_t jiffies; /* as the kernel prints them */
	uint64_t age_ns;  /* when it printed them, or TS_NONE */
	bool starting;	  /* by the first task, which idles later on */
};

struct record {
	/*
	 * The frames, one a line, each with one space before it and a newline
	 * behind it; or empty. May hold what stack_table folds: "[<address>]"
	 * before a symbol, a closing 0xffffffffffffffff, source places (see
	 * model/told_text.h).
	 */
	struct span stack;
	struct span page_line; /* "PFN …" without its newline, or empty */
	uint64_t count;	       /* allocations: 1, or N of "N times" */
	uint64_t units;	       /* of all of them: pages or bytes, as the format
				  has it; 0 where that is told elsewhere */
	uint64_t alloc_ts_ns;  /* since boot, or TS_NONE */
	uint64_t pfn;	       /* or PFN_NONE */
	uint64_t line;	       /* of its first line, from 1 */
	unsigned evidence;     /* enum evidence */
	unsigned order;
	/* The stack is that of the record delivered just before this one. */
	bool same_stack;
	bool memcg_offline; /* charged to a cgroup that was removed */
	/* The input ended before the record did: it may lack frames. */
	bool unfinished;
	const struct object_facts *objects; /* or NULL */
	const struct creation *creation;    /* instead of a time; or NULL */
	struct span memcg; /* where charged; filled when offline too */
	struct span fields[FIELD_COUNT]; /* empty: the record has no such */
};

#endif
