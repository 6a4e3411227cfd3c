/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the counters of captures tell. For account_join.c. */
#ifndef PAGEOWL_CLI_ACCOUNT_COUNTERS_H
#define PAGEOWL_CLI_ACCOUNT_COUNTERS_H

#include "cli/account_join.h"

/* The snapshot of a source, or NULL. */
struct snapshot *account_snapshot(struct reading *reading, const char *format);

/* What a budget of its counters is built with; pages are its stacks, or NULL.
 */
struct budget_facts account_facts(struct reading *reading,
				  const struct snapshot *pages,
				  const struct settings *settings);

bool account_readings_are_of_one_kernel(const struct reading readings[2]);

/* Two captures of one kernel, as far as its release tells. */
bool account_is_one_kernel(const struct account_join *join);

/* Budgets that can be compared, cross-checks, and slab caches. */
bool account_counters_make(struct account_join *join,
			   const struct settings *settings, struct error *err);

#endif
