/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What text tells of three captures and more, and of iterations, beside what
 * it tells of two: the report has an axis.
 */
#ifndef PAGEOWL_OUTPUT_TEXT_SERIES_H
#define PAGEOWL_OUTPUT_TEXT_SERIES_H

#include "output/text_view.h"

/* A line below those of OLD and NEW: how many captures, and how far apart. */
void text_series_header(const struct text_view *view);

/* Cells of a group; NULL: no memory. */
const char *text_series_grew(struct text_table *table,
			     const struct trend *trend);
const char *text_series_slope(const struct text_view *view,
			      struct text_table *table,
			      const struct report_group *group);
const char *text_series_verdict(struct text_table *table,
				const struct report_group *group);
const char *text_series_iteration(const struct text_view *view,
				  struct text_table *table,
				  const struct delta *growth);

/*
 * Growth in each interval, where these are few or all is wanted, and whether
 * it slows down; empty: nothing of that. NULL: no memory.
 */
const char *text_series_note(const struct text_view *view,
			     struct text_table *table,
			     const struct report_group *group);

/* Below the tables: what their verdicts are worth. */
void text_series_legend(const struct text_view *view);

#endif
