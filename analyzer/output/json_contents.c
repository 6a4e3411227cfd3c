/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docs/json.md describes each field. */
#include "output/json_contents.h"

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
