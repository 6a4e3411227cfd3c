/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One report on memory as a log has it, while its lines come: what is read is
 * kept as it is printed, in pages or in kB, and put into the words and units
 * of /proc when the report is given away. For show_mem.c.
 */
#ifndef PAGEOWL_FORMATS_SHOW_MEM_REPORT_H
#define PAGEOWL_FORMATS_SHOW_MEM_REPORT_H

#include "formats/counter_text.h"

/* What a line is to who looks at it. */
enum show_mem_line {
	SHOW_MEM_OTHER, /* none of this kind */
	SHOW_MEM_TAKEN,
	SHOW_MEM_DAMAGED, /* of this kind, and not whole */
};

/* How much a report tells: the last one of the best kind is given. */
enum show_mem_rank {
	SHOW_MEM_NOTHING,
	SHOW_MEM_CGROUP, /* of a memory cgroup: nothing of the machine */
	SHOW_MEM_CUT,	 /* lines are missing */
	SHOW_MEM_WHOLE,
};
#define SHOW_MEM_RANKS (SHOW_MEM_WHOLE + 1)

/* Which table the rows that come are of. */
enum show_mem_table {
	SHOW_MEM_NO_TABLE,
	SHOW_MEM_SLABS,
	SHOW_MEM_TASKS,
};

/* What a column of the table of tasks tells. */
enum show_mem_column {
	TASK_OTHER,
	TASK_UID,
	TASK_TGID,
	TASK_TOTAL_VM,
	TASK_RSS,
	TASK_RSS_ANON,
	TASK_RSS_FILE,
	TASK_RSS_SHMEM,
	TASK_TABLE_PAGES, /* nr_ptes, nr_pmds, nr_puds: up to 4.14 */
	TASK_TABLE_BYTES,
	TASK_SWAP,
	TASK_SCORE,
};
#define TASK_COLUMNS_MAX 16

/* More than 60,000 tasks; it bounds what a hostile log can cost. */
#define SHOW_MEM_COUNTERS_MAX ((size_t)1 << 19)

/* Zeroed is one of which nothing is known. */
struct show_mem_report {
	/*
	 * Amounts as printed. The group "total" is of sums over nodes or zones,
	 * which are those of the machine only where none was left out.
	 */
	struct counters counters;
	/* Who prints it, "T812", where the log tells; or empty. */
	char caller[24];
	size_t caller_length;
	uint64_t line;	    /* with which it begins */
	uint64_t time_ns;   /* of that line, since boot; or TS_NONE */
	uint64_t page_size; /* bytes; 0: not known yet */
	uint64_t tasks;
	bool headed;   /* who asked for it is known */
	bool has_info; /* "Mem-Info:" or its first line was read */
	bool has_lists;
	bool has_nodes; /* 4.8 on: of zones only a part is told again */
	bool of_cgroup;
	bool in_tasks; /* the line read last is a task */
	bool no_memory;
	uint64_t dropped;	   /* counters above the limit */
	struct counter_scope zone; /* whose lines are read */
	enum show_mem_table table;
	enum show_mem_column columns[TASK_COLUMNS_MAX];
	unsigned column_count; /* without pid and name */
};

void show_mem_report_deinit(struct show_mem_report *report);

/* Add to what the report has of it, saturating. */
void show_mem_add(struct show_mem_report *report, const char *group,
		  struct span scope, const char *name, uint64_t value,
		  enum counter_unit unit);
/* The same of what comes once in a report: the first one holds. */
void show_mem_set(struct show_mem_report *report, const char *group,
		  const char *name, uint64_t value, enum counter_unit unit);
void show_mem_add_text(struct show_mem_report *report, const char *group,
		       struct span scope, const char *name, struct span text);

/* The amount as it was printed. */
bool show_mem_value(const struct show_mem_report *report, const char *group,
		    const char *name, uint64_t *ret);

enum show_mem_rank show_mem_report_rank(const struct show_mem_report *report);

/* Hand all of it to the sink; false when that failed. */
bool show_mem_report_give(struct show_mem_report *report, struct sink *sink,
			  struct error *err);

#endif
