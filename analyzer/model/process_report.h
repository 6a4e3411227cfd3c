/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each process costs, by its own files in /proc. Amounts are KiB, as the
 * kernel prints them, or PROCESS_UNKNOWN.
 */
#ifndef PAGEOWL_MODEL_PROCESS_REPORT_H
#define PAGEOWL_MODEL_PROCESS_REPORT_H

#include "base/arena.h"
#include "base/span.h"

#define PROCESS_UNKNOWN UINT64_MAX

/* Where the amounts come from, the best first. */
enum process_source {
	PROCESS_ROLLUP,	    /* smaps_rollup, 4.14 and newer */
	PROCESS_SMAPS,	    /* smaps, added up */
	PROCESS_STATUS,	    /* status: no PSS, no USS */
	PROCESS_UNREADABLE, /* a process, and its amounts cannot be read */
	PROCESS_KERNEL,	    /* without user memory: kernel threads, zombies */
};
#define PROCESS_SOURCES (PROCESS_KERNEL + 1)

enum process_amount {
	PROCESS_RSS,	   /* resident pages that it maps, all of them */
	PROCESS_PSS,	   /* the same, shared pages by share */
	PROCESS_USS,	   /* those that nobody else maps */
	PROCESS_PSS_ANON,  /* of PSS; since 5.4 */
	PROCESS_PSS_FILE,  /* the same */
	PROCESS_PSS_SHMEM, /* the same */
	PROCESS_SWAP,	   /* swapped out */
	PROCESS_SWAP_PSS,  /* the same, by share */
	PROCESS_HUGETLB,   /* not in RSS, PSS or USS */
	PROCESS_TABLES,	   /* page tables: VmPTE and VmPMD, of status */
};
#define PROCESS_AMOUNTS (PROCESS_TABLES + 1)

struct process {
	uint64_t pid;
	struct span comm;   /* untrusted; empty: not known */
	struct span cgroup; /* path of it; empty: not known */
	struct span user;   /* its name, or its number; empty: not known */
	uint64_t uid;	    /* real one, or PROCESS_UNKNOWN */
	enum process_source source;
	bool denied;	 /* with more rights there would be more */
	struct span why; /* untrusted: what stood in the way; or empty */
	uint64_t kib[PROCESS_AMOUNTS]; /* 0 of PROCESS_KERNEL */
};

/* Of several processes. An amount is of those of which it is known. */
struct process_sum {
	uint64_t processes;
	uint64_t unreadable; /* besides: of which no amount is known */
	uint64_t kib[PROCESS_AMOUNTS];
	uint64_t known[PROCESS_AMOUNTS]; /* of so many processes */
};

enum process_key {
	PROCESS_BY_PID, /* each for itself */
	PROCESS_BY_USER,
	PROCESS_BY_COMM,
	PROCESS_BY_CGROUP,
};

struct process_row {
	/* PROCESS_BY_PID: [0] is OLD, [1] NEW; NULL: it is not there. */
	const struct process *processes[2];
	struct span key; /* else; untrusted; empty: not known */
	struct process_sum sides[2];
	/*
	 * What the row is ranked by: PROCESS_PSS, or PROCESS_RSS where the PSS
	 * of a process in it is not known; so much of it, or so much growth.
	 */
	enum process_amount measure;
	int64_t kib;
	bool compared; /* kib is known: both sides could be read */
};

/* What is known of one capture. */
struct process_side {
	const char *path;
	const char *kernel;	   /* release, or NULL */
	uint64_t uptime_ns;	   /* or TS_NONE */
	struct process *processes; /* by pid; kernel threads, too */
	size_t process_count;
	struct process_sum total;	   /* of what could be read */
	uint64_t sources[PROCESS_SOURCES]; /* processes by source */
	uint64_t denied;		   /* processes that are denied */
};

/* Zeroed is empty and valid. With one side it is [0]. */
struct process_report {
	unsigned side_count;
	struct process_side sides[2];
	enum process_key by;
	struct process_row *rows; /* ranked; only what was readable */
	size_t row_count;
	/* Of PROCESS_BY_PID: those that nothing is known of, by pid. */
	struct process_row *unreadable;
	size_t unreadable_count;
	struct arena arena;
};

void process_report_deinit(struct process_report *report);

/* Words for programs: "smaps_rollup", "pss_anon", "cgroup". */
const char *process_source_name(enum process_source source);
const char *process_amount_name(enum process_amount amount);
const char *process_key_name(enum process_key key);

/* Of PROCESS_UNREADABLE nothing but the number is added. Saturates. */
void process_sum_add(struct process_sum *sum, const struct process *process);

/* False: not known. */
bool process_sum_amount(const struct process_sum *sum,
			enum process_amount amount, uint64_t *ret);

/* No process of the row is there: it has ended, or not begun. */
bool process_sum_is_empty(const struct process_sum *sum);

/* NEW less OLD, where who is not there has 0; false: not known. */
bool process_sum_growth(const struct process_sum sides[2],
			enum process_amount amount, int64_t *ret);

#endif
