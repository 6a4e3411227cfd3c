/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gate_result.h"

const char *gate_subject_name(enum gate_subject subject)
{
	static const char *const names[GATE_SUBJECT_COUNT] = {
		[GATE_STACK] = "stack",
		[GATE_FUNCTION] = "function",
		[GATE_MODULE] = "module",
		[GATE_CATEGORY] = "category",
		[GATE_UNACCOUNTED] = "unaccounted",
	};

	return names[subject];
}

bool gate_rule_is_default(const struct gate_rule *rule)
{
	return rule->origin && strcmp(rule->origin, GATE_DEFAULT_ORIGIN) == 0;
}

const char *suppression_state_name(enum suppression_state state)
{
	static const char *const names[] = {
		[SUPPRESSION_UNUSED] = "unused",
		[SUPPRESSION_USED] = "used",
		[SUPPRESSION_EXCEEDED] = "exceeded",
		[SUPPRESSION_EXPIRED] = "expired",
	};

	return names[state];
}

void gate_result_deinit(struct gate_result *result)
{
	arena_deinit(&result->arena);
}
