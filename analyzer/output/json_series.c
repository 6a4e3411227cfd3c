/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_series.h"

#include "output/json_amount.h"
#include "output/series_numbers.h"

void json_series_write(struct json_writer *json, const struct report *report)
{
	const struct trend_axis *axis = report->axis;
	size_t i;

	if (!axis)
		return;
	json_open_object(json, "series");
	json_bool(json, "timed", axis->timed);
	json_u64(json, "passing_rows", report->passing);
	json_open_array(json, "captures");
	for (i = 0; i < axis->count; i++) {
		const struct trend_capture *capture = &axis->captures[i];

		json_open_flat_object(json, NULL);
		json_string(json, "path", span_of(capture->path));
		json_u64_if(json, "began_ns", capture->began_ns != TS_NONE,
			    capture->began_ns);
		json_bool(json, "missing", capture->missing);
		json_close_object(json);
	}
	json_close_array(json);
	json_close_object(json);
}

static void points(struct json_writer *json, const struct report *report,
		   const struct trend *trend)
{
	const struct report_side *side = &report->sides[1];
	const struct trend_axis *axis = report->axis;
	struct delta growth;
	size_t i;

	json_open_array(json, "points");
	for (i = 0; i < axis->count; i++) {
		struct amount amount = {trend->points[i].records,
					trend->points[i].units};

		if (axis->captures[i].missing)
			json_null(json, NULL);
		else
			json_amount(json, NULL, side, &amount);
	}
	json_close_array(json);
	json_open_array(json, "growth");
	for (i = 1; i < axis->count; i++)
		if (series_growth(axis, trend->points, i, &growth))
			json_delta(json, NULL, side, &growth);
		else
			json_null(json, NULL);
	json_close_array(json);
}

static void slope(struct json_writer *json, const char *name,
		  const struct trend *trend, uint64_t unit_bytes)
{
	json_open_flat_object(json, name);
	json_i64(json, "median", series_bytes(trend->slope, unit_bytes));
	json_i64(json, "low", series_bytes(trend->slope_low, unit_bytes));
	json_i64(json, "high", series_bytes(trend->slope_high, unit_bytes));
	json_close_object(json);
}

/* Of objects without a size the slope is one of their number. */
static void slopes(struct json_writer *json, const struct report_side *side,
		   const struct report_row *row)
{
	bool counted = series_is_counted(side, row->sides);
	const struct trend *trend = row->trend;

	if (counted || !trend->slope_known)
		json_null(json, "bytes_per_hour");
	else
		slope(json, "bytes_per_hour", trend, side->unit_bytes);
	if (!counted || !trend->slope_known)
		json_null(json, "records_per_hour");
	else
		slope(json, "records_per_hour", trend, 1);
}

void json_trend_write(struct json_writer *json, const struct report *report,
		      const struct report_row *row)
{
	const struct trend *trend = row->trend;

	if (!report->axis || !trend)
		return;
	json_open_object(json, "trend");
	json_string(json, "shape", span_of(trend_shape_name(trend->shape)));
	json_share(json, "sure", trend->sure);
	json_u64(json, "intervals", trend->intervals);
	json_u64(json, "grew", trend->grew);
	json_u64(json, "quiet", trend->quiet);
	slopes(json, &report->sides[1], row);
	json_number_if(json, "pace", trend->pace >= 0, trend->pace);
	points(json, report, trend);
	json_close_object(json);
}

void json_iteration_write(struct json_writer *json, const struct report *report,
			  const struct report_row *row)
{
	const struct report_side *side = &report->sides[1];
	struct iteration_share share;

	if (!report->iterations || report->side_count < 2)
		return;
	iteration_share(report, &row->growth, &share);
	json_open_flat_object(json, "per_iteration");
	json_number_if(json, "records", share.counted, share.records);
	json_number_if(json, "bytes", side->unit != UNIT_OBJECT,
		       share.units * (double)side->unit_bytes);
	if (share.counted)
		json_bool(json, "whole", share.whole);
	else
		json_null(json, "whole");
	json_close_object(json);
}
