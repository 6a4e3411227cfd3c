/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of a trace as text: what the kernel's tracefs, trace-cmd report and
 * perf script print of one event.
 *
 *   "            bash-1234    (   1230) [001] d..1.  123.456789: kfree: …"
 *   "bash  1234/1230 [001]   123.456789:     1 kmem:kfree: …"
 */
#ifndef PAGEOWL_FORMATS_TRACE_LINE_H
#define PAGEOWL_FORMATS_TRACE_LINE_H

#include "base/span.h"

/* A trace of many processors has as many; more are hostile. */
#define TRACE_CPU_NONE UINT32_MAX

struct trace_line {
	struct span task;   /* what stands before the time */
	struct span event;  /* "kfree", "<stack trace>" */
	struct span fields; /* what stands behind the event */
	uint64_t ts_ns;	    /* or TS_NONE: no time, or not since boot */
};

struct trace_task {
	struct span comm, pid, tgid, cpu; /* empty: not printed */
};

/* Split line; false: it is no event. */
bool trace_line_split(struct span line, struct trace_line *ret);

/* Whose event it is. */
void trace_line_task(const struct trace_line *line, struct trace_task *ret);

/* The processor, or TRACE_CPU_NONE. */
uint32_t trace_line_cpu(const struct trace_line *line);

/* How many events a line says were lost; false: it is no such line. */
bool trace_line_lost(struct span line, uint64_t *ret);

#endif
