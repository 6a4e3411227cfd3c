/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The default output: for a person at a terminal, or in a pipe to less. */
#include <string.h>

#include "base/quote.h"
#include "output/quantity.h"
#include "output/text_view.h"

#define TOP_DEFAULT	 20
#define TOP_SLAB_DEFAULT 8

/* Freshness below this is not worth a word. */
#define FRESH_SHOWN 0.05

static const char *share_cell(struct text_table *table, double share)
{
	if (share < 0)
		return "-";
	return text_table_format(table, "%.2f", share);
}

static const char *fresh_cell(struct text_table *table, double fresh)
{
	if (fresh < FRESH_SHOWN)
		return "";
	return text_table_format(table, "%.2f", fresh);
}

static const char *verdict_colour(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_ACCUMULATES:
	case VERDICT_APPEARED:
		return "\033[1;31m";
	case VERDICT_TURNS_OVER:
		return "\033[33m";
	case VERDICT_SHRANK:
	case VERDICT_GONE:
		return "\033[32m";
	case VERDICT_GREW:
	case VERDICT_STEADY:
		return NULL;
	}
	return NULL;
}

static const char *bytes_cell(struct text_table *table, uint64_t bytes)
{
	char text[QUANTITY_CAPACITY];

	return text_table_format(table, "%s", quantity_bytes(bytes, text));
}

/* When the pages were allocated, in seconds of uptime. */
static const char *times_cell(struct text_table *table,
			      const struct tally *tally)
{
	if (!tally->units_timed)
		return "-";
	if (tally->last_ts_ns - tally->first_ts_ns < 50000000)
		return text_table_format(table, "%.1f s",
					 (double)tally->last_ts_ns / 1e9);
	return text_table_format(table, "%.1f-%.1f s",
				 (double)tally->first_ts_ns / 1e9,
				 (double)tally->last_ts_ns / 1e9);
}

/* The value of a key; a whole stack as "frame ← frame". */
static const char *key_cell(struct text_table *table, struct span value)
{
	struct span line;
	const char *cell;

	if (!span_ends_with(value, SPAN("\n")) || value.at[0] != ' ')
		return text_quoted(table, value);
	span_take_line(&value, &line);
	cell = text_quoted(table, span_skip(line, 1));
	while (cell && span_take_line(&value, &line) && line.length)
		cell = text_table_format(
			table, "%s ← %s", cell,
			text_quoted(table, span_skip(line, 1)));
	return cell;
}

static void add_key_cells(struct text_view *view, struct text_table *table,
			  struct text_row *row, size_t column,
			  const struct report_row *from)
{
	size_t i;

	for (i = 0; view->report->keys[i]; i++) {
		struct span value = from->values[i];

		row->cells[column + i] =
			value.length ? key_cell(table, value) : "-";
	}
}

static void set_columns(const struct text_view *view, struct text_table *table)
{
	static const char *const diff_columns[] = {
		"growth", "old", "", "new", "kept", "fresh", "verdict"};
	static const char *const top_columns[] = {"size", "share", "records",
						  "allocated", "fresh"};
	size_t i, count = text_is_diff(view) ? 7 : 5;

	for (i = 0; i < count; i++)
		table->headings[i] =
			text_is_diff(view) ? diff_columns[i] : top_columns[i];
	if (text_is_diff(view)) {
		table->left[6] = true;
		table->close[2] = table->close[3] = true;
		table->coloured = 6;
	}
	if (!view->report->keys) {
		table->headings[count] = "category";
		table->left[count++] = true;
		table->headings[count] = "held by";
		table->left[count++] = true;
	} else {
		for (i = 0; view->report->keys[i]; i++) {
			table->headings[count] = view->report->keys[i];
			table->left[count++] = true;
		}
	}
	table->column_count = count;
}

static size_t diff_cells(struct text_view *view, struct text_table *table,
			 struct text_row *row, const struct report_group *group)
{
	char text[QUANTITY_CAPACITY];
	int64_t grown = group->growth.units * (int64_t)view->page_size;

