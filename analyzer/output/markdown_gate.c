/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/markdown_gate.h"

#include "output/finding_text.h"
#include "output/suppression_text.h"
#include "output/text_places.h"
#include "output/text_stacks.h"
#include "output/text_view.h"

/* Of the room for what can be cut, findings take no more than this share. */
#define SHARE_OF_FINDINGS 2

/* Entries of rules files; the ranking is what a reader came for. */
#define SUPPRESSIONS_MOST 20

static bool is_failing(const struct finding *finding)
{
	return finding->state != FINDING_SUPPRESSED;
}

/* A stack, or what text folds into one row. */
static bool is_of_rows(const struct finding *finding)
{
	return finding->row && finding->row->stack &&
	       (finding->subject == GATE_STACK ||
		finding->subject == GATE_FUNCTION ||
		finding->subject == GATE_MODULE);
}

/* The group of a finding, or one of its largest row alone. */
static struct report_group group_of(const struct finding *finding)
{
	const struct report_row *row = finding->row;

	if (finding->group)
		return *finding->group;
	return (struct report_group){
		.sides = {row->sides[0], row->sides[1]},
		.first_row = (size_t)(row - finding->report->rows),
		.row_count = 1,
		.verdict = row->verdict,
		.growth = row->growth,
	};
}

/* ---- the table ---- */

static void put_place(struct text_builder *builder,
		      const struct finding *finding,
		      const struct output_options *options)
{
	struct report_group group;
	const char *text;
	size_t i;

	if (!is_of_rows(finding))
		return;
	group = group_of(finding);
	for (i = 0; i < group.row_count; i++)
		output_ask_blamed(options,
				  &finding->report->rows[group.first_row + i]);
	text = text_place_of_group(builder->table, finding->report, &group, 0);
	if (!text || !*text)
		return;
	text_builder_put(builder, "<br>");
	markdown_code(builder, text + strspn(text, " "));
}

static void put_rule(struct text_builder *builder,
		     const struct finding *finding)
{
	if (finding->rule) {
		struct text_builder rule = {.table = builder->table};

		text_builder_quote(&rule, finding->rule->text);
		markdown_code(builder, rule.text ? rule.text : "");
	} else if (finding->suppression) {
		const char *origin = finding->suppression->origin;

		/* It is quoted already. */
		text_builder_put(builder, "more than ");
		markdown_code(builder, origin ? origin : "");
		text_builder_put(builder, " allows");
	} else {
		text_builder_put(builder, "-");
	}
}

static void put_finding(struct text_builder *builder,
			const struct finding *finding, uint64_t iterations,
			const struct output_options *options)
{
	const char *verdict = finding_verdict(finding);
	char text[FINDING_TEXT_CAPACITY];

	text_builder_put(builder, "| ");
	markdown_code(builder, finding_title(finding, text));
	put_place(builder, finding, options);
	text_builder_put(builder, " | ");
	text_builder_put(builder, finding_growth(finding, 0, text));
	if (iterations) {
		finding_per_iteration(finding, iterations, text);
		text_builder_put(builder, " | ");
		text_builder_put(builder, *text ? text : "-");
	}
	text_builder_put(builder, " | ");
	text_builder_put(builder, verdict ? verdict : "-");
	text_builder_put(builder, " | ");
	put_rule(builder, finding);
	text_builder_put(builder, " |");
}

static void write_findings(struct markdown *markdown,
			   const struct report *report,
			   const struct output_options *options)
{
	const struct gate_result *gate = report->gate;
	size_t kept = markdown->left - markdown->left / SHARE_OF_FINDINGS;
	struct text_table table = {0};
	size_t more = 0, i;

	if (!gate->failing)
		return;
	markdown->left -= kept;
	fprintf(markdown->file, "\n| what grew | growth | %sverdict | rule |\n",
		report->iterations ? "per iteration | " : "");
	fprintf(markdown->file, "| --- | ---: | %s--- | --- |\n",
		report->iterations ? "---: | " : "");
	for (i = 0; i < gate->finding_count; i++) {
		struct text_builder row = {.table = &table};

		if (!is_failing(&gate->findings[i]))
			continue;
		put_finding(&row, &gate->findings[i], report->iterations,
			    options);
		more += more || !row.text || !markdown_line(markdown, row.text);
	}
	if (more)
		fprintf(markdown->file, "\nand %zu more.\n", more);
	markdown->left += kept;
	markdown->no_memory |= table.no_memory;
	text_table_deinit(&table);
}

/* ---- the rest ---- */

