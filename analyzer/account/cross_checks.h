/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds the counters of a capture against each other. */
#ifndef PAGEOWL_ACCOUNT_CROSS_CHECKS_H
#define PAGEOWL_ACCOUNT_CROSS_CHECKS_H

#include "model/budget.h"
#include "model/cross_check.h"
#include "model/process_report.h"

struct cross_check_facts {
	const struct counters *counters;
	const struct budget *budget;	      /* of the machine */
	const struct process_side *processes; /* or NULL: none are known */
	/* The MemTotal of the earlier capture of a pair, else 0. */
	int64_t earlier_total_kib;
	/* They are of one boot: only then must it be the same. */
	bool earlier_same_boot;
};

/*
 * All checks, in a fixed order, those that the capture lacks the counters for
 * as CHECK_MISSING. Texts live in arena. Fails when memory runs out.
 */
bool cross_checks_make(const struct cross_check_facts *facts,
		       struct arena *arena, struct cross_check **ret,
		       size_t *ret_count, struct error *err);

#endif
