/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of `top` and `diff` as one table: those of pages, then those of
 * objects. docs/csv.md describes each column.
 */
#include "output/csv_rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "output/csv_writer.h"
#include "output/series_numbers.h"

/* Of a number of 64 bits and what divides it from the next. */
#define POINT_CAPACITY 22

/* ---- headings ---- */

static void string_cells(struct csv_writer *csv, const char *const *names)
{
	for (; *names; names++)
		csv_string(csv, *names);
}

static void headings(struct csv_writer *csv, const struct report *report)
{
	static const char *const identity[] = {"function", "module", "category",
					       "block",	   "detail", NULL};
	static const char *const held[] = {"records", "pages", "bytes", NULL};
	static const char *const compared[] = {"records_before",
					       "pages_before",
					       "bytes_before",
					       "records_after",
					       "pages_after",
					       "bytes_after",
					       "records_growth",
					       "pages_growth",
					       "bytes_growth",
					       "kept",
					       NULL};
	static const char *const times[] = {
		"order_min", "order_max",   "first_ns",	   "last_ns",
		"stack",     "source_file", "source_line", NULL};
	static const char *const iteration[] = {"records_per_iteration",
						"bytes_per_iteration",
						"whole_per_iteration", NULL};
	static const char *const trend[] = {"shape",
					    "sure",
					    "intervals",
					    "grew",
					    "quiet",
					    "bytes_per_hour",
					    "bytes_per_hour_low",
					    "bytes_per_hour_high",
					    "records_per_hour",
					    "records_per_hour_low",
					    "records_per_hour_high",
					    "pace",
					    "points",
					    NULL};
	char key[64];
	size_t i;

	csv_string(csv, "source");
	for (i = 0; report->keys && report->keys[i]; i++) {
		snprintf(key, sizeof(key), "by_%s", report->keys[i]);
		csv_string(csv, key);
	}
	string_cells(csv, identity);
	string_cells(csv, report->side_count == 2 ? compared : held);
	csv_string(csv, "fresh");
	if (report->side_count == 2)
		csv_string(csv, "verdict");
	string_cells(csv, times);
	if (report->iterations)
		string_cells(csv, iteration);
	if (report->axis)
		string_cells(csv, trend);
	csv_end_row(csv);
}

/* ---- cells ---- */

static void key_cells(struct csv_writer *csv, const struct report *report,
		      const struct report_row *row)
{
	size_t i;

	for (i = 0; report->keys && report->keys[i]; i++)
		if (strcmp(report->keys[i], "stack") == 0)
			csv_lines(csv, row->values[i], CSV_CALLER);
		else
			csv_text(csv, row->values[i]);
}

static void name_cell(struct csv_writer *csv, const struct report *report,
		      const char *name, struct span text)
{
	csv_text(csv, report_tells(report, name) ? text : (struct span){0});
}

static void names(struct csv_writer *csv, const struct report *report,
		  const struct report_row *row)
{
	const struct category_info *info =
		row->mixed ? NULL : category_info(row->category);

	name_cell(csv, report, "function", row->function);
	name_cell(csv, report, "module", row->module);
	csv_string(csv, info ? info->name : NULL);
	csv_string(csv, info ? category_block_name(info->block) : NULL);
	csv_text(csv, report->keys ? (struct span){0} : row->detail);
}

static void amount(struct csv_writer *csv, const struct report_side *side,
		   const struct tally *tally)
{
	csv_u64(csv, tally->records);
	csv_u64_if(csv, side->unit == UNIT_PAGE, tally->units);
	csv_u64_if(csv, side->unit != UNIT_OBJECT,
		   tally->units * side->unit_bytes);
}

static void growth(struct csv_writer *csv, const struct report_side *side,
		   const struct delta *delta)
{
	csv_i64(csv, delta->records);
	if (side->unit == UNIT_PAGE)
		csv_i64(csv, delta->units);
	else
		csv_empty(csv);
	if (side->unit == UNIT_OBJECT)
		csv_empty(csv);
	else
		csv_i64(csv,
			(int64_t)((uint64_t)delta->units * side->unit_bytes));
}

static void measures(struct csv_writer *csv, const struct report *report,
		     const struct report_row *row)
{
	amount(csv, &report->sides[0], row->sides[0]);
	if (report->side_count == 2) {
		amount(csv, &report->sides[1], row->sides[1]);
		growth(csv, &report->sides[1], &row->growth);
		csv_share(csv, row->kept);
	}
	csv_share(csv, row->fresh);
	if (report->side_count == 2)
		csv_string(csv, verdict_info(row->verdict)->name);
}

