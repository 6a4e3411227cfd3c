/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind a report on memory: slab caches, and tasks. */
#ifndef PAGEOWL_FORMATS_SHOW_MEM_TASKS_H
#define PAGEOWL_FORMATS_SHOW_MEM_TASKS_H

#include "formats/show_mem_report.h"

/* "Unreclaimable slab info:" and what stands above its columns. */
enum show_mem_line show_mem_take_slab_head(struct show_mem_report *report,
					   struct span line);

/* "kmalloc-64            1024KB       2048KB": in use, and all */
enum show_mem_line show_mem_take_slab(struct show_mem_report *report,
				      struct span line);

/* "[  pid  ]   uid  tgid total_vm      rss …", which names the columns. */
enum show_mem_line show_mem_take_task_head(struct show_mem_report *report,
					   struct span line);

/*
 * "[    812]  1000   812     2000     1500 …". The number in brackets looks
 * like a prefix of a log: head is what was taken off before line.
 */
enum show_mem_line show_mem_take_task(struct show_mem_report *report,
				      struct span line, struct span head);

#endif
