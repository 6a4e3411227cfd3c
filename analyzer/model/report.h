/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a command found, ready to be shown: typed values, ranked rows, totals,
 * loss. Outputs render it and decide nothing.
 */
#ifndef PAGEOWL_MODEL_REPORT_H
#define PAGEOWL_MODEL_REPORT_H

#include "model/jiffies.h"
#include "model/row_set.h"
#include "model/trend.h"

/* In the order of ranking. docs/pageowl.1 and `pageowl help verdicts`. */
enum verdict {
	VERDICT_KEEPS_ACCUMULATING, /* of three captures and more */
	VERDICT_ACCUMULATES,
	VERDICT_APPEARED,
	VERDICT_FILLED_UP, /* of three captures and more */
	VERDICT_TURNS_OVER,
	VERDICT_GREW,
	VERDICT_STEADY,
	VERDICT_SHRANK,
	VERDICT_GONE,
};
#define VERDICT_COUNT (VERDICT_GONE + 1)

struct verdict_info {
	const char *name;
	const char *title; /* one line for `pageowl help verdicts` */
	unsigned rank;	   /* verdicts of one rank are ranked by growth */
};

const struct verdict_info *verdict_info(enum verdict verdict);

/* Growth in units of the source and records; OLD may be larger. */
struct delta {
	int64_t units;
	int64_t records;
};

/* Who holds objects is the same where as many of them are held: sources differ
 * in what they call the size of one. */
enum agreement_fit {
	FIT_NONE,
	FIT_BYTES,   /* within a tenth: pages and slots are rounded up to */
	FIT_RECORDS, /* as many allocations */
	FIT_PAGES,   /* kmemleak has some of the pages */
	FIT_PART,    /* kmemleak has some of the objects */
	FIT_COUNT,   /* kmemleak has a few more than the other */
	/* Other stacks of the same function: so many objects, or bytes. */
	FIT_FUNCTION,
	FIT_FUNCTION_BYTES,
};

/* What the rows of another source that agree have in common with this one. */
enum agreement_scope {
	SCOPE_FUNCTION, /* its function */
	SCOPE_STACK,	/* its stack, from the call that allocates on */
	SCOPE_GROUP,	/* the stacks of all rows of the group, each its own */
};

/* Another source that shows the same function of the same module. */
struct agreement {
	const char *source; /* name of its format */
	enum agreement_fit fit;
	enum agreement_scope scope;
	bool sized;	     /* bytes are known */
	uint64_t page_bytes; /* where one of both sources counts pages */
	/* Of the rows that agree. [0] is OLD and 0 where there is one side. */
	uint64_t bytes[2];
	uint64_t records[2];
	struct span detail; /* of the largest: a source line; or empty */
	size_t details;	    /* how many of these there are */
	size_t rows;	    /* of one detail there may be several */
};

#define AGREEMENTS_MAX 6

struct report_row {
	const struct tally *sides[2]; /* OLD and NEW; top has the first only */
	const struct keyed_row *keyed[2]; /* what the sides have; or NULL */
	const struct stack *stack;	  /* NULL: see values */
	const struct span *values;	  /* of --by, or NULL */
	struct span function;		  /* empty: none */
	struct span module;		  /* empty: the kernel, or none */
	/* What tells rows of one stack apart: a slab cache, a source line. */
	struct span detail;
	enum category category;
	enum category_block block;
	bool mixed;   /* stacks of several categories */
	bool suspect; /* growth of it can be a leak */
	enum verdict verdict;
	struct delta growth;
	double kept, fresh; /* 0 to 1, or SHARE_NONE */
	size_t group;
	/* Of three captures and more; else both are NULL. */
	struct trend_point *points; /* report->axis->count of them */
	const struct trend *trend;
};

/* Rows that text folds into one: same function, module, category, rank,
 * and of one suspicion. */
struct report_group {
	/* Of its one row, or a sum in the report's arena. */
	const struct tally *sides[2];
	size_t first_row, row_count; /* adjacent in report.rows */
	enum verdict verdict;
	struct delta growth;
	double kept, fresh;
	struct agreement *agreements; /* in the report's arena; or NULL */
	size_t agreement_count;
	const struct trend *trend; /* of three captures and more; or NULL */
};

