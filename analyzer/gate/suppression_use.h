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
 * The growth of the whole that a suppression of result is about: of all
 * categories that it is like, or of the memory in no counter. False: it is
 * about rows, one before it speaks for that whole, or it is not known.
 */
bool suppression_whole(const struct gate_input *input,
		       const struct gate_result *result,
		       const struct suppression *suppression,
		       struct growth *ret);

/* The first that is about all of these categories alone, and whose maximum
 * measures their growth; or NULL. */
struct suppression *suppression_of_categories(const struct gate_result *result,
					      category_set categories,
					      const struct growth *growth);

/* The first that is about the memory in no counter, or NULL. */
struct suppression *suppression_of_unaccounted(
	const struct gate_result *result);

/* It was seen to be exceeded by growth. */
void suppression_exceed(struct suppression *suppression,
			const struct growth *growth);

#endif
