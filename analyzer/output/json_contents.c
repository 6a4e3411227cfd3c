/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docs/json.md describes each field. */
#include "output/json_contents.h"

#include "model/manifest_view.h"
#include "output/json_writer.h"

static void content(struct json_writer *json, const struct content *content)
{
	json_open_flat_object(json, NULL);
	json_string(json, "path", span_of(content->path));
	json_string(json, "format", span_of(content->format));
	if (content->counts) {
		json_u64(json, "counters", content->entries);
	} else {
		json_u64(json, "entries", content->entries);
		json_u64(json, "records", content->records);
		if (content->unit == UNIT_PAGE)
			json_u64(json, "pages", content->units);
		else if (content->units)
			json_u64(json, "bytes", content->units);
	}
	json_u64(json, "passed_over", content->skipped);
	json_u64(json, "text_bytes", content->bytes);
	json_close_object(json);
}

static void counter(struct json_writer *json, const struct counter *counter)
{
	static const char *const units[] = {
		[COUNTER_NUMBER] = NULL,   [COUNTER_KIB] = "KiB",
		[COUNTER_PAGES] = "pages", [COUNTER_BYTES] = "bytes",
		[COUNTER_NS] = "ns",	   [COUNTER_TEXT] = NULL,
	};

	json_open_flat_object(json, NULL);
	json_string(json, "group", counter->group);
	json_string(json, "scope", counter->scope);
	json_string(json, "name", counter->name);
	if (counter->unit == COUNTER_TEXT)
		json_string(json, "value", counter->text);
	else
		json_u64(json, "value", counter->value);
	if (units[counter->unit])
		json_string(json, "unit", span_of(units[counter->unit]));
	json_close_object(json);
}

static void lacking(struct json_writer *json,
		    const struct manifest_member *member)
{
	json_open_flat_object(json, NULL);
	json_string(json, "path", member->path);
	json_string(json, "status", member->status);
	json_optional_span(json, "why", member->why);
	json_u64_if(json, "began_ns", member->began_ns != TS_NONE,
		    member->began_ns);
	json_u64_if(json, "ended_ns", member->ended_ns != TS_NONE,
		    member->ended_ns);
	json_close_object(json);
}

static void manifest(struct json_writer *json, const struct counters *counters)
{
	const struct counter_entry *at = NULL;
	struct manifest_member member;
	struct manifest_view view;

	if (!manifest_view(counters, &view)) {
		json_null(json, "manifest");
		return;
	}
	json_open_object(json, "manifest");
	json_optional_span(json, "machine", view.machine);
	json_optional_span(json, "date", view.date);
	json_u64_if(json, "began_ns", view.began_ns != TS_NONE, view.began_ns);
	json_u64_if(json, "ended_ns", view.ended_ns != TS_NONE, view.ended_ns);
	json_optional_span(json, "outcome", view.outcome);
	json_open_array(json, "members");
	while (manifest_view_next(counters, &at, &member))
		lacking(json, &member);
	json_close_array(json);
	json_close_object(json);
}

bool json_contents_write(const struct contents *contents,
			 const struct output_options *options, FILE *file,
			 struct error *err)
{
	struct json_writer json = {.file = file};
	const struct counter_entry *entry;
	const struct content *each;

	(void)options;
	(void)err;
	json_open_object(&json, NULL);
	json_string(&json, "tool", SPAN("pageowl " PAGEOWL_VERSION));
	json_string(&json, "command", SPAN("contents"));
	json_string(&json, "path", span_of(contents->path));
	json_optional(&json, "kernel", contents->kernel);
	json_optional(&json, "boot_id", contents->boot_id);
	json_u64_if(&json, "uptime_ns", contents->uptime_ns != TS_NONE,
		    contents->uptime_ns);
	manifest(&json, contents->counters);
	json_open_array(&json, "members");
	for (each = contents->first; each; each = each->next)
		content(&json, each);
	json_close_array(&json);
	json_open_array(&json, "counters");
	for (entry = contents->counters->table; entry; entry = entry->hh.next)
		counter(&json, &entry->counter);
	json_close_array(&json);
	json_close_object(&json);
	return true;
}
