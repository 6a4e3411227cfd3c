/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The distinct stacks of a capture, keyed by their whole text. A stack seen
 * before costs one hash, one probe and one compare; its frames are split only
 * when it is new.
 */
#ifndef PAGEOWL_MODEL_STACK_TABLE_H
#define PAGEOWL_MODEL_STACK_TABLE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/table.h"
#include "model/frame.h"
#include "model/stack_class.h"

struct row;

struct stack {
	UT_hash_handle hh;
	struct span text; /* owned by the table's arena */
	/*
	 * Itself, or the stack that this text means: the text of old kernels
	 * has addresses before the symbols, and marks the end of a stack; that
	 * of symbolized reports has source places.
	 */
	struct stack *meaning;
	struct frame *frames; /* borrowed from text */
	size_t frame_count;
	struct row *row;   /* the row it was last counted in */
	unsigned evidence; /* enum evidence, of all its records */
	bool classified;   /* class is filled */
	struct stack_class class;
};

/* Zeroed is empty and valid. */
struct stack_table {
	struct stack *table; /* uthash head, in order of first sight */
	struct arena arena;
	size_t count; /* of stacks that mean themselves */
};

void stack_table_deinit(struct stack_table *table);

/*
 * Find or add a stack (struct record says what text may hold). ret_new, if
 * not NULL, tells whether the stack returned was added just now.
 */
bool stack_table_intern(struct stack_table *table, struct span text,
			struct stack **ret, bool *ret_new, struct error *err);

/*
 * Copy to stack, which is of this table, the source places that its twin in
 * another table was told. False when memory ran out.
 */
bool stack_table_copy_places(struct stack_table *table, struct stack *stack,
			     const struct stack *twin, struct error *err);

/*
 * What stack_table_intern() makes of text: the text of the stack it returns.
 * False when memory ran out.
 */
bool stack_text_clean(struct arena *arena, struct span text, struct span *ret);

/* The blamed frame, or NULL when the stack has none. */
const struct frame *stack_blamed(const struct stack *stack);

/* Where the blamed frame is in the source; NULL: not known. */
const struct source_place *stack_place(const struct stack *stack);

#endif
