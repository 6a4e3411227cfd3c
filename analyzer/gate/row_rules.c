/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules about rows, or sums of them: stacks, functions, modules. */
#include "base/pattern.h"
#include "gate/judging.h"

/* Rows that a rule takes together. */
struct row_run {
	struct judged_row *const *rows;
	size_t count;
};

struct row_sum {
	/* Without what is suppressed, and with it. Of what exceeds its
	 * suppression neither has the growth: it is a finding of its own. */
	struct growth rest, whole;
	/* The largest of the rest, and of what is suppressed; or NULL. */
	const struct judged_row *largest, *suppressed;
};

static bool is_larger(const struct judged_row *row,
		      const struct judged_row *other)
{
	if (!other || row->growth.bytes != other->growth.bytes)
		return !other || row->growth.bytes > other->growth.bytes;
	return row->growth.records > other->growth.records;
}

/* Shares are of all that OLD held, whatever is said of its growth. */
static void sum_if(struct growth *sum, const struct judged_row *row, bool grown)
{
	if (grown)
		growth_add(sum, &row->growth);
	else
		growth_add_sides(sum, &row->growth);
}

/* Of a module what others of its stacks lost is taken off. */
static bool has_moved(enum gate_subject subject, const struct judged_row *row)
{
	return row->role == JUDGED_GROWS ||
	       (row->role == JUDGED_SHRINKS && subject == GATE_MODULE);
}

static void sum_row(struct row_sum *sum, enum gate_subject subject,
		    const struct judged_row *row)
{
	bool moved = has_moved(subject, row);
	const struct judged_row **largest =
		row->suppression ? &sum->suppressed : &sum->largest;

	if (!moved && (subject != GATE_MODULE || row->role == JUDGED_PASSES))
		return;
	sum_if(&sum->rest, row, moved && !row->suppression);
	sum_if(&sum->whole, row, moved && !row->exceeded);
	if (row->role == JUDGED_GROWS && !row->exceeded &&
	    is_larger(row, *largest))
		*largest = row;
}

/* Whether a and b are one thing to rules on subject. */
static bool is_one(enum gate_subject subject, const struct judged_row *a,
		   const struct judged_row *b)
{
	if (subject == GATE_MODULE)
		return span_equal(a->row->module, b->row->module);
	return subject == GATE_FUNCTION && judged_compare_functions(a, b) == 0;
}

/* The next rows that are one thing; false: there are no more. */
static bool next_run(const struct judging *judging, enum gate_subject subject,
		     struct row_run *run)
{
	const struct judged_rows *rows = &judging->rows;
	struct judged_row *const *all =
		subject == GATE_MODULE ? rows->by_module : rows->by_function;
	struct judged_row *const *end = all + rows->count;

	run->rows = run->rows ? run->rows + run->count : all;
	for (run->count = 0; run->rows + run->count < end; run->count++)
		if (run->count &&
		    !is_one(subject, run->rows[0], run->rows[run->count]))
			break;
	return run->count > 0;
}

/* The kernel itself is no module. */
static bool is_wanted(const struct gate_rule *rule,
		      const struct judged_row *row)
{
	struct span name = row->row->function;

	if (rule->subject == GATE_MODULE) {
		name = row->row->module;
		if (!name.length)
			return false;
	}
	return !rule->pattern.length || pattern_matches(rule->pattern, name);
}

/* The category of all that grew, or NULL. */
static const char *one_category(const struct row_run *run)
{
	const struct report_row *first = NULL;
	size_t i;

	for (i = 0; i < run->count; i++) {
		const struct report_row *row = run->rows[i]->row;

		if (run->rows[i]->role != JUDGED_GROWS)
			continue;
		if (row->mixed || (first && row->category != first->category))
			return NULL;
		first = row;
	}
	return first ? category_info(first->category)->name : NULL;
}

static void name_run(struct finding *finding, const struct judged_row *row)
{
	finding_name(finding, row);
	if (finding->subject == GATE_FUNCTION)
		finding->group = &row->report->groups[row->row->group];
	if (finding->subject == GATE_MODULE) {
		finding->function = finding->cache = SPAN("");
		finding->category = NULL;
	}
}

