/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_budget.h"

#include <string.h>

#include "output/account_words.h"
#include "output/text_bar.h"
#include "output/text_flow.h"
#include "output/text_kib.h"
#include "output/text_view.h"

/* Wide enough to tell halves of a percent; the text needs the rest. */
#define BAR_NARROW  12
#define BAR_WIDE    24
#define WIDE_ENOUGH 110

static char *row_name(struct text_table *table, const struct budget_row *row)
{
	return text_quoted(table, span_of(row->name));
}

/* "of it 5.0 MiB AnonPages"; "of it, …" names a part of the row above. */
static char *inside_name(struct text_table *table, const struct budget_row *row,
			 const char *size)
{
	static const char nested[] = "of it, ";
	const char *name = row_name(table, row);
	bool is_nested;

	if (!name)
		return NULL;
	is_nested = strncmp(name, nested, strlen(nested)) == 0;
	return text_table_format(
		table, "%s%s%s%s", is_nested ? "of that " : "of it ", size,
		*size ? " " : "", is_nested ? name + strlen(nested) : name);
}

char *text_budget_label(struct text_table *table, const struct budget_row *row)
{
	bool inside = row->kind == BUDGET_INSIDE;
	const char *name =
		inside ? inside_name(table, row, "") : row_name(table, row);

	return name ? text_table_format(table, "%s%s", inside ? "    " : "  ",
					name)
		    : NULL;
}

static bool is_wide(const struct output_options *options)
{
	return !options->width || options->width >= WIDE_ENOUGH;
}

static size_t bar_width(const struct output_options *options)
{
	return is_wide(options) ? BAR_WIDE : BAR_NARROW;
}

static const char *kib_cell(const struct account_view *view,
			    struct text_table *table, int64_t kib)
{
	char text[QUANTITY_CAPACITY];

	return text_table_format(table, "%s",
				 text_kib(view->options, kib, text));
}

static struct text_row *add_line(const struct account_view *view,
				 struct text_table *table,
				 const struct budget *budget, int64_t kib,
				 const char *whose, const char *text)
{
	struct text_row *row = text_table_add(table);
	char share[QUANTITY_CAPACITY];
	int64_t total = budget->total.kib;

	if (!row)
		return NULL;
	row->cells[0] = kib_cell(view, table, kib);
	row->cells[1] = text_table_format(table, "%s",
					  text_kib_share(kib, total, share));
	row->cells[2] = text_bar(table, kib, total, bar_width(view->options));
	row->cells[3] = whose;
	row->cells[4] = text;
	return row;
}

static const char *clause(struct text_table *table, const char *name,
			  const struct budget_row *row)
{
	const char *what;

	if (!name || !row->what || !*row->what)
		return name;
	what = text_quoted(table, span_of(row->what));
	return text_table_format(table, "%s: %s", name, what ? what : "");
}

/*
 * Its size stands in the text: what stands in the column is added up. A narrow
 * terminal has no room to explain these, too.
 */
static void add_inside(const struct account_view *view,
		       struct text_table *table, const struct budget_row *row)
{
	struct text_row *line = text_table_add(table);
	char text[QUANTITY_CAPACITY];
	const char *name = inside_name(
		table, row, text_kib(view->options, row->sum.kib, text));

	if (!line || !name)
		return;
	if (is_wide(view->options) || view->options->verbose)
		name = clause(table, name, row);
	line->cells[4] = text_table_format(table, "  %s", name ? name : "");
}

static void add_rows(const struct account_view *view, struct text_table *table,
		     const struct budget *budget)
{
	size_t i;

	for (i = 0; i < budget->row_count; i++) {
		const struct budget_row *row = &budget->rows[i];

		if (!row->sum.kib && !view->options->verbose)
			continue;
		switch (row->kind) {
		case BUDGET_PART:
			add_line(view, table, budget, row->sum.kib,
				 account_owner_word(row->owner),
				 clause(table, row_name(table, row), row));
			break;
		case BUDGET_INSIDE:
			add_inside(view, table, row);
			break;
		case BUDGET_BESIDE:
			break;
		}
	}
}

static void add_rule(struct text_table *table)
{
	struct text_row *row = text_table_add(table);

	if (row)
		row->rule = true;
}

