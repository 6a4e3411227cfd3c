/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows that rules on stacks, functions and modules are about, those of the
 * objects in slab caches among them. Not user memory, nor pages of slab caches:
 * who took such a page does not hold what lies in it.
 */
#ifndef PAGEOWL_GATE_JUDGED_ROWS_H
#define PAGEOWL_GATE_JUDGED_ROWS_H

#include "base/error.h"
#include "gate/growth.h"

enum judged_role {
	/* Growth that can be a leak. Its bytes and records are not below 0: a
	 * stack cannot make up for another one. */
	JUDGED_GROWS,
	/* It holds less: its module is the better for it. */
	JUDGED_SHRINKS,
	/* Its module holds this, too, and shares are of it. */
	JUDGED_HOLDS,
	/* It turns over, or has surely filled up: no rule counts it. */
	JUDGED_PASSES,
};

struct judged_row {
	const struct report *report;
	const struct report_row *row;
	struct growth growth;
	enum judged_role role;
	/* What took it; NULL: nothing did. Of JUDGED_GROWS only. */
	struct suppression *suppression;
	bool exceeded; /* with all that this took it is more than that allows */
	bool told;     /* in a finding of its suppression's whole */
};

struct judged_rows {
	struct judged_row *rows; /* in the order of the reports */
	size_t count;
	struct judged_row **by_function; /* the same: functions are together */
	struct judged_row **by_module;	 /* the same: modules are together */
};

/* All that ret points to lives in arena. */
bool judged_rows_make(const struct report *report, struct arena *arena,
		      struct judged_rows *ret, struct error *err);

/* The frame that names of a suppression begin with: the blamed one. */
size_t judged_first_frame(const struct stack *stack);

/*
 * The order in which rows of one function, of one module and category, and of
 * one cache or line of source, are together: what text folds into one row, but
 * for verdicts. 0: they are one.
 */
int judged_compare_functions(const struct judged_row *a,
			     const struct judged_row *b);

/* The slab cache of a row; empty: it is not of one. */
struct span judged_cache(const struct report *report,
			 const struct report_row *row);

#endif
