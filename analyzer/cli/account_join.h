/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From captures to the report of `account`: counters, stacks, and the two of
 * them held against each other.
 */
#ifndef PAGEOWL_CLI_ACCOUNT_JOIN_H
#define PAGEOWL_CLI_ACCOUNT_JOIN_H

#include "account/budget_build.h"
#include "cli/reading.h"
#include "model/account_report.h"

/* What the report borrows from. Zeroed is valid to deinit. */
struct account_join {
	struct reading readings[2];
	size_t count;		      /* of them */
	bool live;		      /* the one is of the running machine */
	struct budget_facts facts[2]; /* that the budgets are built with */
	unsigned table_levels[2];     /* of page tables, in PageTables */
	struct report holders, counted, objects;
	struct row_set counted_sets[2];
	struct process_report processes[2]; /* of one side each */
	struct account_report report;
};

void account_join_deinit(struct account_join *join);

/* The readings are open: make the report. */
bool account_join_make(struct account_join *join, struct cli *cli,
		       struct error *err);

#endif
