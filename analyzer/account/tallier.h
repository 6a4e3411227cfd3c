/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sink between a format and a snapshot: it filters records, finds the row
 * of each and counts it.
 */
#ifndef PAGEOWL_ACCOUNT_TALLIER_H
#define PAGEOWL_ACCOUNT_TALLIER_H

#include "account/filter.h"
#include "formats/format.h"
#include "model/line_map.h"
#include "model/snapshot.h"

/*
 * When reading began (T0) is not in a lone dump: it is taken for the largest
 * time among its first records, since reading the rest takes seconds to
 * minutes. How many are enough shows in those that follow: if more than a few
 * are younger, the first ones were all old, as the pages of a small zone can
 * be. What the head adds to units_before and units_fresh is settled then.
 */
#define HEAD_LEAST   1024
#define HEAD_RECORDS 16384

/* A record of the head, until T0 is known. */
struct head_record {
	uint64_t ts_ns;
	uint64_t units;
	struct tally *tally; /* NULL: it was filtered out */
};

/* What to count against. */
struct tally_plan {
	const struct filter *filter;
	field_set by;
	uint64_t began_ns;  /* when reading began; TS_NONE: not known … */
	bool learn;	    /* … and to be learned from the first records */
	uint64_t before_ns; /* the cut for units_before, unless … */
	bool before_own;    /* … it is began_ns */
	bool probe;	    /* T0 and the block size are all that is wanted */
	bool careful;	    /* for tests: sink.careful */
	const struct text_scan *scan; /* NULL: the best there is */
	struct span path;	   /* of the member, for the format; borrowed */
	struct counters *counters; /* where counters go; NULL: nowhere */
	struct address_table *addresses; /* the same of kernel symbols */
	/* Of a text that holds other things, too: where the lines that the
	 * format is given stand, and stray ones are no damage. Or NULL. */
	const struct line_map *lines;
};

struct tallier {
	struct sink sink; /* first: formats hand it back */
	struct snapshot *snapshot;
	const struct filter *filter;
	bool filters_records; /* the filter has rules about records */
	struct tally_plan plan;
	struct head_record *head; /* while T0 is being learned, or NULL */
	size_t head_count;
	uint64_t block_left; /* records to learn the block size from */
	struct stack *stack; /* of the record before */
	struct row_key key;  /* of the record before */
	bool no_memory;	     /* for a remark */
};

/* What tells the rows of a format apart when the plan is followed. */
field_set tallier_fields(const struct tally_plan *plan,
			 const struct format *format);

/* snapshot must have been initialised with tallier_fields(). */
bool tallier_init(struct tallier *tallier, const struct tally_plan *plan,
		  struct snapshot *snapshot, struct error *err);
void tallier_deinit(struct tallier *tallier);

/*
 * Decide on T0 with the records seen so far, and settle what they add. Done by
 * itself after HEAD_RECORDS; the end of an input calls it. Harmless later.
 */
void tallier_settle(struct tallier *tallier);

/* Whether all that the head of a dump can tell is known. */
bool tallier_is_settled(const struct tallier *tallier);

/*
 * All pieces are merged: decide on a record that the input's end cut into,
 * and classify the stacks with all that their records said.
 */
bool tallier_conclude(const struct tally_plan *plan, struct snapshot *snapshot,
		      struct error *err);

#endif
