/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counters that come from a report on memory in a log (OOM, a failed
 * allocation, sysrq-m): which one it is, and what such reports leave out.
 */
#ifndef PAGEOWL_ACCOUNT_MEMORY_REPORT_H
#define PAGEOWL_ACCOUNT_MEMORY_REPORT_H

#include "base/arena.h"
#include "model/budget.h"
#include "model/counters.h"

/* Whether the counters of the machine are those of a report. */
bool memory_report_is_source(const struct counters *counters);

/*
 * "OOM report at line 1234, 621.42 s after boot: 'python3' invoked the OOM
 * killer, order 0; it killed 'python3' (812)", in arena; *ret is NULL where the
 * counters are of no report. Names are escaped. Fails when memory runs out.
 */
bool memory_report_describe(const struct counters *counters,
			    struct arena *arena, const char **ret,
			    struct error *err);

/*
 * "the log reports that a memory cgroup ran out (/box: usage 512kB, limit
 * 512kB), nothing of the machine; 'pageowl ps' lists its tasks". False: it is
 * not so.
 */
bool memory_report_of_cgroup(const struct counters *counters, char *ret,
			     size_t capacity);

/*
 * "vmalloc, per-cpu, compressed swap": the parts of a budget that no report
 * prints, as far as this one lacks them. NULL when memory runs out.
 */
const char *memory_report_untold(const struct budget *budget,
				 struct arena *arena);

/* Whether the part called id is one of these. */
bool memory_report_leaves_out(const struct budget *budget, const char *id);

#endif
