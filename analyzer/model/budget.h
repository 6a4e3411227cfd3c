/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where all of MemTotal is, by the counters of one capture: those that are
 * parts of it, their sum, and what no counter has. Made by account/budget.
 * After Vlastimil Babka, "How is Linux using my RAM?".
 */
#ifndef PAGEOWL_MODEL_BUDGET_H
#define PAGEOWL_MODEL_BUDGET_H

#include "model/sum.h"

enum budget_owner {
	OWNER_FREE,
	OWNER_USER,
	OWNER_KERNEL,
};

enum budget_kind {
	BUDGET_PART,   /* added up */
	BUDGET_INSIDE, /* lies inside the part above it; not added */
	/*
	 * A row of the file that we do not know, or of which it is not known
	 * whether another part has it already: shown, not added.
	 */
	BUDGET_BESIDE,
};

struct budget_row {
	const char *id;	  /* for programs, and to find it in another budget */
	const char *name; /* for people: "on the LRU lists" */
	const char *what; /* one clause for who has read only `free` */
	enum budget_kind kind;
	enum budget_owner owner;
	struct sum sum;
};

/* What `free` of procps 4 prints. Sums of a file that lacks a row lack it. */
struct free_view {
	struct sum total, used, free, shared, buff_cache, available;
	struct sum swap_total, swap_used, swap_free;
	/*
	 * How the kernel comes to MemAvailable, its reserve being a term by
	 * what zoneinfo has of it; what remains is "changed meanwhile", or
	 * "not below 0". Empty without zoneinfo.
	 */
	struct sum available_by;
	/* `available` is MemAvailable; else procps takes MemFree for it. */
	bool available_known;
};

/* Zeroed is one of a capture without meminfo. */
struct budget {
	bool known;
	const char *scope;  /* "" is the machine, else "node 0" */
	struct sum total;   /* MemTotal */
	struct sum counted; /* a term for each part */
	/* MemTotal less what is counted: in no counter. May be negative. */
	int64_t remainder_kib;
	/* So much of the remainder may be counters that the capture lacks. */
	int64_t doubt_kib;
	struct budget_row *rows; /* in a fixed order; of BUDGET_BESIDE last */
	size_t row_count;
	/*
	 * The counters are those of a report in a log, which does not print
	 * these parts: "vmalloc, per-cpu". They are in the remainder. NULL:
	 * they are no report's, or it is a node.
	 */
	const char *untold;
	struct free_view free; /* of the machine only */
	uint64_t page_size;    /* bytes */
	bool page_size_known;  /* else it is a guess */
	const char *notes[12]; /* whole clauses on what was decided, and why */
	size_t note_count;
	/* MemTotal still has what Balloon says: it is a part. */
	bool balloon_in_total;
	/* Whether VmallocUsed has the kernel stacks. */
	bool stacks_in_vmalloc;
	/* Since 5.4 SUnreclaim has the pages of large kmalloc(). */
	bool slab_has_large_kmalloc;
};

/* The row called id, or NULL. */
const struct budget_row *budget_row(const struct budget *budget,
				    const char *id);

#endif
