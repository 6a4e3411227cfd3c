/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the text of `account` share. */
#ifndef PAGEOWL_OUTPUT_ACCOUNT_VIEW_H
#define PAGEOWL_OUTPUT_ACCOUNT_VIEW_H

#include "output/output.h"

struct account_view {
	const struct account_report *report;
	const struct output_options *options;
	FILE *file;
	bool no_memory; /* something could not be shown */
};

static inline const struct account_side *account_newest(
	const struct account_view *view)
{
	return &view->report->sides[view->report->side_count == 2];
}

#endif
