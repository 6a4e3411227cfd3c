/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_series.h"

#include <inttypes.h>
#include <math.h>

#include "base/quote.h"
#include "output/quantity.h"
#include "output/series_numbers.h"
#include "output/text_builder.h"
#include "output/text_flow.h"

/* So many captures have intervals few enough for a line. */
#define CAPTURES_FEW 4

/* Missing captures that are named. */
#define MISSING_NAMED 3

/* Intervals that differ by no more than this are called the same. */
#define EVEN_SHARE 0.05
#define EVEN_NS	   2000000000u

/* Nothing is quite sure. */
#define SURE_MOST 0.995

/* ---- the header ---- */

/* The shortest and the longest interval between those that have the source. */
static void find_intervals(const struct trend_axis *axis, uint64_t *ret_least,
			   uint64_t *ret_most)
{
	uint64_t last_ns = axis->captures[0].began_ns;
	size_t i;

	*ret_least = UINT64_MAX;
	*ret_most = 0;
	for (i = 1; i < axis->count; i++) {
		uint64_t ns = axis->captures[i].began_ns - last_ns;

		if (axis->captures[i].missing)
			continue;
		last_ns += ns;
		if (ns < *ret_least)
			*ret_least = ns;
		if (ns > *ret_most)
			*ret_most = ns;
	}
}

static uint64_t seconds(uint64_t ns)
{
	return ns / 1000000000 + (ns % 1000000000 >= 500000000);
}

static void write_times(FILE *file, const struct trend_axis *axis)
{
	uint64_t first_ns = axis->captures[0].began_ns;
	uint64_t all_ns = axis->captures[axis->count - 1].began_ns - first_ns;
	char span[QUANTITY_CAPACITY], least[QUANTITY_CAPACITY];
	char most[QUANTITY_CAPACITY];
	uint64_t least_ns, most_ns,
		each_ns = all_ns / (series_present(axis) - 1);

	find_intervals(axis, &least_ns, &most_ns);
	fprintf(file, " over %s", quantity_duration(seconds(all_ns), span));
	if (series_present(axis) < 3)
		return;
	if (most_ns - least_ns <= EVEN_NS ||
	    (double)(most_ns - least_ns) <= EVEN_SHARE * (double)each_ns)
		fprintf(file, ", one each %s",
			quantity_duration(seconds(each_ns), span));
	else
		fprintf(file, ", %s to %s apart",
			quantity_duration(seconds(least_ns), least),
			quantity_duration(seconds(most_ns), most));
}

static void write_missing(FILE *file, const struct trend_axis *axis,
			  const char *what)
{
	size_t missing = axis->count - series_present(axis), named = 0, i;
	char path[TEXT_NAME_CAPACITY];

	if (!missing)
		return;
	fprintf(file, "; %s is missing in %zu: ", what, missing);
	for (i = 0; i < axis->count && named < MISSING_NAMED; i++) {
		if (!axis->captures[i].missing)
			continue;
		quote_text(span_of(axis->captures[i].path), TEXT_NAME_LIMIT,
			   path, sizeof(path));
		fprintf(file, "%s%s", named++ ? ", " : "", path);
	}
	if (named < missing)
		fprintf(file, " and %zu more", missing - named);
}

void text_series_header(const struct text_view *view)
{
	const struct report *report = view->report;
	char count[QUANTITY_CAPACITY];
	FILE *file = view->file;

	if (report->axis) {
		fprintf(file, "%zu captures", report->axis->count);
		if (report->axis->timed)
			write_times(file, report->axis);
		write_missing(file, report->axis, report->sides[0].format);
		if (report->objects && report->objects->axis)
			write_missing(file, report->objects->axis,
				      report->objects->sides[0].format);
		putc('\n', file);
	}
	if (report->iterations)
		fprintf(file, "%s iteration%s from old to new\n",
			quantity_count(report->iterations, count),
			text_plural(report->iterations));
}

/* ---- cells ---- */

const char *text_series_grew(struct text_table *table,
			     const struct trend *trend)
{
	if (!trend || !trend->intervals)
		return "-";
	return text_table_format(table, "%zu/%zu", trend->grew,
				 trend->intervals);
}

/* All in the unit of the largest. */
static const char *slope_cell(struct text_table *table, const double bytes[3])
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
	double size = fabs(bytes[0]), scale = 1;
	int digits = 1;
	unsigned unit;

	if (size < fabs(bytes[1]))
		size = fabs(bytes[1]);
	if (size < fabs(bytes[2]))
		size = fabs(bytes[2]);
	for (unit = 0; size / scale >= (unit ? 999.95 : 1000) && unit < 4;
	     unit++)
		scale *= 1024;
	if (!unit)
		digits = 0;
	if (bytes[1] == bytes[0] && bytes[2] == bytes[0])
		return text_table_format(table, "%+.*f %s", digits,
					 bytes[0] / scale, units[unit]);
	return text_table_format(table, "%+.*f %s (%.*f to %.*f)", digits,
				 bytes[0] / scale, units[unit], digits,
				 bytes[1] / scale, digits, bytes[2] / scale);
}

