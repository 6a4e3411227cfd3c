/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asked for a report on memory, its totals, and who paid for it. */
#ifndef PAGEOWL_FORMATS_SHOW_MEM_FACTS_H
#define PAGEOWL_FORMATS_SHOW_MEM_FACTS_H

#include "formats/show_mem_report.h"

/*
 * "python3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, …" or
 * "x: page allocation failure: order:5, mode:0xcc0(GFP_KERNEL), …"
 */
bool show_mem_is_head(struct span line);
enum show_mem_line show_mem_take_head(struct show_mem_report *report,
				      struct span line);

/* "11692 total pagecache pages", "72535 pages RAM", "Free swap  = 8kB" … */
enum show_mem_line show_mem_take_total(struct show_mem_report *report,
				       struct span line);

/* "memory: usage 2048kB, limit 2048kB, failcnt 5": of a memory cgroup. */
enum show_mem_line show_mem_take_cgroup(struct show_mem_report *report,
					struct span line);

/* "oom-kill:constraint=CONSTRAINT_NONE,…", "… Killed process 812 (x) …" */
enum show_mem_line show_mem_take_kill(struct show_mem_report *report,
				      struct span line);

/*
 * When a line was printed, in ns since boot: "[  621.421337] " in its prefix,
 * or the third number of /dev/kmsg. TS_NONE: it does not tell.
 */
uint64_t show_mem_time(struct span prefix);

#endif
