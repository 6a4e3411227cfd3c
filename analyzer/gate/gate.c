/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/gate.h"

#include "gate/judging.h"
#include "gate/suppression_use.h"

/* Of a page, where no pages are shown. */
#define PAGE_BYTES_ASSUMED 4096

/* The result has its own, to say what became of them. */
static bool copy_rules(const struct gate_rules *rules,
		       struct gate_result *result, struct error *err)
{
	size_t i;

	result->rules = arena_alloc(&result->arena,
				    rules->rule_count * sizeof(*result->rules));
	result->suppressions = arena_alloc(
		&result->arena,
		rules->suppression_count * sizeof(*result->suppressions));
	if (!result->rules || !result->suppressions)
		return error_no_memory(err);
	for (i = 0; i < rules->rule_count; i++) {
		result->rules[i] = rules->rules[i];
		result->rules[i].broken = 0;
		result->rules[i].matched = false;
		result->rules[i].unjudged = false;
		result->rules[i].unjudged_reason = NULL;
	}
	for (i = 0; i < rules->suppression_count; i++)
		result->suppressions[i] = rules->suppressions[i];
	result->rule_count = rules->rule_count;
	result->suppression_count = rules->suppression_count;
	return true;
}

static uint64_t page_bytes_of(const struct report *report)
{
	const struct report_side *side = &report->sides[1];

	return side->unit == UNIT_PAGE && side->unit_bytes ? side->unit_bytes
							   : PAGE_BYTES_ASSUMED;
}

static bool judge_rule(struct judging *judging, struct gate_rule *rule,
		       struct error *err)
{
	switch (rule->subject) {
	case GATE_STACK:
	case GATE_FUNCTION:
	case GATE_MODULE:
		return judge_rows(judging, rule, err);
	case GATE_CATEGORY:
		return judge_categories(judging, rule, err);
	case GATE_UNACCOUNTED:
		return judge_unaccounted(judging, rule, err);
	}
	return true;
}

static bool judge(struct judging *judging, struct error *err)
{
	struct gate_result *result = judging->result;
	size_t i;

	if (!judged_rows_make(judging->input->report, &result->arena,
			      &judging->rows, err) ||
	    !suppression_use_make(judging->input, &judging->rows, result, err))
		return false;
	for (i = 0; i < result->rule_count; i++)
		if (!judge_rule(judging, &result->rules[i], err))
			return false;
	return judge_exceeded_wholes(judging, err) &&
	       judge_exceeded_rows(judging, err);
}

static void store_findings(struct gate_result *result,
			   struct finding_list *list)
{
	size_t i;

	finding_list_sort(list);
	result->findings = list->findings;
	result->finding_count = list->count;
	for (i = 0; i < list->count; i++)
		result->failing +=
			list->findings[i].state != FINDING_SUPPRESSED;
}

bool gate_judge(const struct gate_rules *rules, const struct gate_input *input,
		struct gate_result *ret, struct error *err)
{
	struct gate_result result = {0};
	struct judging judging = {
		.input = input,
		.result = &result,
		.scale = {page_bytes_of(input->report), input->iterations},
	};

	if (!gate_rules_check_iterations(rules, input->iterations, err))
		return false;
	if (!copy_rules(rules, &result, err) || !judge(&judging, err)) {
		gate_result_deinit(&result);
		return false;
	}
	store_findings(&result, &judging.findings);
	*ret = result;
	return true;
}
