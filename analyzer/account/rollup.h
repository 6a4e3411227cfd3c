/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a snapshot to rows under the key that was asked for, filtered. */
#ifndef PAGEOWL_ACCOUNT_ROLLUP_H
#define PAGEOWL_ACCOUNT_ROLLUP_H

#include "account/filter.h"
#include "model/report.h"
#include "model/row_set.h"

/*
 * Fill set, which the caller zeroed. Without keys in grouping a row is a
 * stack, as match says. snapshot, grouping and filter must outlive set.
 */
bool rollup_build(struct row_set *set, struct snapshot *snapshot,
		  const struct grouping *grouping, const struct filter *filter,
		  enum report_match match, struct error *err);

/* A report of one side: what `top` shows. The side must have its set. */
bool rollup_report(struct report *report, struct error *err);

#endif
