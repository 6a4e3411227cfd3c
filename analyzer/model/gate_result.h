/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the gate found: rules that growth broke, and what suppressions said to
 * it. Made by gate/, shown by outputs.
 */
#ifndef PAGEOWL_MODEL_GATE_RESULT_H
#define PAGEOWL_MODEL_GATE_RESULT_H

#include "base/span.h"
#include "model/category.h"
#include "model/report.h"

/* What a rule is about, the finest first. */
enum gate_subject {
	GATE_STACK, /* one stack; of objects, in one cache */
	/* Stacks of one blamed function, module and category, or slab cache. */
	GATE_FUNCTION,
	GATE_MODULE,	  /* the suspect growth of all its stacks, net */
	GATE_CATEGORY,	  /* all that is in it, by stacks, net */
	GATE_UNACCOUNTED, /* the memory in no counter: account/budget */
};
#define GATE_SUBJECT_COUNT (GATE_UNACCOUNTED + 1)

/* "stack", "function", "module", "category", "unaccounted" */
const char *gate_subject_name(enum gate_subject subject);

enum gate_measure {
	GATE_BYTES,
	GATE_PAGES,   /* of the machine's size */
	GATE_RECORDS, /* "objects": allocations, or objects in slab caches */
	GATE_PERCENT, /* of what OLD held; new things are over any */
};

/* Growth of more than this breaks the rule. */
struct gate_limit {
	enum gate_measure measure;
	bool per_iteration;
	double amount; /* exact for integers below 2^53 */
};

#define GATE_LIMITS_MAX 4

struct gate_rule {
	enum gate_subject subject;
	struct span pattern; /* name of what it is for; empty: any */
	struct gate_limit limits[GATE_LIMITS_MAX]; /* all must be passed */
	size_t limit_count;
	struct span text;   /* as written: "module=nvme*: 1M" */
	const char *origin; /* "nightly.rules:3", "--fail-over", "default" */
	/* The result: */
	size_t broken; /* findings of it, without those suppressed */
	bool matched;  /* what it is for was seen in either capture */
	bool unjudged; /* the captures do not tell */
	const char *unjudged_reason; /* one line; or NULL */
};

/* The origin of rules that nobody asked for. */
#define GATE_DEFAULT_ORIGIN "default"

bool gate_rule_is_default(const struct gate_rule *rule);

#define SUPPRESSION_FRAMES_MAX 64

enum suppression_state {
	SUPPRESSION_UNUSED, /* nothing that grew was like it */
	SUPPRESSION_USED,
	SUPPRESSION_EXCEEDED, /* it grew beyond the maximum */
	SUPPRESSION_EXPIRED,  /* it is not looked at any more */
};

/* "unused", "used", "exceeded", "expired" */
const char *suppression_state_name(enum suppression_state state);

/* Growth that is known and accepted, up to a maximum. */
struct suppression {
	const char *origin; /* "nightly.rules:7" */
	/*
	 * Patterns ('*', '?') of whole function names: the blamed frame, its
	 * caller, and so on; "..." stands for any number of frames. Frames
	 * further out may be any. None: any stack.
	 */
	struct span frames[SUPPRESSION_FRAMES_MAX];
	size_t frame_count;
	/* Patterns of whole names; empty: any. */
	struct span module, category, cache;
	bool unaccounted; /* it is about the memory in no counter alone */
	bool has_bytes, has_records; /* the maximum, in either */
	uint64_t max_bytes, max_records;
	struct span expires; /* "2027-06-30", the last day; empty: never */
	struct span reason;
	/* The result: */
	enum suppression_state state;
	size_t rows;		/* stacks that grew and are like it */
	int64_t bytes, records; /* their growth */
};

enum finding_state {
	FINDING_FAILS,	    /* a rule is broken */
	FINDING_SUPPRESSED, /* it would be, but for a suppression */
	FINDING_EXCEEDED,   /* a suppression's maximum is; that fails too */
};

struct finding {
	enum gate_subject subject;
	enum finding_state state;
	const struct gate_rule *rule;	       /* NULL: FINDING_EXCEEDED */
	const struct suppression *suppression; /* NULL: FINDING_FAILS */
	/* What it is about. The report is that of pages or that of objects;
	 * NULL with GATE_UNACCOUNTED. */
	const struct report *report;
	const struct report_row *row; /* the largest; or NULL */
	/* GATE_FUNCTION: that of the largest row; else NULL. */
	const struct report_group *group;
	struct span function, module, cache; /* empty: not told */
	/* NULL: not told, or several; of GATE_CATEGORY the one that the others
	 * are kinds of. */
	const char *category;
	size_t rows;	 /* stacks that it adds up */
	int64_t bytes;	 /* growth; see bytes_known */
	int64_t records; /* the same, allocations or objects */
	/* What its stacks held, and hold; not all of that need be growth that
	 * counts. */
	int64_t before_bytes, after_bytes;
	bool bytes_known; /* false: objects of no known size */
	bool unsized;	  /* some of it is such objects: bytes lack them */
	/* 16 hexadecimal digits that stay the same as long as the finding is
	 * of the same thing: of subject and names, not of numbers. */
	char fingerprint[17];
};

struct gate_result {
	struct gate_rule *rules;
	size_t rule_count;
	struct suppression *suppressions; /* in the order of their files */
	size_t suppression_count;
	struct finding *findings; /* failing first, then by growth */
	size_t finding_count;
	size_t failing; /* FINDING_FAILS and FINDING_EXCEEDED */
	bool enforced;	/* rules were asked for: failing means status 1 */
	struct arena arena;
};

void gate_result_deinit(struct gate_result *result);

#endif