static void add_sums(const struct account_view *view, struct text_table *table,
		     const struct budget *budget)
{
	struct text_row *row;

	add_rule(table);
	add_line(view, table, budget, budget->counted.kib, "",
		 "counted: the sum of the rows above");
	row = add_line(
		view, table, budget, budget->remainder_kib,
		budget->remainder_kib < 0 ? "" : "kernel",
		budget->remainder_kib < 0
			? "in no counter: less than nothing, so "
			  "something is counted twice, or was while it "
			  "moved"
		: budget->untold
			? "in no counter, or in one that the report does not "
			  "print"
			: "in no counter: taken straight from the page "
			  "allocator, by drivers, the network, tracing …");
	if (row)
		row->bold = true;
}

void text_budget_write(struct account_view *view,
		       const struct account_side *side)
{
	const struct budget *budget = &side->budget;
	struct text_table table = {
		.headings = {"size", "share", "", "whose", ""},
		.left = {false, false, true, true, true},
		.spare = {[2] = 2, [3] = 1},
		.column_count = 5,
		.coloured = TEXT_COLUMNS_MAX,
		.wraps = true,
		.ruled = 3,
	};

	if (!budget->known) {
		fputs("\nNo /proc/meminfo in the capture: where all of the "
		      "memory is cannot be told.\n",
		      view->file);
		return;
	}
	putc('\n', view->file);
	add_line(view, &table, budget, budget->total.kib, "",
		 "MemTotal: all that the kernel has to give");
	add_rows(view, &table, budget);
	add_sums(view, &table, budget);
	text_table_write(&table, view->options->width, view->options->colour,
			 view->file);
	view->no_memory |= table.no_memory;
	text_table_deinit(&table);
}

/* ---- below the table ---- */

void text_budget_end_beside(struct text_flow *flow, size_t shown, size_t hidden)
{
	char text[64];

	if (hidden) {
		snprintf(text, sizeof(text), "· %zu more (--verbose)", hidden);
		text_flow_words(flow, text);
	}
	if (shown)
		putc('\n', flow->file);
}

void text_budget_write_beside(struct account_view *view,
			      const struct account_side *side)
{
	const struct budget *budget = &side->budget;
	struct text_flow flow =
		text_flow_begin(view->file, view->options->width, 2, 0);
	char text[QUANTITY_CAPACITY];
	size_t shown = 0, hidden = 0, i;

	for (i = 0; i < budget->row_count; i++) {
		const struct budget_row *row = &budget->rows[i];

		if (row->kind != BUDGET_BESIDE ||
		    (!row->sum.kib && !view->options->verbose))
			continue;
		if (shown == TEXT_BESIDE_SHOWN && !view->options->verbose) {
			hidden++;
			continue;
		}
		text_flow_words(&flow, shown ? "·" : TEXT_BESIDE_WORDS);
		text_flow_quoted(&flow, row->name);
		text_flow_piece(&flow,
				text_kib(view->options, row->sum.kib, text));
		shown++;
	}
	text_budget_end_beside(&flow, shown, hidden);
}

static void write_doubt(struct account_view *view, int64_t kib,
			const char *whose, const char *whom)
{
	char text[QUANTITY_CAPACITY], line[QUANTITY_CAPACITY + 160];

	if (!kib)
		return;
	snprintf(line, sizeof(line),
		 "Up to %s of what is in no counter%s may be in counters that "
		 "%s lacks (zoneinfo, vmstat).",
		 text_kib(view->options, kib, text), whose, whom);
	text_flow_paragraph(view->file, line, 2, view->options->width);
}

/* Of two captures one may be no report's. */
static void write_untold(struct account_view *view)
{
	const struct account_side *sides = view->report->sides;
	const char *untold = sides[0].budget.untold;
	char line[320];

	if (!untold)
		untold = sides[1].budget.untold;
	if (!untold)
		return;
	snprintf(line, sizeof(line),
		 "A report in a log does not print all counters. What is in no "
		 "counter includes what there is of: %s.",
		 untold);
	text_flow_paragraph(view->file, line, 2, view->options->width);
}

void text_budget_write_doubts(struct account_view *view)
{
	const struct account_side *sides = view->report->sides;
	int64_t old = sides[0].budget.doubt_kib;
	int64_t new = sides[1].budget.doubt_kib;

	write_untold(view);
	if (view->report->side_count == 1) {
		write_doubt(view, old, "", "the capture");
		return;
	}
	write_doubt(view, old, " of OLD", "it");
	write_doubt(view, new, " of NEW", "it");
}
