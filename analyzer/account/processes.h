/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the counters of processes to what each of them costs. */
#ifndef PAGEOWL_ACCOUNT_PROCESSES_H
#define PAGEOWL_ACCOUNT_PROCESSES_H

#include "base/error.h"
#include "model/counters.h"
#include "model/process_report.h"

/*
 * Gather the processes of one capture, and why those that are not there could
 * not be read, as its manifest tells. Of users it tells the numbers, and that
 * 0 is root; who knows more puts names in before they are ranked. All lives in
 * arena or the counters. What else a side has, paths and the like, is left as
 * it is. Fails when memory runs out.
 */
bool processes_gather(const struct counters *counters, struct arena *arena,
		      struct process_side *ret, struct error *err);

/*
 * Make the rows of a report whose sides are filled in, ranked by PSS, or by
 * its growth, and by RSS where no PSS is known. Processes of two sides are
 * the same where pid and comm are.
 */
bool processes_rank(struct process_report *report, enum process_key by,
		    struct error *err);

#endif