	row->cells[0] =
		text_table_format(table, "%s", quantity_growth(grown, text));
	row->cells[1] =
		bytes_cell(table, group->sides[0].units *
					  view->report->sides[0].page_size);
	row->cells[2] = "→";
	row->cells[3] =
		bytes_cell(table, group->sides[1].units * view->page_size);
	row->cells[4] = share_cell(table, group->kept);
	row->cells[5] = fresh_cell(table, group->fresh);
	row->cells[6] = verdict_info(group->verdict)->name;
	/* Slab pages prove nothing about their taker: no alarm there. */
	if (view->report->rows[group->first_row].block == BLOCK_KERNEL)
		row->colour = verdict_colour(group->verdict);
	return 7;
}

static size_t top_cells(struct text_view *view, struct text_table *table,
			struct text_row *row, const struct report_group *group)
{
	const struct tally *tally = &group->sides[0];
	uint64_t total = view->report->sides[0].set->total.units;
	char text[QUANTITY_CAPACITY];

	row->cells[0] = bytes_cell(table, tally->units * view->page_size);
	row->cells[1] = text_table_format(
		table, "%.1f %%",
		total ? 100.0 * (double)tally->units / (double)total : 0.0);
	row->cells[2] = text_table_format(table, "%s",
					  quantity_count(tally->records, text));
	row->cells[3] = times_cell(table, tally);
	row->cells[4] = fresh_cell(table, group->fresh);
	return 5;
}

static void add_group(struct text_view *view, struct text_table *table,
		      const struct report_group *group)
{
	const struct report_row *first = &view->report->rows[group->first_row];
	struct text_row *row = text_table_add(table);
	size_t column;

	if (!row) {
		view->no_memory = true;
		return;
	}
	column = text_is_diff(view) ? diff_cells(view, table, row, group)
				    : top_cells(view, table, row, group);
	if (view->report->keys) {
		add_key_cells(view, table, row, column, first);
		return;
	}
	row->cells[column] = category_info(first->category)->name;
	if (!text_holder(view, table, group, row))
		view->no_memory = true;
}

/* What a block does not show. */
struct hidden {
	size_t groups;
	int64_t units;
};

enum hidden_kind {
	HIDDEN_MORE, /* would be shown with more room */
	HIDDEN_SHRANK,
	HIDDEN_STEADY,
	HIDDEN_SMALL,
};
#define HIDDEN_KINDS (HIDDEN_SMALL + 1)

static void hide(struct hidden *hidden, const struct text_view *view,
		 const struct report_group *group)
{
	hidden->groups++;
	hidden->units += text_is_diff(view) ? group->growth.units
					    : (int64_t)group->sides[0].units;
}

/* Why a group is not shown though there is room; HIDDEN_MORE: it is. */
static enum hidden_kind hidden_kind(const struct text_view *view,
				    const struct report_group *group)
{
	const struct tally *sides[2] = {&group->sides[0], &group->sides[1]};

	if (output_is_small(view->report, view->options, &group->growth, sides))
		return HIDDEN_SMALL;
	if (!text_is_diff(view) ||
	    (view->options->top_given && !view->options->top))
		return HIDDEN_MORE;
	if (group->verdict == VERDICT_STEADY)
		return HIDDEN_STEADY;
	if (group->growth.units < 0)
		return HIDDEN_SHRANK;
	return HIDDEN_MORE;
}

static size_t groups_in(const struct hidden *hidden)
{
	size_t count = 0;
	unsigned i;

	for (i = 0; i < HIDDEN_KINDS; i++)
		count += hidden[i].groups;
	return count;
}

static void write_hidden(const struct text_view *view,
			 const struct hidden *hidden)
{
	static const char *const words[HIDDEN_KINDS] = {
		"more", "shrank", "steady", "below --min"};
	char amount[QUANTITY_CAPACITY], count[QUANTITY_CAPACITY];
	const char *separator = "  ";
	unsigned i;

	for (i = 0; i < HIDDEN_KINDS; i++) {
		if (!hidden[i].groups)
			continue;
		fprintf(view->file, "%s%s %s", separator,
			quantity_count(hidden[i].groups, count), words[i]);
		if (hidden[i].units)
			fprintf(view->file, " (%s)",
				text_amount(view,
					    hidden[i].units *
						    (int64_t)view->page_size,
					    amount));
		separator = ", ";
	}
	if (separator[0] != ',')
		return;
	fputs(hidden[HIDDEN_SMALL].groups == groups_in(hidden)
		      ? "\n"
		      : "   --top=0 shows all\n",
	      view->file);
}

