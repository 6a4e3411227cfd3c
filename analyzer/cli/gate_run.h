/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gate of `diff`: from its options to what is said, and the status. */
#ifndef PAGEOWL_CLI_GATE_RUN_H
#define PAGEOWL_CLI_GATE_RUN_H

#include "cli/reading.h"
#include "gate/gate.h"

/* Zeroed is valid to deinit. */
struct gate_run {
	struct gate_rules rules; /* of the command line and of files */
	char today[sizeof("2026-11-23")];
	bool judges;   /* there is something to judge for */
	bool enforced; /* rules were asked for */
	/* Why what grew may not all be known; NULL: it is. */
	const char *doubt;
	struct gate_input input;
	struct gate_result result;
};

/*
 * Gather the rules, before captures are read: what is wrong with them is said
 * at once.
 */
bool gate_run_open(struct gate_run *run, struct cli *cli, struct error *err);

/*
 * Judge a ranked report, and the objects beside it, where rules were given or
 * the output shows what they say: then report->gate is set. report->iterations
 * is set in any case. The readings are those of its sides.
 */
bool gate_run_judge(struct gate_run *run, struct cli *cli,
		    struct reading readings[2], struct report *report,
		    struct error *err);

void gate_run_deinit(struct gate_run *run);

/* ---- gate_tell.c ---- */

/*
 * When all was shown: say what broke a rule, a line for each, and what became
 * of suppressions; write those that were asked for. Returns the exit status,
 * where status is what it would be without a gate.
 */
int gate_run_tell(const struct gate_run *run, struct cli *cli, int status);

#endif
