/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What suppressions take of what grew. The first of them that a row is like
 * takes it; what one has taken is added up and held against its maximum.
 */
#ifndef PAGEOWL_GATE_SUPPRESSION_USE_H
#define PAGEOWL_GATE_SUPPRESSION_USE_H

#include "gate/gate.h"
#include "gate/judged_rows.h"

/* A set of categories: bit 1 << enum category. */
typedef uint32_t category_set;

/* What rows hold in those categories of the report, by stacks. */
void category_growth(const struct report *report, category_set categories,
		     struct growth *ret);

category_set category_set_like(struct span pattern);

/* Give rows to the suppressions of result, and tell their states. */
bool suppression_use_make(const struct gate_input *input,
			  struct judged_rows *rows, struct gate_result *result,
			  struct error *err);

/*
 * Note that a suppression is about a whole that grew so much. Its growth is the
 * largest of such wholes, and of its rows.
 */
void suppression_use_whole(struct suppression *suppression,
			   const struct growth *growth);

/* The first that is about all of these categories alone, or NULL. */
struct suppression *suppression_of_categories(struct gate_result *result,
					      category_set categories);

/* The first that is about the memory in no counter, or NULL. */
struct suppression *suppression_of_unaccounted(struct gate_result *result);

#endif
