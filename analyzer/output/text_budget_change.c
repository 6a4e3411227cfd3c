/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_budget_change.h"

#include "output/budget_pairs.h"
#include "output/text_bar.h"
#include "output/text_budget.h"
#include "output/text_flow.h"
#include "output/text_kib.h"
#include "output/text_view.h"

/* A narrow terminal has no room for longer ones. */
#define BAR_NARROW  6
#define BAR_WIDE    12
#define WIDE_ENOUGH 90

#define BESIDE_WORDS                                                          \
	"Not added, because it is not known to be a part of its own, or one " \
	"capture alone tells of it:"

/* Rows of the table before it is written: the bars want the largest change. */
struct change_table {
	const struct account_view *view;
	const struct budget *old, *new;
	struct budget_pairs pairs;
	int64_t largest;
	struct text_table table;
};

bool text_budget_change_known(const struct account_view *view)
{
	const struct account_report *report = view->report;

	return report->sides[0].budget.known && report->sides[1].budget.known;
}

void text_budget_change_headline(const struct account_view *view)
{
	const struct budget *old = &view->report->sides[0].budget;
	const struct budget *new = &view->report->sides[1].budget;
	int64_t change = sum_minus(new->remainder_kib, old->remainder_kib);
	char grown[QUANTITY_CAPACITY], from[QUANTITY_CAPACITY];
	char to[QUANTITY_CAPACITY], was[QUANTITY_CAPACITY];
	char is[QUANTITY_CAPACITY];
	bool colour = view->options->colour;

	if (!text_budget_change_known(view))
		return;
	text_kib_share(old->remainder_kib, old->total.kib, was);
	text_kib_share(new->remainder_kib, new->total.kib, is);
	fprintf(view->file, "\n%sIn no counter: %s%s (%s → %s",
		colour ? "\033[1m" : "",
		change ? text_kib_change(view->options, change, grown)
		       : "as before",
		colour ? "\033[0m" : "",
		text_kib(view->options, old->remainder_kib, from),
		text_kib(view->options, new->remainder_kib, to));
	if (*was && *is)
		fprintf(view->file, ", %s → %s of MemTotal", was, is);
	fputs(")\n", view->file);
}

static void note_largest(struct change_table *change, int64_t kib)
{
	/* Of INT64_MIN there is no positive one. */
	if (kib < 0)
		kib = sum_minus(0, kib);
	if (kib > change->largest)
		change->largest = kib;
}

static struct text_row *add_line(struct change_table *change, const char *name,
				 int64_t old, int64_t new)
{
	const struct output_options *options = change->view->options;
	struct text_table *table = &change->table;
	struct text_row *row = text_table_add(table);
	int64_t grown = sum_minus(new, old);
	char text[QUANTITY_CAPACITY];
	size_t width;

	if (!row)
		return NULL;
	row->cells[0] = name;
	row->cells[1] =
		text_table_format(table, "%s", text_kib(options, old, text));
	row->cells[2] =
		text_table_format(table, "%s", text_kib(options, new, text));
	row->cells[3] = text_table_format(
		table, "%s", text_kib_change(options, grown, text));
	width = options->width && options->width < WIDE_ENOUGH ? BAR_NARROW
							       : BAR_WIDE;
	row->cells[4] =
		grown < 0 ? text_bar_light(table, sum_minus(0, grown),
					   change->largest, width)
			  : text_bar(table, grown, change->largest, width);
	return row;
}

/* Nothing before and nothing now is not worth a line. */
static bool is_shown(const struct change_table *change,
		     const struct budget_pair *pair)
{
	return change->view->options->verbose ||
	       (pair->old && pair->old->sum.kib) ||
	       (pair->new && pair->new->sum.kib);
}

/* What it was is not known, or what it is: no change of 0, then. */
static void add_half(struct change_table *change, const char *name,
		     const struct budget_pair *pair)
{
	const struct budget_row *sides[] = {pair->old, pair->new};
	struct text_row *row = text_table_add(&change->table);
	char text[QUANTITY_CAPACITY];
	size_t i;

	if (!row)
		return;
	row->cells[0] = name;
	for (i = 0; i < 2; i++)
		row->cells[1 + i] =
			sides[i] ? text_table_format(
					   &change->table, "%s",
					   text_kib(change->view->options,
						    sides[i]->sum.kib, text))
				 : "-";
	row->cells[3] = "-";
}

static void add_rows(struct change_table *change)
{
	size_t i;

	for (i = 0; i < change->pairs.beside; i++) {
		const struct budget_pair *pair = &change->pairs.pairs[i];
		const char *name = text_budget_label(&change->table,
						     budget_pair_newest(pair));

		if (!is_shown(change, pair) || !name)
			continue;
		if (pair->old && pair->new)
			add_line(change, name, pair->old->sum.kib,
				 pair->new->sum.kib);
		else
			add_half(change, name, pair);
	}
}

