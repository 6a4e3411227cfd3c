/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/check_text.h"
#include "output/json_writer.h"

static const char *const states[] = {
	[OFFER_READABLE] = "readable",
	[OFFER_LIMITED] = "limited",
	[OFFER_DENIED] = "denied",
	[OFFER_MISSING] = "missing",
};

static void write_offer(struct json_writer *json, const struct offer *offer)
{
	const struct live_source *source = offer->source;

	json_open_object(json, NULL);
	json_string(json, "source", span_of(source->name));
	json_string(json, "state", span_of(states[offer->state]));
	json_string(json, "adds", span_of(source->adds));
	json_u64(json, "files", offer->files);
	json_u64(json, "left_out", offer->left_out);
	json_optional(json, "remedy", offer->remedy);
	json_optional(json, "enable", source->enable);
	json_optional(json, "price", source->price);
	json_u64_if(json, "records", offer->records, offer->records);
	json_u64_if(json, "text_bytes", offer->bytes, offer->bytes);
	json_u64_if(json, "ms", offer->ms, offer->ms);
	json_optional(json, "estimate", offer->how);
	json_close_object(json);
}

static void write_bug(struct json_writer *json, const struct kernel_bug *bug)
{
	json_open_object(json, NULL);
	json_string(json, "title", span_of(bug->title));
	json_bool(json, "severe", bug->severe);
	json_string(json, "applies", span_of(bug->applies));
	json_string(json, "handled", span_of(bug->handled));
	json_close_object(json);
}

void check_json_write(const struct live_check *check, FILE *out)
{
	struct json_writer json = {.file = out};
	size_t i;

	json_open_object(&json, NULL);
	json_string(&json, "tool", SPAN("pageowl " PAGEOWL_VERSION));
	json_string(&json, "command", SPAN("capture --check"));
	json_string(&json, "root", span_of(check->root));
	json_optional(&json, "kernel", check->release);
	json_bool(&json, "live", check->live);
	json_bool(&json, "superuser", check->superuser);
	json_open_array(&json, "sources");
	for (i = 0; i < check->offer_count; i++)
		write_offer(&json, &check->offers[i]);
	json_close_array(&json);
	json_open_array(&json, "bugs");
	for (i = 0; i < check->bug_count; i++)
		write_bug(&json, &check->bugs[i]);
	json_close_array(&json);
	json_close_object(&json);
}
