/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_proofs.h"

#include "output/account_words.h"
#include "output/json_budget.h"

void json_coverages(struct json_writer *json, const struct account_side *side)
{
	size_t i;

	json_open_array(json, "coverages");
	for (i = 0; i < side->coverage_count; i++) {
		const struct coverage *coverage = &side->coverages[i];

		json_open_object(json, NULL);
		json_string(json, "id", span_of(coverage->id));
		json_string(json, "name", span_of(coverage->name));
		json_i64(json, "counters_kib", coverage->counters_kib);
		json_i64(json, "stacks_kib", coverage->stacks_kib);
		json_i64(json, "younger_kib", coverage->younger_kib);
		json_bool(json, "agrees", coverage->agrees);
		json_optional(json, "meaning", coverage->meaning);
		json_close_object(json);
	}
	json_close_array(json);
}

static void check_side(struct json_writer *json, const char *name,
		       const char *title, const struct sum *sum)
{
	json_open_object(json, name);
	json_optional(json, "name", title);
	json_sum(json, "sum", sum);
	json_close_object(json);
}

void json_checks(struct json_writer *json, const struct account_side *side)
{
	size_t i;

	json_open_array(json, "checks");
	for (i = 0; i < side->check_count; i++) {
		const struct cross_check *check = &side->checks[i];
		bool made = check->state != CHECK_MISSING;

		json_open_object(json, NULL);
		json_string(json, "id", span_of(check->id));
		json_string(json, "title", span_of(check->title));
		json_string(json, "state",
			    span_of(account_state_word(check->state)));
		check_side(json, "left", check->left_name, &check->left);
		check_side(json, "right", check->right_name, &check->right);
		json_kib_if(json, "difference_kib", made,
			    check->difference_kib);
		json_kib_if(json, "tolerance_kib", made, check->tolerance_kib);
		json_bool(json, "at_most", check->at_most);
		json_optional(json, "meaning", check->meaning);
		json_close_object(json);
	}
	json_close_array(json);
}