static const char *count_cell(struct text_table *table, const double counts[3])
{
	char median[QUANTITY_CAPACITY], low[QUANTITY_CAPACITY];
	char high[QUANTITY_CAPACITY];

	quantity_change(series_bytes(counts[0], 1), median);
	if (counts[1] == counts[0] && counts[2] == counts[0])
		return text_table_format(table, "%s", median);
	return text_table_format(
		table, "%s (%s to %s)", median,
		quantity_change(series_bytes(counts[1], 1), low),
		quantity_change(series_bytes(counts[2], 1), high));
}

const char *text_series_slope(const struct text_view *view,
			      struct text_table *table,
			      const struct report_group *group)
{
	const struct trend *trend = group->trend;
	bool counted = series_is_counted(&view->report->sides[1], group->sides);
	double scale = counted ? 1 : (double)view->unit_bytes;
	double values[3];

	if (!trend || !trend->slope_known)
		return "-";
	values[0] = trend->slope * scale;
	values[1] = trend->slope_low * scale;
	values[2] = trend->slope_high * scale;
	return counted ? count_cell(table, values) : slope_cell(table, values);
}

/* Only what comes of a trend has a chance to be wrong that can be told. */
const char *text_series_verdict(struct text_table *table,
				const struct report_group *group)
{
	const char *name = verdict_info(group->verdict)->name;

	if (!group->trend || group->trend->sure < 0 ||
	    (group->verdict != VERDICT_FILLED_UP &&
	     group->verdict != VERDICT_KEEPS_ACCUMULATING))
		return name;
	if (group->trend->sure >= SURE_MOST)
		return text_table_format(table, "%s >99 %%", name);
	return text_table_format(table, "%s %.0f %%", name,
				 100 * group->trend->sure);
}

const char *text_series_iteration(const struct text_view *view,
				  struct text_table *table,
				  const struct delta *growth)
{
	bool counted = !view->report->sides[1].stacks_only;
	char text[QUANTITY_CAPACITY];

	if (counted ? growth->records <= 0 : growth->units <= 0)
		return "-";
	return text_table_format(table, "%s",
				 iteration_text(counted, growth->records,
						text_bytes(view, growth->units),
						view->report->iterations,
						text));
}

/* ---- notes ---- */

/* "+7.8 MiB, +11.7 MiB"; an interval without a point has none. */
static void put_intervals(const struct text_view *view,
			  struct text_builder *note,
			  const struct report_group *group)
{
	const struct trend_axis *axis = view->report->axis;
	bool counted = series_is_counted(&view->report->sides[1], group->sides);
	char amount[QUANTITY_CAPACITY];
	struct delta growth;
	size_t i;

	for (i = 1; i < axis->count; i++) {
		if (!series_growth(axis, group->trend->points, i, &growth))
			continue;
		text_builder_put(note, note->length ? ", " : "");
		text_builder_put(
			note,
			counted ? quantity_change(growth.records, amount)
				: text_amount(view,
					      text_bytes(view, growth.units),
					      amount));
	}
}

const char *text_series_note(const struct text_view *view,
			     struct text_table *table,
			     const struct report_group *group)
{
	const struct trend *trend = group->trend;
	struct text_builder note = {.table = table};
	char pace[QUANTITY_CAPACITY];

	text_builder_put(&note, "");
	if (!view->report->axis || !trend)
		return note.text;
	if (view->report->axis->count <= CAPTURES_FEW || view->options->full)
		put_intervals(view, &note, group);
	if (series_slows_down(trend)) {
		snprintf(pace, sizeof(pace), "%.2f", trend->pace);
		text_builder_put(&note, note.length ? "; " : "");
		text_builder_put(&note, "slowing: the last growth came at ");
		text_builder_put(&note, pace);
		text_builder_put(&note, " of the first one's pace");
	}
	return note.text;
}

/* ---- below the tables ---- */

void text_series_legend(const struct text_view *view)
{
	const struct report *report = view->report;
	struct text_flow flow;
	char text[256];
	size_t intervals;

	if (!report->axis || report_is_on_leaks(report))
		return;
	intervals = series_present(report->axis) - 1;
	flow = text_flow_begin(view->file, view->options->width, 0, 0);
	if (intervals < CAPTURES_FEW - 1)
		snprintf(text, sizeof(text),
			 "%zu interval%s cannot tell a leak from a cache that "
			 "is still filling.",
			 intervals, text_plural(intervals));
	else
		snprintf(text, sizeof(text), "Of %zu intervals.", intervals);
	putc('\n', view->file);
	text_flow_words(&flow, text);
	text_flow_words(&flow, "% after \"keeps accumulating\" is the chance "
			       "that the next interval grows, too, after "
			       "\"filled up\" how sure it is that it "
			       "stopped.");
	putc('\n', view->file);
}