/* Of the newest side that has any; objects and sums have no such. */
static void times(struct csv_writer *csv, const struct report *report,
		  const struct report_row *row)
{
	const struct report_side *newest =
		&report->sides[report->side_count - 1];
	const struct tally *tally = row->sides[0];
	bool known = !newest->sizes && newest->timed;

	if (report->side_count == 2 && row->sides[1]->records)
		tally = row->sides[1];
	csv_u64_if(csv, known && newest->unit == UNIT_PAGE, tally->order_min);
	csv_u64_if(csv, known && newest->unit == UNIT_PAGE, tally->order_max);
	csv_u64_if(csv, known && tally->units_timed, tally->first_ts_ns);
	csv_u64_if(csv, known && tally->units_timed, tally->last_ts_ns);
}

/* Of one stack; with --by the keys tell. */
static void place_cells(struct csv_writer *csv, const struct report_row *row)
{
	csv_place(csv, row->stack ? stack_place(row->stack) : NULL);
}

static void iteration_cells(struct csv_writer *csv, const struct report *report,
			    const struct report_row *row)
{
	const struct report_side *side = &report->sides[1];
	struct iteration_share share;

	iteration_share(report, &row->growth, &share);
	csv_decimal_if(csv, share.counted, share.records);
	csv_decimal_if(csv, side->unit != UNIT_OBJECT,
		       share.units * (double)side->unit_bytes);
	csv_u64_if(csv, share.counted, share.whole);
}

static void slope_cells(struct csv_writer *csv, const struct trend *trend,
			uint64_t unit_bytes, bool known)
{
	known = known && trend->slope_known;
	csv_i64_if(csv, known, series_bytes(trend->slope, unit_bytes));
	csv_i64_if(csv, known, series_bytes(trend->slope_low, unit_bytes));
	csv_i64_if(csv, known, series_bytes(trend->slope_high, unit_bytes));
}

/* "0 8192000 -": what was held at each capture. */
static bool point_cell(struct csv_writer *csv, const struct trend_axis *axis,
		       const struct trend *trend, uint64_t unit_bytes,
		       bool counted)
{
	size_t room = axis->count * POINT_CAPACITY + 1, length = 0, i;
	char *text = malloc(room);

	if (!text)
		return false;
	text[0] = '\0';
	for (i = 0; i < axis->count; i++) {
		const struct trend_point *point = &trend->points[i];
		const char *blank = i ? " " : "";
		uint64_t amount =
			counted ? point->records : point->units * unit_bytes;

		if (axis->captures[i].missing)
			length += (size_t)snprintf(text + length, room - length,
						   "%s-", blank);
		else
			length += (size_t)snprintf(text + length, room - length,
						   "%s%" PRIu64, blank, amount);
	}
	csv_string(csv, text);
	free(text);
	return true;
}

static bool trend_cells(struct csv_writer *csv, const struct report *report,
			const struct report_row *row)
{
	const struct trend *trend = row->trend;
	uint64_t bytes = report->sides[1].unit_bytes;
	bool counted = series_is_counted(&report->sides[1], row->sides);

	csv_string(csv, trend_shape_name(trend->shape));
	csv_decimal_if(csv, trend->sure >= 0, trend->sure);
	csv_u64(csv, trend->intervals);
	csv_u64(csv, trend->grew);
	csv_u64(csv, trend->quiet);
	slope_cells(csv, trend, bytes, !counted);
	slope_cells(csv, trend, 1, counted);
	csv_decimal_if(csv, trend->pace >= 0, trend->pace);
	return point_cell(csv, report->axis, trend, bytes, counted);
}

static bool rows(struct csv_writer *csv, const struct report *report,
		 const struct output_options *options)
{
	struct row_cursor cursor = {0};
	const struct report_row *row;

	while ((row = output_next_row(report, options, &cursor))) {
		output_ask_blamed(options, row);
		csv_string(csv, report->sides[0].format);
		key_cells(csv, report, row);
		names(csv, report, row);
		measures(csv, report, row);
		times(csv, report, row);
		csv_lines(csv, row->stack ? row->stack->text : (struct span){0},
			  CSV_CALLER);
		place_cells(csv, row);
		if (report->iterations)
			iteration_cells(csv, report, row);
		if (report->axis && !trend_cells(csv, report, row))
			return false;
		csv_end_row(csv);
	}
	return true;
}

bool csv_rows_write(const struct report *report,
		    const struct output_options *options, FILE *file,
		    struct error *err)
{
	struct csv_writer csv = {.file = file};

	headings(&csv, report);
	if (!rows(&csv, report, options) ||
	    (report->objects && !rows(&csv, report->objects, options)))
		return error_no_memory(err);
	return true;
}
