/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules and suppressions as people write them: on the command line, and in
 * files of a repository. docs/rules.md describes the language.
 *
 *	# nightly.rules
 *	fail-over function: 512K
 *	fail-over module=nvme*: 0.9 objects per iteration
 *	iterations 500
 *	suppress
 *		frames   churn_warm_fill warm_set
 *		module   churn
 *		maximum  8M
 *		expires  2027-06-30
 *		reason   a cache of 4,000 entries
 */
#ifndef PAGEOWL_GATE_GATE_RULES_H
#define PAGEOWL_GATE_GATE_RULES_H

#include "base/error.h"
#include "model/gate_result.h"

#define GATE_RULES_MAX	      256
#define GATE_SUPPRESSIONS_MAX 4096

/* Zeroed is empty and valid to deinit. */
struct gate_rules {
	struct gate_rule *rules;
	size_t rule_count;
	struct suppression *suppressions;
	size_t suppression_count;
	uint64_t iterations; /* 0: not said */
	struct arena arena;  /* of all that they point to */
};

void gate_rules_deinit(struct gate_rules *rules);

/*
 * Add one rule, as --fail-over has it: "function: 512K", "module=nvme*: 1M",
 * "unaccounted: 2% and 16M", "stack: 0.9 objects per iteration", or "default"
 * for gate_rules_add_defaults(). text is copied; origin is borrowed and may be
 * NULL: "--fail-over". The error has no place in it.
 */
bool gate_rules_add(struct gate_rules *rules, struct span text,
		    const char *origin, struct error *err);

/* What is judged by where nobody says more. */
bool gate_rules_add_defaults(struct gate_rules *rules, struct error *err);

/* A limit per iteration wants iterations, or is an error (ERROR_USAGE). */
bool gate_rules_check_iterations(const struct gate_rules *rules,
				 uint64_t iterations, struct error *err);

/*
 * Add the text of a rules file, which is copied; path names it, escaped, in
 * errors ("FILE:LINE: …") and in origins. Unknown words, values that are none
 * and entries without a maximum or a reason are refused, and nothing is taken
 * of such a file.
 */
bool gate_rules_parse(struct gate_rules *rules, const char *path,
		      struct span text, struct error *err);

#endif
