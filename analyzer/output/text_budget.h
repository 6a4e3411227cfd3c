/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where all of MemTotal is, as a table with bars. */
#ifndef PAGEOWL_OUTPUT_TEXT_BUDGET_H
#define PAGEOWL_OUTPUT_TEXT_BUDGET_H

#include "output/account_view.h"
#include "output/text_flow.h"
#include "output/text_table.h"

/* Of one capture. */
void text_budget_write(struct account_view *view,
		       const struct account_side *side);

/* What stands before rows that were not added; a file that lies has any number
 * of these. */
#define TEXT_BESIDE_WORDS \
	"Not added, because it is not known to be a part of its own:"
#define TEXT_BESIDE_SHOWN 12

/* Rows of the file that were not added. */
void text_budget_write_beside(struct account_view *view,
			      const struct account_side *side);

/* The end of such a line: how many rows it has not, and its newline. */
void text_budget_end_beside(struct text_flow *flow, size_t shown,
			    size_t hidden);

/* How much may be in counters that the capture, or one of two, lacks. */
void text_budget_write_doubts(struct account_view *view);

/*
 * The name of a row in a table of names: "  on the LRU lists", "    of it page
 * cache", "      of that in huge pages"; escaped. NULL: no memory.
 */
char *text_budget_label(struct text_table *table, const struct budget_row *row);

#endif
