/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules share while a report is judged. For gate.c. */
#ifndef PAGEOWL_GATE_JUDGING_H
#define PAGEOWL_GATE_JUDGING_H

#include "gate/finding_list.h"
#include "gate/gate.h"

struct judging {
	const struct gate_input *input;
	struct gate_result *result;
	struct growth_scale scale;
	struct judged_rows rows;
	struct finding_list findings;
};

/* ---- row_rules.c ---- */

/* Judge stacks, functions or modules by a rule of result. */
bool judge_rows(struct judging *judging, struct gate_rule *rule,
		struct error *err);

/* Add the suppressions that are exceeded by their rows. */
bool judge_exceeded_rows(struct judging *judging, struct error *err);

/* ---- whole_rules.c ---- */

bool judge_categories(struct judging *judging, struct gate_rule *rule,
		      struct error *err);
bool judge_unaccounted(struct judging *judging, struct gate_rule *rule,
		       struct error *err);

/*
 * Add the suppressions that are exceeded by the whole that they are about. They
 * are none of their rows' any more.
 */
bool judge_exceeded_wholes(struct judging *judging, struct error *err);

#endif
