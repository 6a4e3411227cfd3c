/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each sum of `account` was computed, term by term. */
#ifndef PAGEOWL_OUTPUT_TEXT_FORMULA_H
#define PAGEOWL_OUTPUT_TEXT_FORMULA_H

#include "output/account_view.h"

/* "name = MemFree 638,732 + pcp count 2,993 pages (11,972) = 650,704 kB" */
void text_formula_sum(const struct account_view *view, const char *name,
		      const struct sum *sum);

/* The terms alone, behind what stands in the line; with the line's end. */
void text_formula_terms(const struct account_view *view, const struct sum *sum,
			size_t indent, size_t column);

/* All sums of a budget, and what was decided in making it. */
void text_formula_write(const struct account_view *view,
			const struct budget *budget);

#endif
