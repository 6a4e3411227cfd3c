/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which suppression a row is like. Entries that name a function, a module or a
 * cache without a pattern are looked up by that name: thousands of them cost a
 * large report little.
 */
#ifndef PAGEOWL_GATE_SUPPRESSION_MATCH_H
#define PAGEOWL_GATE_SUPPRESSION_MATCH_H

#include "base/error.h"
#include "gate/judged_rows.h"

/* Whether the frames of stack, from the blamed one outward, are like those of
 * the suppression. */
bool suppression_frames_match(const struct suppression *suppression,
			      const struct stack *stack);

/*
 * Whether it is about a category as a whole: nothing else is said. It takes
 * rows of that category, too, but no objects beside pages: of the pages of
 * caches much may be accepted without a word on who holds the objects.
 */
bool suppression_is_of_category(const struct suppression *suppression);

/*
 * Whether a suppression is like a row, which is of the report shown or else of
 * the objects beside it. One whose maximum is in bytes alone is like no objects
 * of no known size: they could never exceed it.
 */
bool suppression_takes(const struct suppression *suppression,
		       const struct judged_row *row, bool shown);

struct suppression_link;
struct suppression_key;

/* Zeroed is empty and valid to deinit. */
struct suppression_index {
	struct suppression_key *named;	  /* uthash head */
	struct suppression_link *general; /* that no one name leads to */
};

/* Index all that are not expired. What it points to lives in arena. */
bool suppression_index_make(struct suppression *suppressions, size_t count,
			    struct arena *arena, struct suppression_index *ret,
			    struct error *err);
void suppression_index_deinit(struct suppression_index *index);

/* The first in the order of their files that takes row, or NULL. */
struct suppression *suppression_index_find(
	const struct suppression_index *index, const struct judged_row *row,
	bool shown);

#endif
