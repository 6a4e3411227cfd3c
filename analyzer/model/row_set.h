/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of one snapshot under the key that a report asks for: a stack, its
 * function names only, or the values of --by. Made by account/rollup.
 */
#ifndef PAGEOWL_MODEL_ROW_SET_H
#define PAGEOWL_MODEL_ROW_SET_H

#include "model/snapshot.h"

#define ROW_VALUES_MAX 8

struct keyed_row {
	UT_hash_handle hh;
	struct span key; /* bytes that are equal for equal keys */
	struct span values[ROW_VALUES_MAX]; /* of --by, in its order */
	const struct stack *stack;	    /* the first by text, of several */
	struct span detail;	/* of the format's identity: a cache, a line */
	enum category category; /* of that */
	bool mixed;		/* stacks of several categories */
	bool suspect;		/* growth of most of its pages can be a leak */
	uint64_t suspect_pages;
	const struct tally *tally; /* the row's own, or one of the snapshot */
	struct tally *sum;	   /* the same where several rows were added */
};

struct row_set {
	struct keyed_row *rows; /* uthash head */
	size_t count;
	size_t stacks; /* distinct stacks in them */
	struct tally total;
	struct amount filtered; /* by rules about stacks */
	struct amount categories[CATEGORY_COUNT];
	const struct snapshot *snapshot; /* borrowed */
	struct arena arena;
};

void row_set_deinit(struct row_set *set);

#endif
