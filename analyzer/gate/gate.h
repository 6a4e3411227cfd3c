/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules over what grew: what breaks them, and what is suppressed. */
#ifndef PAGEOWL_GATE_GATE_H
#define PAGEOWL_GATE_GATE_H

#include "gate/gate_rules.h"

/* What is judged. */
struct gate_input {
	/* Of stacks, without --by, arranged; its `objects` are judged too. */
	const struct report *report;
	/* The memory in no counter, OLD and NEW; or not known. */
	bool unaccounted_known;
	int64_t unaccounted_kib[2];
	const char *unaccounted_reason; /* why it is not known */
	uint64_t iterations;		/* of the workload; 0: not said */
	/* Days are compared as text: "2026-11-23". */
	struct span today;
};

/*
 * Judge input by rules, which must outlive ret, as must the report. A limit
 * per iteration without input->iterations is an error (ERROR_USAGE). ret is
 * zeroed by the caller.
 */
bool gate_judge(const struct gate_rules *rules, const struct gate_input *input,
		struct gate_result *ret, struct error *err);

#endif
