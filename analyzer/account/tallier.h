/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sink between a format and a snapshot: it filters records, finds the row
 * of each and counts it.
 */
#ifndef PAGEOWL_ACCOUNT_TALLIER_H
#define PAGEOWL_ACCOUNT_TALLIER_H

#include "account/filter.h"
#include "formats/format.h"
#include "model/snapshot.h"

/*
 * When reading began is not in a lone dump: it is taken for the largest time
 * in its first records, since reading the rest takes seconds to minutes.
 */
#define HEAD_RECORDS 8192

/* What to count against. */
struct tally_plan {
	const struct filter *filter;
	field_set by;
	uint64_t began_ns;  /* when reading began; TS_NONE: not known … */
	bool learn;         /* … and to be learned from the first records */
	uint64_t before_ns; /* the cut for pages_before, unless … */
	bool before_own;    /* … it is began_ns */
	bool careful;       /* for tests: sink.careful */
	const struct text_scan *scan; /* NULL: the best there is */
};

struct tallier {
	struct sink sink; /* first: formats hand it back */
	struct snapshot *snapshot;
	const struct filter *filter;
	struct tally_plan plan;
	uint64_t head_left;   /* records that began_ns is still learned from */
	struct stack *stack;  /* of the record before */
	struct row_key key;   /* of the record before */
};

/* snapshot must have been initialised with plan->by. */
void tallier_init(struct tallier *tallier, const struct tally_plan *plan,
                  struct snapshot *snapshot);

/*
 * All pieces are merged: decide on a record that the input's end cut into,
 * and classify the stacks with all that their records said.
 */
bool tallier_conclude(const struct tally_plan *plan, struct snapshot *snapshot,
                      struct error *err);

#endif
