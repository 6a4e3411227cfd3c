/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of several budgets side by side: of two captures, or of nodes. A
 * row that one of them lacks stands where the others have it.
 */
#ifndef PAGEOWL_OUTPUT_BUDGET_PAIRS_H
#define PAGEOWL_OUTPUT_BUDGET_PAIRS_H

#include "model/budget.h"

/*
 * One row of each id, from the first budget that has it, in their common
 * order: those of later budgets that the first lacks come behind what they
 * follow there. Those of BUDGET_BESIDE are left out: a file that lies has any
 * number of them. *ret lives in arena. False when memory runs out.
 */
bool budget_rows_union(const struct budget *const *budgets, size_t count,
		       struct arena *arena, const struct budget_row ***ret,
		       size_t *ret_count);

/* A row of OLD and of NEW; NULL: that one lacks it. One of them is there. */
struct budget_pair {
	const struct budget_row *old, *new;
};

/* The row that says what it is and where it stands: NEW's, if it is there. */
const struct budget_row *budget_pair_newest(const struct budget_pair *pair);

/* NEW less OLD, where one that lacks the row counts 0. */
int64_t budget_pair_growth(const struct budget_pair *pair);

/* What it is in OLD is not what it is in NEW: a part there, inside one here. */
bool budget_pair_moved(const struct budget_pair *pair);

/* The rows of two budgets. */
struct budget_pairs {
	/* In their order, NEW's if they differ; then those of BUDGET_BESIDE in
	 * all that have them, the largest growth first. */
	struct budget_pair *pairs;
	size_t count;
	size_t beside; /* index of the first of those */
};

/* All lives in arena or in the budgets. False when memory runs out. */
bool budget_pairs_make(const struct budget *old, const struct budget *new,
		       struct arena *arena, struct budget_pairs *ret);

/* What a budget has of a row; 0 where it has none. */
int64_t budget_row_kib(const struct budget *budget, const char *id);

#endif
