/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the text output: which there are, and a group's cells. */
#ifndef PAGEOWL_OUTPUT_TEXT_COLUMNS_H
#define PAGEOWL_OUTPUT_TEXT_COLUMNS_H

#include "output/text_view.h"

void text_columns_set(const struct text_view *view, struct text_table *table);

/* Add a row for a group; view->no_memory tells when that failed. */
void text_columns_add(struct text_view *view, struct text_table *table,
		      const struct report_group *group);

#endif