static void write_unjudged(struct markdown *markdown,
			   const struct gate_result *gate)
{
	struct text_table table = {0};
	size_t i;

	for (i = 0; i < gate->rule_count; i++) {
		const struct gate_rule *rule = &gate->rules[i];
		struct text_builder line = {.table = &table};
		struct text_builder quoted = {.table = &table};

		if (!rule->unjudged)
			continue;
		text_builder_quote(&quoted, rule->text);
		text_builder_put(&line, "\nNot judged: ");
		markdown_code(&line, quoted.text ? quoted.text : "");
		if (rule->unjudged_reason) {
			text_builder_put(&line, " ");
			markdown_code(&line, rule->unjudged_reason);
		}
		if (line.text)
			markdown_line(markdown, line.text);
	}
	markdown->no_memory |= table.no_memory;
	text_table_deinit(&table);
}

static void add_suppression(struct text_table *table,
			    const struct suppression *each)
{
	struct text_row *row = text_table_add(table);
	char text[FINDING_TEXT_CAPACITY];

	if (!row)
		return;
	/* It is quoted already. */
	row->cells[0] = text_table_format(table, "%s",
					  each->origin ? each->origin : "");
	row->cells[1] =
		text_table_format(table, "%s", suppression_title(each, text));
	row->cells[2] = suppression_state_name(each->state);
	row->cells[3] =
		text_table_format(table, "%s", suppression_text(each, text));
}

/* The first of them, those that somebody has to see to before the others. */
static void add_suppressions(struct text_table *table,
			     const struct gate_result *gate)
{
	static const enum suppression_state order[] = {
		SUPPRESSION_EXCEEDED, SUPPRESSION_EXPIRED, SUPPRESSION_UNUSED,
		SUPPRESSION_USED};
	size_t shown = 0, i, j;

	for (j = 0; j < sizeof(order) / sizeof(order[0]); j++)
		for (i = 0; i < gate->suppression_count; i++)
			if (gate->suppressions[i].state == order[j] &&
			    shown++ < SUPPRESSIONS_MOST)
				add_suppression(table, &gate->suppressions[i]);
}

static void write_suppressions(struct markdown *markdown,
			       const struct gate_result *gate)
{
	size_t suppressed = gate->finding_count - gate->failing;
	size_t count = gate->suppression_count;
	struct text_table table = {
		.headings = {"from", "suppresses", "state", "growth"},
		.left = {true, true, true, true},
		.column_count = 4,
	};

	if (suppressed)
		fprintf(markdown->file, "\n%zu finding%s suppressed.\n",
			suppressed, suppressed == 1 ? " is" : "s are");
	if (!count)
		return;
	add_suppressions(&table, gate);
	markdown_open_details(markdown, "Suppressions", false);
	markdown_table(markdown, &table);
	if (count > SUPPRESSIONS_MOST)
		fprintf(markdown->file, "and %zu more.\n",
			count - SUPPRESSIONS_MOST);
	markdown_close_details(markdown);
	markdown->no_memory |= table.no_memory;
	text_table_deinit(&table);
}

void markdown_gate(struct markdown *markdown, const struct report *report,
		   const struct output_options *options)
{
	const struct gate_result *gate = report->gate;

	if (gate->failing)
		fprintf(markdown->file, "### pageowl: %zu finding%s\n",
			gate->failing, text_plural(gate->failing));
	else
		fputs("### pageowl: no rule is broken\n", markdown->file);
	write_findings(markdown, report, options);
	write_unjudged(markdown, gate);
	write_suppressions(markdown, gate);
}

/* ---- stacks ---- */

static void write_stack(struct markdown *markdown,
			const struct output_options *options,
			const struct finding *finding)
{
	struct report_group group = group_of(finding);
	char text[FINDING_TEXT_CAPACITY];
	struct text_table table = {0};
	struct text_builder title = {.table = &table};
	struct text_view view;
	const char *stacks;

	text_view_init(&view, finding->report, options, markdown->file);
	stacks = text_stacks(&view, &table, &group);
	markdown_code(&title, finding_title(finding, text));
	text_builder_put(&title, "\n");
	if (stacks && title.text && markdown_line(markdown, title.text)) {
		markdown_fence(markdown, stacks);
		fputs("\n", markdown->file);
	}
	markdown->no_memory |= table.no_memory;
	text_table_deinit(&table);
}

void markdown_gate_stacks(struct markdown *markdown,
			  const struct report *report,
			  const struct output_options *options)
{
	const struct gate_result *gate = report->gate;
	size_t shown = 0, i;

	for (i = 0; i < gate->finding_count; i++) {
		const struct finding *finding = &gate->findings[i];

		if (!is_failing(finding) || !is_of_rows(finding))
			continue;
		if (!shown++)
			markdown_open_details(markdown,
					      "Stacks of the findings", false);
		write_stack(markdown, options, finding);
	}
	if (shown)
		markdown_close_details(markdown);
}
