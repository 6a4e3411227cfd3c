/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gate of `diff`: from its options to what is said, and the status. */
#ifndef PAGEOWL_CLI_GATE_RUN_H
#define PAGEOWL_CLI_GATE_RUN_H

#include "cli/reading.h"
#include "model/gate_result.h"

/* Zeroed is valid to deinit. */
struct gate_run {
	struct gate_result result;
};

/*
 * Judge a ranked report, and the objects beside it, where rules were given or
 * the output shows what they say: then report->gate is set. report->iterations
 * is set in any case. count is that of the readings of its sides: two.
 */
bool gate_run_judge(struct gate_run *run, struct cli *cli,
		    struct reading *readings, size_t count,
		    struct report *report, struct error *err);

/*
 * When all was shown: say what broke a rule, a line for each, and what became
 * of suppressions; write those that were asked for. Returns the exit status,
 * where status is what it would be without a gate.
 */
int gate_run_tell(const struct gate_run *run, struct cli *cli, int status);

void gate_run_deinit(struct gate_run *run);

#endif