static void add_sums(struct change_table *change)
{
	struct text_row *rule = text_table_add(&change->table), *row;

	if (rule)
		rule->rule = true;
	add_line(change, "  counted, the sum of these",
		 change->old->counted.kib, change->new->counted.kib);
	row = add_line(change, "in no counter", change->old->remainder_kib,
		       change->new->remainder_kib);
	if (row)
		row->bold = true;
}

static void measure_changes(struct change_table *change)
{
	size_t i;

	for (i = 0; i < change->pairs.beside; i++) {
		const struct budget_pair *pair = &change->pairs.pairs[i];

		if (pair->old && pair->new)
			note_largest(change, budget_pair_growth(pair));
	}
	note_largest(change,
		     sum_minus(change->new->total.kib, change->old->total.kib));
	note_largest(change, sum_minus(change->new->remainder_kib,
				       change->old->remainder_kib));
	note_largest(change, sum_minus(change->new->counted.kib,
				       change->old->counted.kib));
}

/* ---- below the table ---- */

/* One word for both sides would say of one what it is not. */
static void write_moved(struct change_table *change)
{
	static const char *const words[] = {
		[BUDGET_PART] = "a part of its own",
		[BUDGET_INSIDE] = "inside the part above it",
		[BUDGET_BESIDE] = "not added",
	};
	const struct account_view *view = change->view;
	size_t i;

	for (i = 0; i < change->pairs.beside; i++) {
		const struct budget_pair *pair = &change->pairs.pairs[i];
		const char *name, *line;

		if (!budget_pair_moved(pair) || !is_shown(change, pair))
			continue;
		name = text_quoted(&change->table, span_of(pair->new->name));
		line = name ? text_table_format(&change->table,
						"%s: in OLD %s, in NEW %s.",
						name, words[pair->old->kind],
						words[pair->new->kind])
			    : NULL;
		change->table.no_memory |= !line;
		if (line)
			text_flow_paragraph(view->file, line, 2,
					    view->options->width);
	}
}

/* "Foo  12.0 KiB → 20.0 KiB" */
static void write_beside_amount(const struct account_view *view,
				struct text_flow *flow,
				const struct budget_pair *pair)
{
	char text[QUANTITY_CAPACITY];

	if (budget_pair_growth(pair) || !pair->old || !pair->new) {
		text_flow_piece(flow,
				pair->old ? text_kib(view->options,
						     pair->old->sum.kib, text)
					  : "-");
		text_flow_piece(flow, "→");
	}
	text_flow_piece(flow, pair->new ? text_kib(view->options,
						   pair->new->sum.kib, text)
					: "-");
}

/* Those that grew most come first: they may be what grew. */
static void write_beside(const struct change_table *change)
{
	const struct account_view *view = change->view;
	struct text_flow flow =
		text_flow_begin(view->file, view->options->width, 2, 0);
	size_t shown = 0, hidden = 0, i;

	for (i = change->pairs.beside; i < change->pairs.count; i++) {
		const struct budget_pair *pair = &change->pairs.pairs[i];

		if (!is_shown(change, pair))
			continue;
		if (shown == TEXT_BESIDE_SHOWN && !view->options->verbose) {
			hidden++;
			continue;
		}
		text_flow_words(&flow, shown ? "·" : BESIDE_WORDS);
		text_flow_quoted(&flow, budget_pair_newest(pair)->name);
		write_beside_amount(view, &flow, pair);
		shown++;
	}
	text_budget_end_beside(&flow, shown, hidden);
}

static void write_table(struct change_table *change)
{
	const struct account_view *view = change->view;

	measure_changes(change);
	add_line(change, "MemTotal", change->old->total.kib,
		 change->new->total.kib);
	add_rows(change);
	add_sums(change);
	putc('\n', view->file);
	text_table_write(&change->table, view->options->width,
			 view->options->colour, view->file);
	write_moved(change);
	write_beside(change);
}

void text_budget_change_write(struct account_view *view)
{
	const struct account_report *report = view->report;
	struct change_table change = {
		.view = view,
		.old = &report->sides[0].budget,
		.new = &report->sides[1].budget,
		.table =
			{
				.headings = {"", "old", "new", "change", ""},
				.left = {true, false, false, false, true},
				.spare = {[1] = 1, [4] = 2},
				.column_count = 5,
				.coloured = TEXT_COLUMNS_MAX,
				.wraps = true,
				.ruled = 4,
			},
	};

	if (!text_budget_change_known(view)) {
		fputs("\nOne of the captures has no /proc/meminfo: what "
		      "changed in it cannot be told.\n",
		      view->file);
		return;
	}
	if (budget_pairs_make(change.old, change.new, &change.table.arena,
			      &change.pairs))
		write_table(&change);
	else
		change.table.no_memory = true;
	view->no_memory |= change.table.no_memory;
	text_table_deinit(&change.table);
}