static size_t room_for(const struct text_view *view, enum category_block block)
{
	if (view->options->top_given)
		return view->options->top ? view->options->top : SIZE_MAX;
	return block == BLOCK_SLAB ? TOP_SLAB_DEFAULT : TOP_DEFAULT;
}

static void write_block(struct text_view *view, enum category_block block,
			const char *title)
{
	const struct report *report = view->report;
	struct hidden hidden[HIDDEN_KINDS] = {{0}};
	struct text_table table = {0};
	size_t room = room_for(view, block), shown = 0, i;

	set_columns(view, &table);
	for (i = 0; i < report->group_count; i++) {
		const struct report_group *group = &report->groups[i];
		enum hidden_kind kind;

		if (report->rows[group->first_row].block != block)
			continue;
		kind = hidden_kind(view, group);
		if (kind == HIDDEN_MORE && shown < room) {
			add_group(view, &table, group);
			shown++;
		} else {
			hide(&hidden[kind], view, group);
		}
	}
	if (shown || groups_in(hidden))
		fprintf(view->file, "\n%s",
			shown || *title ? title : "Kernel memory\n");
	if (shown) {
		text_table_write(&table, view->options->width,
				 view->options->colour, view->file);
	}
	write_hidden(view, hidden);
	view->no_memory |= table.no_memory;
	text_table_deinit(&table);
}

/* ---- the end ---- */

static void write_offline(const struct text_view *view)
{
	const struct report_side *side = &view->report->sides[view->newest];
	char size[QUANTITY_CAPACITY];
	uint32_t count = side->snapshot->offline_names.count;

	/* Which of these the filters left is not known. */
	if (!count || side->set->filtered.records)
		return;
	fprintf(view->file,
		"\n%s are charged to %u memory cgroup%s that %s removed and "
		"cannot go before these pages do (--by=memcg)\n",
		quantity_bytes(side->snapshot->offline.units * side->page_size,
			       size),
		count, count == 1 ? "" : "s", count == 1 ? "was" : "were");
}

static void write_balance(const struct text_view *view)
{
	const struct report *report = view->report;
	uint64_t seen = 0, skipped = 0, filtered = 0;
	char text[QUANTITY_CAPACITY];
	unsigned i;

	for (i = 0; i < report->side_count; i++) {
		const struct report_side *side = &report->sides[i];

		seen += side->snapshot->seen;
		skipped += side->snapshot->loss.records;
		filtered += side->snapshot->filtered.records +
			    side->set->filtered.records;
	}
	fprintf(view->file, "\n%s record%s read", quantity_count(seen, text),
		text_plural(seen));
	if (filtered)
		fprintf(view->file, ", %s filtered out",
			quantity_count(filtered, text));
	fprintf(view->file, ", %s skipped",
		skipped ? quantity_count(skipped, text) : "none");
	if (!view->options->full && !report->keys)
		fputs("   whole stacks: --full", view->file);
	if (!report->all_ranked && !report->keys)
		fputs("   user memory: --all", view->file);
	putc('\n', view->file);
}

static bool write_text(const struct report *report,
		       const struct output_options *options, FILE *file,
		       struct error *err)
{
	struct text_view view = {
		.report = report,
		.options = options,
		.file = file,
		.page_size = report->sides[report->side_count - 1].page_size,
		.newest = report->side_count - 1,
	};

	text_write_summary(&view);
	write_block(&view, BLOCK_KERNEL, "");
	write_block(&view, BLOCK_SLAB,
		    "Pages of slab caches: the stack took the page, others "
		    "may hold the objects in it\n");
	if (report->all_ranked)
		write_block(&view, BLOCK_USER,
			    "User memory, caches, what can be reclaimed\n");
	write_offline(&view);
	write_balance(&view);
	return !view.no_memory || error_no_memory(err);
}

const struct output output_text = {
	.name = "text",
	.title = "tables for people, the default",
	.write = write_text,
};
