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

/* Find the suppressions that are exceeded. */
bool judge_exceeded(struct judging *judging, struct error *err);

/* Where growth could break rule, were its records allocations: nobody can
 * judge. */
void judging_note_uncounted(const struct judging *judging,
			    struct gate_rule *rule,
			    const struct growth *growth);

/* ---- whole_rules.c ---- */

bool judge_categories(struct judging *judging, struct gate_rule *rule,
		      struct error *err);
bool judge_unaccounted(struct judging *judging, struct gate_rule *rule,
		       struct error *err);

/* Where the whole that suppression is about is beyond its maximum, add that. */
bool judge_exceeded_whole(struct judging *judging,
			  const struct suppression *suppression,
			  bool *ret_added, struct error *err);

#endif
