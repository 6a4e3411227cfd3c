/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_columns.h"

#include <inttypes.h>
#include <string.h>

#include "output/quantity.h"
#include "output/text_series.h"
#include "output/text_spark.h"

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
	case VERDICT_KEEPS_ACCUMULATING:
	case VERDICT_ACCUMULATES:
	case VERDICT_APPEARED:
		return "\033[1;31m";
	case VERDICT_FILLED_UP:
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

/* What is held: bytes, or objects. */
static const char *amount_cell(const struct text_view *view,
			       struct text_table *table, uint64_t amount)
{
	char text[QUANTITY_CAPACITY];

	return text_table_format(table, "%s", text_held(view, amount, text));
}

static const char *cache_cell(struct text_table *table, struct span cache)
{
	return cache.length ? text_quoted(table, cache) : "-";
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

/* Who allocated: "softirq", "cat". */
static const char *task_cell(struct text_table *table,
			     const struct tally *tally)
{
	struct span name = tally_task(tally);

	if (name.length)
		return text_quoted(table, name);
	return tally->task.several ? "several" : "-";
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

/* What is known of the rows decides what is told of them. */
enum layout {
	LAYOUT_TIMED,	/* pages with allocation times */
	LAYOUT_LEAKS,	/* objects with the times and the task of kmemleak */
	LAYOUT_OBJECTS, /* objects with ages */
	LAYOUT_COUNTED, /* amounts only */
};

static enum layout layout_of(const struct report *report)
{
	if (report_is_on_objects(report))
		return LAYOUT_OBJECTS;
	if (report_is_on_leaks(report))
		return report->keys ? LAYOUT_COUNTED : LAYOUT_LEAKS;
	return report->sides[0].timed ? LAYOUT_TIMED : LAYOUT_COUNTED;
}

static void add_column(struct text_table *table, const char *heading, bool left)
{
	table->headings[table->column_count] = heading;
	table->left[table->column_count++] = left;
}

/* One that a narrow terminal can do without: the larger number goes first. */
static void add_spare(struct text_table *table, const char *heading, bool left,
		      unsigned char spare)
{
	table->spare[table->column_count] = spare;
	add_column(table, heading, left);
}

/* Two captures have the evidence of kept and fresh; more have better. */
static void set_pair_columns(enum layout layout, struct text_table *table)
{
	if (layout == LAYOUT_LEAKS) {
		add_spare(table, "objects", false, 3);
		add_spare(table, "task", true, 5);
	}
	if (layout == LAYOUT_TIMED) {
		add_spare(table, "kept", false, 3);
		add_spare(table, "fresh", false, 4);
	}
	if (layout == LAYOUT_OBJECTS) {
		add_spare(table, "objects", false, 3);
		add_spare(table, "age", false, 4);
	}
}

static void set_series_columns(enum layout layout, struct text_table *table)
{
	if (layout == LAYOUT_OBJECTS)
		add_spare(table, "objects", false, 7);
	add_spare(table, "", true, 3);
	add_spare(table, "grew", false, 5);
	add_spare(table, "per hour", true, 4);
}

static void set_diff_columns(const struct report *report, enum layout layout,
			     struct text_table *table)
{
	add_column(table, "growth", false);
	/* A line of blocks tells how it was, too. */
	add_spare(table, "old", false, report->axis ? 6 : 2);
	add_spare(table, "", false, report->axis ? 6 : 2);
	add_column(table, "new", false);
	table->close[2] = table->close[3] = true;
	table->joint[2] = true;
	if (report->axis)
		set_series_columns(layout, table);
	else
		set_pair_columns(layout, table);
	if (report->iterations)
		add_spare(table, "per iter.", false, 2);
	table->coloured = table->column_count;
	add_column(table, "verdict", true);
}

static void set_top_columns(const struct report *report, enum layout layout,
			    struct text_table *table)
{
	add_column(table, "size", false);
	add_column(table, "share", false);
	if (!report->sides[0].stacks_only)
		add_spare(
			table,
			text_table_format(table, "%ss", report->sides[0].noun),
			false, 3);
	if (report->sides[0].timed)
		add_spare(table, "allocated", false, 2);
	if (layout == LAYOUT_TIMED)
		add_spare(table, "fresh", false, 4);
	if (layout == LAYOUT_LEAKS)
		add_spare(table, "task", true, 5);
	if (layout == LAYOUT_OBJECTS)
		add_spare(table, "age", false, 4);
}

void text_columns_set(const struct text_view *view, struct text_table *table)
{
	enum layout layout = layout_of(view->report);
	size_t i;

	if (text_is_diff(view))
		set_diff_columns(view->report, layout, table);
	else
		set_top_columns(view->report, layout, table);
	for (i = 0; view->report->keys && view->report->keys[i]; i++)
		add_column(table, view->report->keys[i], true);
	if (view->report->keys)
		return;
	add_spare(table, layout == LAYOUT_OBJECTS ? "cache" : "category", true,
		  1);
	add_column(table, "held by", true);
}

/* The youngest and the oldest object. */
static const char *age_cell(const struct text_view *view,
			    struct text_table *table,
			    const struct object_tally *objects)
{
	unsigned hz = view->report->sides[view->newest].clock.hz;
	uint64_t min = objects->age_min, max = objects->age_max;

	if (!objects->aged)
		return "-";
	if (!hz && min == max)
		return text_table_format(table, "%" PRIu64 " jiffies", max);
	if (!hz)
		return text_table_format(
			table, "%" PRIu64 "-%" PRIu64 " jiffies", min, max);
	if (max - min < hz / 10)
		return text_table_format(table, "%.1f s", (double)max / hz);
	return text_table_format(table, "%.1f-%.1f s", (double)min / hz,
				 (double)max / hz);
}

static size_t pair_cells(struct text_view *view, struct text_table *table,
			 const char **cells, const struct report_group *group)
{
	enum layout layout = layout_of(view->report);
	char text[QUANTITY_CAPACITY];
	size_t n = 0;

	if (layout == LAYOUT_LEAKS) {
		cells[n++] = text_table_format(
			table, "%s",
			quantity_change(group->growth.records, text));
		cells[n++] = task_cell(table, group->sides[1]);
	}
	if (layout == LAYOUT_TIMED) {
		cells[n++] = share_cell(table, group->kept);
		cells[n++] = fresh_cell(table, group->fresh);
	}
	if (layout == LAYOUT_OBJECTS) {
		cells[n++] = text_table_format(
			table, "%s",
			quantity_change(group->growth.records, text));
		cells[n++] = age_cell(view, table, &group->sides[1]->objects);
	}
	return n;
}

static size_t series_cells(struct text_view *view, struct text_table *table,
			   const char **cells, const struct report_group *group)
{
	const struct trend *trend = group->trend;
	char text[QUANTITY_CAPACITY];
	size_t n = 0;

	if (layout_of(view->report) == LAYOUT_OBJECTS)
		cells[n++] = text_table_format(
			table, "%s",
			quantity_change(group->growth.records, text));
	cells[n++] =
		trend ? text_spark(table, view->report->axis, trend->points)
		      : "";
	cells[n++] = text_series_grew(table, trend);
	cells[n++] = text_series_slope(view, table, group);
	return n;
}

static size_t diff_cells(struct text_view *view, struct text_table *table,
			 struct text_row *row, const struct report_group *group)
{
	const struct report_side *sides = view->report->sides;
	char text[QUANTITY_CAPACITY];
	size_t n = 0;

	row->cells[n++] = text_table_format(
		table, "%s",
		text_amount(view, text_bytes(view, group->growth.units), text));
	row->cells[n++] = amount_cell(
		view, table, group->sides[0]->units * sides[0].unit_bytes);
	row->cells[n++] = "→";
	row->cells[n++] = amount_cell(
		view, table, group->sides[1]->units * view->unit_bytes);
	n += view->report->axis
		     ? series_cells(view, table, row->cells + n, group)
		     : pair_cells(view, table, row->cells + n, group);
	if (view->report->iterations)
		row->cells[n++] =
			text_series_iteration(view, table, &group->growth);
	row->cells[n++] = text_series_verdict(table, group);
	/* Slab pages prove nothing about their taker: no alarm there. */
	if (view->report->rows[group->first_row].block == BLOCK_KERNEL)
		row->colour = verdict_colour(group->verdict);
	return n;
}

static size_t top_cells(struct text_view *view, struct text_table *table,
			struct text_row *row, const struct report_group *group)
{
	const struct tally *tally = group->sides[0];
	const struct report_side *side = &view->report->sides[0];
	enum layout layout = layout_of(view->report);
	uint64_t total = view->report->whole_units ? view->report->whole_units
						   : side->set->total.units;
	char text[QUANTITY_CAPACITY];
	size_t n = 0;

	row->cells[n++] =
		amount_cell(view, table, tally->units * view->unit_bytes);
	row->cells[n++] = text_table_format(
		table, "%.1f %%",
		total ? 100.0 * (double)tally->units / (double)total : 0.0);
	if (!side->stacks_only)
		row->cells[n++] = text_table_format(
			table, "%s", quantity_count(tally->records, text));
	if (side->timed)
		row->cells[n++] = times_cell(table, tally);
	if (layout == LAYOUT_TIMED)
		row->cells[n++] = fresh_cell(table, group->fresh);
	if (layout == LAYOUT_LEAKS)
		row->cells[n++] = task_cell(table, tally);
	if (layout == LAYOUT_OBJECTS)
		row->cells[n++] = age_cell(view, table, &tally->objects);
	return n;
}

void text_columns_add(struct text_view *view, struct text_table *table,
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
	row->cells[column] = layout_of(view->report) == LAYOUT_OBJECTS
				     ? cache_cell(table, first->detail)
				     : category_info(first->category)->name;
	if (!text_holder(view, table, group, row))
		view->no_memory = true;
}
