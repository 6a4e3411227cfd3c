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
 * What counts, and how:
 * - Stacks and functions: growth that can be a leak, by its verdict; not user
 *   memory, nor pages of slab caches, of which the objects are judged. A
 *   function is what text folds into one row. The growth of one stack never
 *   makes up for that of another one.
 * - Modules: the same of all their stacks, pages and objects, and less what
 *   others of their stacks hold less. The kernel itself is no module.
 * - Categories: what the stacks of the report hold, whatever their verdicts. A
 *   name stands for the category and its kinds together ("slab" for all slab
 *   pages); without a name, or with a pattern, each is judged by itself.
 * - A page of a limit in pages is one of the report shown, of bytes of objects
 *   too; 4 KiB where that is not on pages.
 * - A share is of what OLD held in all stacks of the thing, suppressed ones
 *   among them, so that no suppression can make another finding.
 * - Suppressions take rows that grew, each the first of them that it is like.
 *   One that says nothing but a category is also about that category as a
 *   whole, one of `unaccounted` about that alone.
 * - Rows beyond the maximum of a suppression are one finding for all of them,
 *   whatever rules there are; they are in no other one.
 *
 * Judge input by rules, which must outlive ret, as must the report. A limit
 * per iteration without input->iterations is an error (ERROR_USAGE). ret is
 * zeroed by the caller.
 */
bool gate_judge(const struct gate_rules *rules, const struct gate_input *input,
		struct gate_result *ret, struct error *err);

#endif
