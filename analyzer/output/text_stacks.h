/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole stacks of a group: --full. */
#ifndef PAGEOWL_OUTPUT_TEXT_STACKS_H
#define PAGEOWL_OUTPUT_TEXT_STACKS_H

#include "output/text_view.h"

/*
 * A line for each frame, with its place in the source where that is known, and
 * before it one for each function that was inlined there. NULL: no memory.
 */
const char *text_stacks(const struct text_view *view, struct text_table *table,
			const struct report_group *group);

#endif
