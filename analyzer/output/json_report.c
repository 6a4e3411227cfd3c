/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_report.h"

#include "output/json_amount.h"
#include "output/json_row.h"
#include "output/json_series.h"
#include "output/json_side.h"

static void category(struct json_writer *json, const struct report *report,
		     enum category id)
{
	const struct category_info *info = category_info(id);
	const struct amount *old = &report->sides[0].set->categories[id];
	const struct amount *new = old;
	struct delta grown;

	json_open_object(json, NULL);
	json_string(json, "name", span_of(info->name));
	json_string(json, "block", span_of(category_block_name(info->block)));
	json_optional(json, "counter", info->counter);
	if (report->side_count == 1) {
		json_amount_members(json, &report->sides[0], old);
	} else {
		new = &report->sides[1].set->categories[id];
		grown.records = (int64_t)(new->records - old->records);
		grown.units = (int64_t)(new->units - old->units);
		json_amount(json, "before", &report->sides[0], old);
		json_amount(json, "after", &report->sides[1], new);
		json_delta(json, "growth", &report->sides[1], &grown);
	}
	json_close_object(json);
}

static void categories(struct json_writer *json, const struct report *report)
{
	unsigned id, side;

	json_open_array(json, "categories");
	for (id = 0; id < CATEGORY_COUNT; id++) {
		uint64_t records = 0;

		for (side = 0; side < report->side_count; side++)
			records +=
				report->sides[side].set->categories[id].records;
		if (records)
			category(json, report, (enum category)id);
	}
	json_close_array(json);
}

static void rows(struct json_writer *json, const struct report *report,
		 const struct output_options *options)
{
	struct row_cursor cursor = {0};
	const struct report_row *row;

	json_open_array(json, "rows");
	while ((row = output_next_row(report, options, &cursor))) {
		output_ask_stack(options, row);
		json_row_write(json, report, row);
	}
	json_close_array(json);
}

const char *json_boot(enum same_boot boot)
{
	static const char *const boots[] = {
		[BOOT_UNKNOWN] = NULL,
		[BOOT_SAME] = "same",
		[BOOT_OTHER] = "other",
	};

	return boots[boot];
}

static void comparison(struct json_writer *json, const struct report *report)
{
	unsigned i;

	json_string(json, "match",
		    span_of(report->match == MATCH_EXACT ? "exact" : "name"));
	json_string(json, "match_reason", span_of(report->match_reason));
	json_optional(json, "boot", json_boot(report->boot));
	json_open_array(json, "warnings");
	for (i = 0; i < report->warning_count; i++)
		json_string(json, NULL, span_of(report->warnings[i]));
	json_close_array(json);
}

void json_report_body(struct json_writer *json, const struct report *report,
		      const struct output_options *options)
{
	unsigned i;

	json_open_array(json, "captures");
	for (i = 0; i < report->side_count; i++)
		json_side_write(json, &report->sides[i]);
	json_close_array(json);
	if (report->side_count == 2) {
		comparison(json, report);
		json_series_write(json, report);
		if (report->iterations)
			json_u64(json, "iterations", report->iterations);
	}
	categories(json, report);
	rows(json, report, options);
}
