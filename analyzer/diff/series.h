/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The captures between the first and the last one. These are compared as any
 * two; of those between only what each row held is kept, 16 bytes for each.
 */
#ifndef PAGEOWL_DIFF_SERIES_H
#define PAGEOWL_DIFF_SERIES_H

#include "model/report.h"

/*
 * Make room for the points of all rows, which diff_build() has made; those of
 * the first capture and the last one are filled in. axis must outlive report.
 */
bool series_begin(struct report *report, const struct trend_axis *axis,
		  struct error *err);

/*
 * Fill in the points of the capture at index from its rows, made with
 * report->match. Rows that neither the first nor the last capture has are
 * counted in report->passing.
 */
void series_add(struct report *report, size_t index, const struct row_set *set);

/* All are in: work out the trends and the verdicts. */
bool series_judge(struct report *report, struct error *err);

#endif
