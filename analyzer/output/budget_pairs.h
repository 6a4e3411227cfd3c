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

/* What a budget has of a row; 0 where it has none. */
int64_t budget_row_kib(const struct budget *budget, const char *id);

#endif