/* What is known of one capture. */
struct report_side {
	const char *path;   /* as given, or "live" */
	const char *kernel; /* release, or NULL */
	const char *format; /* name */
	const char *noun;   /* what its records are: "object" */
	bool timed;	    /* records may have allocation times */
	bool stacks_only; /* a record is a stack, however often it allocated */
	const struct row_set *set; /* borrowed */
	const struct snapshot *snapshot;
	uint64_t began_ns; /* TS_NONE: not known */
	enum began_from began_from;
	bool fresh_known;	    /* began_ns is good enough for fresh */
	enum unit unit;		    /* of all tallies of this side */
	uint64_t unit_bytes;	    /* the page size; 1 for bytes and objects */
	const char *page_size_from; /* "given", "inferred", "assumed" */
	struct jiffies_clock clock; /* of the ages of objects */
	const struct object_sizes *sizes; /* of objects; or NULL */
	const char *const *others; /* formats that were there too; NULL ends */
	const struct remark *remarks; /* on members of the capture */
};

enum report_match {
	MATCH_EXACT, /* one build: symbol, offset, size, module */
	MATCH_NAME,  /* function names and modules */
};

enum same_boot {
	BOOT_UNKNOWN,
	BOOT_SAME,
	BOOT_OTHER,
};

struct gate_result;

struct report {
	unsigned side_count; /* 1: top, 2: diff */
	struct report_side sides[2];
	const char *const *keys; /* names of --by, ended by NULL; or NULL */
	struct report_row *rows; /* ranked */
	size_t row_count;
	struct report_group *groups; /* ranked */
	size_t group_count;
	bool all_ranked; /* user memory is ranked, not only summed */
	/* Of one capture, what shares are of, in units; 0: of all rows. */
	uint64_t whole_units;

	/*
	 * The objects in slab caches, from their traces, where this report is
	 * on pages: page_owner knows only who took a slab's page. Or NULL.
	 */
	struct report *objects;

	/* diff only */
	enum report_match match;
	const char *match_reason;
	enum same_boot boot;
	size_t repaired; /* rows paired again in spite of a stale frame */
	/* Of three captures and more, of which the sides are the first and the
	 * last one; else NULL. */
	const struct trend_axis *axis;
	/* Rows that only captures between have: the most of any one of them,
	 * since the same row in two of them is one that comes and goes. */
	size_t passing;
	uint64_t iterations; /* of a workload, between the sides; 0: not said */
	const struct gate_result *gate; /* what rules say to it; or NULL */
	char warnings[6][256];
	unsigned warning_count;
	struct arena arena;
};

void report_deinit(struct report *report);

enum report_sort {
	SORT_RANK, /* by verdict and growth; top: by pages */
	SORT_GROWTH,
	SORT_BEFORE,
	SORT_AFTER,
	SORT_RECORDS,
	SORT_FIRST, /* time of the first allocation */
	SORT_LAST,
	SORT_KEPT,
	SORT_FRESH,
	SORT_FUNCTION,
};

/*
 * Put rows into groups and order both. The order is total: equal rows are
 * told apart by their text.
 */
bool report_arrange(struct report *report, enum report_sort sort, bool reverse,
		    struct error *err);

/* Whether the report is on objects of slab caches. */
bool report_is_on_objects(const struct report *report);

/*
 * Whether it is on objects that nothing points to: whatever they are, they are
 * suspected.
 */
bool report_is_on_leaks(const struct report *report);

/*
 * Whether its rows tell who holds memory. Traces of who freed an object do not:
 * what lies there now is somebody else's.
 */
bool report_tells_holders(const struct report *report);

/*
 * Whether rows tell a thing of all that they add up: any, without --by, else
 * what is a key ("module"). The rest would be that of one stack among many.
 */
bool report_tells(const struct report *report, const char *name);

/* Name a row after the stack, or the values, of keyed. */
void report_row_init(const struct report *report, struct report_row *row,
		     const struct keyed_row *keyed);

/* One more agreement of group, to fill in; NULL when memory ran out. */
struct agreement *report_add_agreement(struct report *report,
				       struct report_group *group);

/* Fill in growth, shares and verdict; row->suspect must be set. */
void report_judge(const struct report *report, const struct tally *before,
		  const struct tally *after, struct report_row *row);

/* Whether records tell the growth: of objects of no known size. */
bool report_counts_records(const struct tally *before,
			   const struct tally *after);

/*
 * The verdict on the two ends, made sharper by what lies between them. Only a
 * suspect whose growth can be a leak has another one then; trend may be NULL.
 */
enum verdict report_trend_verdict(const struct report *report,
				  enum verdict verdict, bool suspect,
				  const struct trend *trend);

#endif