static bool judge_run(struct judging *judging, struct gate_rule *rule,
		      const struct row_run *run, struct error *err)
{
	struct finding finding = {.subject = rule->subject, .rule = rule};
	struct row_sum sum = {0};
	size_t i;

	for (i = 0; i < run->count; i++)
		sum_row(&sum, rule->subject, run->rows[i]);
	if (sum.largest && growth_breaks(&sum.rest, rule, &judging->scale)) {
		name_run(&finding, sum.largest);
		finding_set_growth(&finding, &sum.rest);
		rule->broken++;
	} else if (sum.suppressed &&
		   growth_breaks(&sum.whole, rule, &judging->scale)) {
		finding.state = FINDING_SUPPRESSED;
		finding.suppression = sum.suppressed->suppression;
		name_run(&finding, sum.suppressed);
		finding_set_growth(&finding, &sum.whole);
	} else {
		growth_note_uncounted(&sum.rest, rule, &judging->scale);
		return true;
	}
	if (rule->subject == GATE_MODULE)
		finding.category = one_category(run);
	return finding_list_add(&judging->findings, &judging->result->arena,
				&finding, false, err);
}

bool judge_rows(struct judging *judging, struct gate_rule *rule,
		struct error *err)
{
	struct row_run run = {0};

	if (!report_tells_holders(judging->input->report)) {
		rule->unjudged = true;
		rule->unjudged_reason = "the source does not tell who holds "
					"memory";
		return true;
	}
	while (next_run(judging, rule->subject, &run)) {
		if (!is_wanted(rule, run.rows[0]))
			continue;
		rule->matched = true;
		if (!judge_run(judging, rule, &run, err))
			return false;
	}
	return true;
}

/* ---- beyond a maximum ---- */

/* What one suppression has taken. */
struct taken {
	struct growth growth;
	const struct judged_row *largest;
	bool groups, modules; /* several of them */
};

static void take(struct taken *taken, const struct judged_row *row)
{
	growth_add(&taken->growth, &row->growth);
	if (taken->largest) {
		taken->groups |= !is_one(GATE_FUNCTION, taken->largest, row);
		taken->modules |= !is_one(GATE_MODULE, taken->largest, row);
	}
	if (is_larger(row, taken->largest))
		taken->largest = row;
}

/* The finest thing that all of it is; of none, its largest is named. */
static enum gate_subject subject_of(const struct taken *taken)
{
	if (taken->growth.rows == 1)
		return GATE_STACK;
	return taken->groups && !taken->modules &&
			       taken->largest->row->module.length
		       ? GATE_MODULE
		       : GATE_FUNCTION;
}

static bool add_exceeded(struct judging *judging, const struct taken *taken,
			 const struct suppression *suppression,
			 struct error *err)
{
	struct finding finding = {
		.subject = subject_of(taken),
		.state = FINDING_EXCEEDED,
		.suppression = suppression,
	};

	name_run(&finding, taken->largest);
	if (taken->groups)
		finding.group = NULL;
	finding_set_growth(&finding, &taken->growth);
	return finding_list_add(&judging->findings, &judging->result->arena,
				&finding, false, err);
}

bool judge_exceeded_rows(struct judging *judging, struct error *err)
{
	struct gate_result *result = judging->result;
	struct taken *taken = arena_alloc(
		&result->arena, result->suppression_count * sizeof(*taken));
	size_t i;

	if (!taken)
		return error_no_memory(err);
	for (i = 0; i < judging->rows.count; i++) {
		const struct judged_row *row = &judging->rows.rows[i];

		if (row->exceeded && !row->told)
			take(&taken[row->suppression - result->suppressions],
			     row);
	}
	for (i = 0; i < result->suppression_count; i++)
		if (taken[i].largest &&
		    !add_exceeded(judging, &taken[i], &result->suppressions[i],
				  err))
			return false;
	return true;
}
