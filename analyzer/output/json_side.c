/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_side.h"

#include "output/json_amount.h"

static void loss(struct json_writer *json, const struct loss *loss)
{
	unsigned i;

	json_open_object(json, "loss");
	json_u64(json, "records", loss->records);
	json_u64(json, "unreadable", loss->unreadable);
	json_u64(json, "stray_lines", loss->stray_lines);
	json_optional(json, "input", loss->input);
	json_open_array(json, "first");
	for (i = 0; i < loss->event_count; i++) {
		json_open_flat_object(json, NULL);
		json_u64(json, "line", loss->events[i].line);
		json_string(json, "expected",
			    span_of(loss->events[i].expected));
		json_string(json, "found", span_of(loss->events[i].found));
		json_close_object(json);
	}
	json_close_array(json);
	json_close_object(json);
}

/* Which sources the capture held, the one of this report first. */
static void sources(struct json_writer *json, const struct report_side *side)
{
	size_t i;

	json_string(json, "source", span_of(side->format));
	json_open_flat_array(json, "formats");
	json_string(json, NULL, span_of(side->format));
	for (i = 0; side->others && side->others[i]; i++)
		json_string(json, NULL, span_of(side->others[i]));
	json_close_array(json);
}

static void page_facts(struct json_writer *json, const struct report_side *side)
{
	const struct snapshot *snapshot = side->snapshot;

	json_u64(json, "page_size", side->unit_bytes);
	json_string(json, "page_size_from", span_of(side->page_size_from));
	json_u64(json, "pfn_descents", snapshot->loss.descents);
	json_open_flat_object(json, "offline_memcgs");
	json_u64(json, "cgroups", snapshot->offline_names.count);
	json_u64(json, "records", snapshot->offline.records);
	json_units(json, side, snapshot->offline.units);
	json_close_object(json);
}

static void clock_facts(struct json_writer *json,
			const struct report_side *side)
{
	static const char *const origins[] = {
		[HZ_UNKNOWN] = NULL,	[HZ_GIVEN] = "given",
		[HZ_CONFIG] = "config", [HZ_JIFFIES] = "jiffies",
		[HZ_UPTIME] = "uptime",
	};
	const struct jiffies_clock *clock = &side->clock;

	json_u64_if(json, "hz", clock->hz, clock->hz);
	json_optional(json, "hz_from", origins[clock->origin]);
}

static void object_facts(struct json_writer *json,
			 const struct report_side *side)
{
	json_u64(json, "objects_by_request", side->sizes->requested);
	json_u64(json, "objects_by_slot", side->sizes->slots);
	json_u64(json, "objects_by_size", side->sizes->whole);
	json_u64(json, "objects_unsized", side->sizes->unsized);
}

/* Objects that rules on records refused were never sized. */
static void filtered_amount(struct json_writer *json,
			    const struct report_side *side,
			    const struct amount *filtered)
{
	if (!side->sizes || !side->snapshot->filtered.records) {
		json_amount(json, "filtered", side, filtered);
		return;
	}
	json_open_flat_object(json, "filtered");
	json_u64(json, "records", filtered->records);
	json_null(json, "bytes");
	json_close_object(json);
}

static void remarks(struct json_writer *json, const struct report_side *side)
{
	const struct remark *lists[] = {side->remarks, side->snapshot->remarks};
	const struct remark *remark;
	size_t i;

	json_open_array(json, "remarks");
	for (i = 0; i < 2; i++)
		for (remark = lists[i]; remark; remark = remark->next)
			json_string(json, NULL, span_of(remark->text));
	json_close_array(json);
}

void json_side_write(struct json_writer *json, const struct report_side *side)
{
	static const char *const began[] = {
		[BEGAN_RECORDS] = "records",
		[BEGAN_UPTIME] = "uptime",
		[BEGAN_MANIFEST] = "manifest",
	};
	const struct snapshot *snapshot = side->snapshot;
	struct amount total = json_amount_of(&side->set->total);
	struct amount filtered = {
		snapshot->filtered.records + side->set->filtered.records,
		snapshot->filtered.units + side->set->filtered.units,
	};

	json_open_object(json, NULL);
	json_string(json, "path", span_of(side->path));
	json_optional(json, "kernel", side->kernel);
	sources(json, side);
	json_amount_members(json, side, &total);
	json_u64(json, "stacks", side->set->stacks);
	json_u64(json, "records_seen", snapshot->seen);
	filtered_amount(json, side, &filtered);
	json_u64_if(json, "began_ns", side->began_ns != TS_NONE,
		    side->began_ns);
	json_optional(json, "began_from",
		      side->began_ns == TS_NONE ? NULL
						: began[side->began_from]);
	if (side->unit == UNIT_PAGE)
		page_facts(json, side);
	if (side->sizes || snapshot->has_times)
		clock_facts(json, side);
	if (side->sizes)
		object_facts(json, side);
	loss(json, &snapshot->loss);
	remarks(json, side);
	json_close_object(json);
}
