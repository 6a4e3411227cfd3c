/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the counters of processes to what each of them costs. */
#ifndef PAGEOWL_ACCOUNT_PROCESSES_H
#define PAGEOWL_ACCOUNT_PROCESSES_H

#include "base/error.h"
#include "model/counters.h"
#include "model/process_report.h"

/*
 * Gather the processes of one capture, and why those that are not there could
 * not be read, as its manifest tells. All lives in arena or the counters.
 */
bool processes_gather(const struct counters *counters, struct arena *arena,
		      struct process_side *ret, struct error *err);

/*
 * Make the rows of a report whose sides are filled in, ranked by PSS, or by
 * its growth, and by RSS where no PSS is known.
 */
bool processes_rank(struct process_report *report, enum process_key by,
		    struct error *err);

#endif
