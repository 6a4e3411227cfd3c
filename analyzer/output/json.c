/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stable output for programs; docs/json.md describes each field. */
#include "output/json_account.h"
#include "output/json_amount.h"
#include "output/json_contents.h"
#include "output/json_processes.h"
#include "output/json_row.h"
#include "output/json_side.h"
#include "output/output.h"

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
	while ((row = output_next_row(report, options, &cursor)))
		json_row_write(json, report, row);
	json_close_array(json);
}

static void comparison(struct json_writer *json, const struct report *report)
{
	static const char *const boots[] = {
		[BOOT_UNKNOWN] = NULL,
		[BOOT_SAME] = "same",
		[BOOT_OTHER] = "other",
	};
	unsigned i;

	json_string(json, "match",
		    span_of(report->match == MATCH_EXACT ? "exact" : "name"));
	json_string(json, "match_reason", span_of(report->match_reason));
	json_optional(json, "boot", boots[report->boot]);
	json_open_array(json, "warnings");
	for (i = 0; i < report->warning_count; i++)
		json_string(json, NULL, span_of(report->warnings[i]));
	json_close_array(json);
}

/* The members of a report; that of objects has the same. */
static void body(struct json_writer *json, const struct report *report,
		 const struct output_options *options)
{
	unsigned i;

	json_open_array(json, "captures");
	for (i = 0; i < report->side_count; i++)
		json_side_write(json, &report->sides[i]);
	json_close_array(json);
	if (report->side_count == 2)
		comparison(json, report);
	categories(json, report);
	rows(json, report, options);
}

static bool write_json(const struct report *report,
		       const struct output_options *options, FILE *file,
		       struct error *err)
{
	struct json_writer json = {.file = file};

	(void)err;
	json_open_object(&json, NULL);
	json_string(&json, "tool", SPAN("pageowl " PAGEOWL_VERSION));
	json_string(&json, "command",
		    span_of(report->side_count == 1 ? "top" : "diff"));
	body(&json, report, options);
	if (report->objects) {
		json_open_object(&json, "objects");
		body(&json, report->objects, options);
		json_close_object(&json);
	}
	json_close_object(&json);
	return true;
}

const struct output output_json = {
	.name = "json",
	.title = "for programs; stable, documented in docs/json.md",
	.write = write_json,
	.contents = json_contents_write,
	.account = json_account_write,
	.processes = json_processes_write,
};
