/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A cross-check being made: what the files *_checks.c put its two sides
 * together with, and judge them by. cross_checks.c has the table of them.
 */
#ifndef PAGEOWL_ACCOUNT_CHECK_DRAFT_H
#define PAGEOWL_ACCOUNT_CHECK_DRAFT_H

#include "account/cross_checks.h"

/* What tolerances are made of. */
struct check_machine {
	int64_t total_kib;  /* MemTotal, or 0 */
	uint64_t page_size; /* bytes */
	uint64_t cpus;	    /* in zoneinfo; 0: not known */
	/*
	 * So far a counter may be from the truth, as far as zoneinfo tells:
	 * what all CPUs may hold back of it.
	 */
	int64_t drift_kib;
};

struct check_draft {
	const struct cross_check_facts *facts;
	const struct check_machine *machine;
	struct arena *arena;
	struct cross_check *check;
	/* The first counter that a side wants and the capture lacks. */
	const char *lacks_group, *lacks_name;
	bool no_memory;
};

struct check_kind {
	const char *id, *title, *left_name, *right_name;
	const char *compared; /* the meaning of one that agrees */
	bool at_most;	      /* the left side may be less by any amount */
	bool impossible;      /* no healthy kernel prints what it finds */
	void (*make)(struct check_draft *draft);
};

extern const struct check_kind check_anon_lru, check_file_lru, check_lru_total,
	check_active_parts, check_inactive_parts;
extern const struct check_kind check_slab_slabinfo, check_slab_parts;
extern const struct check_kind check_page_tables, check_pss_anon,
	check_pss_mapped;
extern const struct check_kind check_percpu, check_memtotal_zones,
	check_memtotal_series, check_counted_total, check_above_total;

void check_machine_look(const struct counters *counters,
			const struct budget *budget, struct check_machine *ret);

/* Pages in KiB; saturates. */
int64_t check_pages_kib(const struct check_machine *machine, uint64_t pages);

/*
 * The amount of a counter of the machine, those of vmstat being pages; false,
 * and 0, where it is not there.
 */
bool check_amount(const struct check_draft *draft, const char *group,
		  const char *name, int64_t *ret_kib);

/* Add a counter to a side that cannot do without it; returns its amount. */
int64_t check_need(struct check_draft *draft, struct sum *side,
		   const char *group, const char *name);

/* The same of one that not every kernel has, and without which it is 0. */
int64_t check_have(struct check_draft *draft, struct sum *side,
		   const char *group, const char *name);

/* Add kib of a counter, which need not be all of it; 0 is left out. */
void check_part(struct check_draft *draft, struct sum *side, const char *group,
		const char *name, int64_t kib);

/* Add what was gathered of counters: value in unit is as it was counted. */
void check_gathered(struct check_draft *draft, struct sum *side,
		    const char *group, const char *name, int64_t kib,
		    uint64_t value, enum counter_unit unit);

/*
 * For sides that are counted one by one in pages and are never read at the
 * same moment: 0.5 % of MemTotal, at least 4 MiB, and the drift.
 */
int64_t check_tolerance(const struct check_machine *machine);

/*
 * Compare the sides; excess is the meaning where the left one is larger,
 * shortfall where it is less. Missing, when something was lacking.
 */
void check_judge(struct check_draft *draft, int64_t tolerance_kib,
		 const char *excess, const char *shortfall);

/* What it means where the kernel prints a sum and its terms, and they differ.
 */
extern const char check_torn[];

/* It cannot be made, and why. */
void check_cannot(struct check_draft *draft, const char *why);

/* A text in the arena; "" when memory ran out. */
__attribute__((format(printf, 2, 3))) const char *check_text(
	struct check_draft *draft, const char *format, ...);

#endif
