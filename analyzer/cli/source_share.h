/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many of the stacks that could have a source line have one. */
#ifndef PAGEOWL_CLI_SOURCE_SHARE_H
#define PAGEOWL_CLI_SOURCE_SHARE_H

#include "model/snapshot.h"

/* The frame by whose source a stack is known, or NULL: it cannot have one. */
const struct frame *source_share_frame(const struct stack *stack);

/* Zeroed is empty. */
struct source_share {
	size_t stacks, lined;
	bool lacks; /* more than one in ten, or of what they hold, has none */
};

void source_share_add(struct source_share *share,
		      const struct snapshot *snapshot);

/*
 * Whether rows by source of two captures cannot be compared, since one has
 * lines where the other has none. same_files: both were asked for in the same
 * ones, so that what differs is mostly what ran.
 */
bool source_share_is_void(const struct source_share *a,
			  const struct source_share *b, bool same_files);

#endif
