/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_coverage.h"

#include "output/text_flow.h"
#include "output/text_kib.h"
#include "output/text_table.h"

static size_t count_agreeing(const struct account_side *side)
{
	size_t count = 0, i;

	for (i = 0; i < side->coverage_count; i++)
		count += side->coverages[i].agrees;
	return count;
}

bool text_coverage_agrees(const struct account_side *side)
{
	return count_agreeing(side) == side->coverage_count;
}

static void add_row(const struct account_view *view, struct text_table *table,
		    const struct coverage *coverage)
{
	struct text_row *row = text_table_add(table);
	int64_t difference =
		sum_minus(coverage->stacks_kib, coverage->counters_kib);
	char text[QUANTITY_CAPACITY];

	if (!row)
		return;
	row->cells[0] = coverage->name;
	row->cells[1] = text_table_format(
		table, "%s",
		text_kib(view->options, coverage->counters_kib, text));
	row->cells[2] = text_table_format(
		table, "%s",
		text_kib(view->options, coverage->stacks_kib, text));
	row->cells[3] = text_table_format(
		table, "%s", text_kib_change(view->options, difference, text));
	row->cells[4] = coverage->agrees ? "agrees" : "differs";
	if (!coverage->agrees)
		row->colour = "\033[33m";
}

static void write_table(struct account_view *view,
			const struct account_side *side)
{
	struct text_table table = {
		.headings = {"", "counters", "stacks", "difference", ""},
		.left = {true, false, false, false, true},
		.column_count = 5,
		.coloured = 4,
	};
	char line[512];
	size_t i;

	for (i = 0; i < side->coverage_count; i++)
		add_row(view, &table, &side->coverages[i]);
	text_table_write(&table, 0, view->options->colour, view->file);
	for (i = 0; i < side->coverage_count; i++) {
		const struct coverage *coverage = &side->coverages[i];

		if (coverage->agrees || !coverage->meaning)
			continue;
		snprintf(line, sizeof(line), "%s: %s", coverage->name,
			 coverage->meaning);
		text_flow_paragraph(view->file, line, 2, view->options->width);
	}
	view->no_memory |= table.no_memory;
	text_table_deinit(&table);
}

/* The kind that most of the young pages are of, if it is most of them. */
static const struct coverage *most_younger(const struct account_side *side)
{
	const struct coverage *most = NULL;
	size_t i;

	for (i = 0; i < side->coverage_count; i++)
		if (side->coverages[i].younger_kib > side->younger_kib / 2)
			most = &side->coverages[i];
	return most;
}

static void write_younger(const struct account_view *view,
			  const struct account_side *side)
{
	const struct coverage *most = most_younger(side);
	char text[QUANTITY_CAPACITY], line[512], of[QUANTITY_CAPACITY];

	if (side->younger_kib <= 0)
		return;
	snprintf(line, sizeof(line),
		 "Left out, because allocated since the counters were read: %s",
		 text_kib(view->options, side->younger_kib, text));
	fputs("  ", view->file);
	fputs(line, view->file);
	if (most)
		fprintf(view->file, "%s%s of it %s",
			view->options->width ? ",\n  " : ", ",
			text_kib(view->options, most->younger_kib, of),
			most->name);
	putc('\n', view->file);
}

void text_coverage_write(struct account_view *view,
			 const struct account_side *side, const char *whose)
{
	bool table = view->options->verbose || !text_coverage_agrees(side);

	if (!side->coverage_count)
		return;
	fprintf(view->file,
		"\nCounters against stacks%s: %zu of %zu kinds agree within 3 "
		"%% "
		"or 1 MiB\n",
		whose, count_agreeing(side), side->coverage_count);
	if (table)
		write_table(view, side);
	write_younger(view, side);
}
