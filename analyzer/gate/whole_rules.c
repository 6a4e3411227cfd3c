/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules about what no row is: categories, and the memory in no counter. */
#include "gate/judging.h"
#include "gate/suppression_use.h"

/*
 * A whole that breaks rule, and what suppression, or NULL, says to it. One that
 * is exceeded is a finding by itself, whatever rules are broken.
 */
static bool add_broken(struct judging *judging, struct gate_rule *rule,
		       struct suppression *suppression,
		       const struct growth *growth, struct finding *finding,
		       bool several, struct error *err)
{
	finding->rule = rule;
	finding->suppression = suppression;
	finding_set_growth(finding, growth);
	if (!suppression) {
		rule->broken++;
	} else if (growth_exceeds(growth, suppression)) {
		bool told = suppression->state == SUPPRESSION_EXCEEDED;

		/* One kind may have grown where all of them did not. */
		suppression_exceed(suppression, growth);
		if (told)
			return true;
		finding->state = FINDING_EXCEEDED;
		finding->rule = NULL;
	} else if (suppression->state == SUPPRESSION_EXCEEDED) {
		return true;
	} else {
		finding->state = FINDING_SUPPRESSED;
	}
	return finding_list_add(&judging->findings, &judging->result->arena,
				finding, several, err);
}

/* ---- categories ---- */

static bool is_one_category(category_set set)
{
	return !(set & (set - 1));
}

/* The one that the others are kinds of: "slab". It stands first by name. */
static const char *head_of(category_set set)
{
	const char *head = NULL;
	unsigned i;

	for (i = 0; i < CATEGORY_COUNT; i++) {
		const char *name = category_info((enum category)i)->name;

		if (set >> i & 1 && (!head || strcmp(name, head) < 0))
			head = name;
	}
	return head;
}

static bool judge_category(struct judging *judging, struct gate_rule *rule,
			   category_set set, struct error *err)
{
	struct finding finding = {
		.subject = GATE_CATEGORY,
		.report = judging->input->report,
		.category = head_of(set),
	};
	struct growth growth;

	category_growth(judging->input->report, set, &growth);
	rule->matched |= growth.before_bytes || growth.after_bytes ||
			 growth.before_records || growth.records;
	if (!growth_breaks(&growth, rule, &judging->scale)) {
		growth_note_uncounted(&growth, rule, &judging->scale);
		return true;
	}
	return add_broken(
		judging, rule,
		suppression_of_categories(judging->result, set, &growth),
		&growth, &finding, !is_one_category(set), err);
}

static bool is_pattern(struct span text)
{
	return text.length && (memchr(text.at, '*', text.length) ||
			       memchr(text.at, '?', text.length));
}

/* Objects in slab caches are all that there is: of nothing else is known. */
static bool has_category(const struct report *report, category_set set)
{
	return !report_is_on_objects(report) ||
	       (set & category_set_like(SPAN("slab")));
}

/* A name is one thing, with all its kinds; what a pattern is like are many. */
bool judge_categories(struct judging *judging, struct gate_rule *rule,
		      struct error *err)
{
	category_set set = rule->pattern.length
				   ? category_set_like(rule->pattern)
				   : category_set_like(SPAN("*"));
	unsigned i;

	if (!has_category(judging->input->report, set)) {
		rule->unjudged = true;
		rule->unjudged_reason = "the captures were compared by objects "
					"in slab caches alone";
		return true;
	}
	if (rule->pattern.length && !is_pattern(rule->pattern))
		return judge_category(judging, rule, set, err);
	for (i = 0; i < CATEGORY_COUNT; i++)
		if (set >> i & 1 &&
		    !judge_category(judging, rule, (category_set)1 << i, err))
			return false;
	return true;
}

/* ---- beyond a maximum ---- */

static bool add_exceeded(struct judging *judging,
			 const struct suppression *suppression,
			 const struct growth *growth, struct error *err)
{
	struct finding finding = {
		.subject = suppression->unaccounted ? GATE_UNACCOUNTED
						    : GATE_CATEGORY,
		.state = FINDING_EXCEEDED,
		.suppression = suppression,
	};
	category_set set = category_set_like(suppression->category);

	finding_set_growth(&finding, growth);
	if (!suppression->unaccounted) {
		finding.report = judging->input->report;
		finding.category = head_of(set);
	}
	return finding_list_add(&judging->findings, &judging->result->arena,
				&finding, !is_one_category(set), err);
}

/* Rows that a suppression has taken are in its whole. */
static void forget_rows(struct judged_rows *rows,
			const struct suppression *suppression)
{
	size_t i;

	for (i = 0; i < rows->count; i++)
		if (rows->rows[i].suppression == suppression)
			rows->rows[i].told = true;
}

bool judge_exceeded_wholes(struct judging *judging, struct error *err)
{
	const struct gate_result *result = judging->result;
	struct growth growth;
	size_t i;

	for (i = 0; i < result->suppression_count; i++) {
		const struct suppression *own = &result->suppressions[i];

		if (own->state != SUPPRESSION_EXCEEDED ||
		    !suppression_whole(judging->input, result, own, &growth) ||
		    !growth_exceeds(&growth, own))
			continue;
		if (!add_exceeded(judging, own, &growth, err))
			return false;
		forget_rows(&judging->rows, own);
	}
	return true;
}

/* ---- the memory in no counter ---- */

bool judge_unaccounted(struct judging *judging, struct gate_rule *rule,
		       struct error *err)
{
	const struct gate_input *input = judging->input;
	struct finding finding = {.subject = GATE_UNACCOUNTED};
	struct growth growth;

	if (!input->unaccounted_known) {
		rule->unjudged = true;
		rule->unjudged_reason = input->unaccounted_reason;
		return true;
	}
	growth_of_kib(input->unaccounted_kib, &growth);
	if (!growth_breaks(&growth, rule, &judging->scale))
		return true;
	return add_broken(judging, rule,
			  suppression_of_unaccounted(judging->result), &growth,
			  &finding, false, err);
}
