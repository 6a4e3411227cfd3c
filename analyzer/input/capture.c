/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/capture.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/quote.h"
#include "model/manifest_view.h"

static void add_remark(struct capture *capture, struct remark *remark)
{
	if (capture->last_remark)
		capture->last_remark->next = remark;
	else
		capture->remarks = remark;
	capture->last_remark = remark;
}

/* "path: " or "path:line: ", then the text. */
static bool say(struct capture *capture, struct error *err, const char *path,
		uint64_t line, const char *format, va_list arguments)
{
	struct remark *remark = arena_alloc(&capture->arena, sizeof(*remark));
	size_t room = sizeof(remark->text), length;
	char name[2 * QUOTE_CAPACITY];

	if (!remark)
		return error_no_memory(err);
	quote_text(span_of(path), 2 * QUOTE_LIMIT, name, sizeof(name));
	length = (size_t)(line ? snprintf(remark->text, room,
					  "%s:%" PRIu64 ": ", name, line)
			       : snprintf(remark->text, room, "%s: ", name));
	if (length < room)
		vsnprintf(remark->text + length, room - length, format,
			  arguments);
	add_remark(capture, remark);
	return true;
}

bool capture_say(struct capture *capture, struct error *err, const char *path,
		 const char *format, ...)
{
	va_list arguments;
	bool done;

	va_start(arguments, format);
	done = say(capture, err, path, 0, format, arguments);
	va_end(arguments);
	return done;
}

bool capture_say_at(struct capture *capture, struct error *err,
		    const char *path, uint64_t line, const char *format, ...)
{
	va_list arguments;
	bool done;

	va_start(arguments, format);
	done = say(capture, err, path, line, format, arguments);
	va_end(arguments);
	return done;
}

struct capture_source *capture_source(struct capture *capture,
				      const char *format)
{
	size_t i;

	for (i = 0; i < capture->source_count; i++)
		if (strcmp(capture->sources[i].format->name, format) == 0)
			return &capture->sources[i];
	return NULL;
}

uint64_t capture_began(const struct capture *capture,
		       const struct capture_options *options, struct span own)
{
	if (options->clock_member)
		own = span_of(options->clock_member);
	return manifest_view_began(&capture->counters, own);
}

static bool knows_cache(const struct capture *capture, struct span name)
{
	uint64_t objects;

	return (counters_value(&capture->counters, "slabinfo", name, "num_objs",
			       &objects) ||
		counters_value(&capture->counters, "slab_attribute", name,
			       "objects", &objects)) &&
	       objects;
}

size_t capture_untraced(const struct capture *older,
			const struct capture *newer, struct span *ret_name)
{
	const struct traced_cache *cache;
	size_t count = 0;

	for (cache = newer->caches.first; cache; cache = cache->next) {
		if (strcmp(cache->format->name, "slab_traces") != 0 ||
		    !cache->objects || !knows_cache(older, cache->name) ||
		    traced_caches_has(&older->caches, cache->format,
				      cache->name))
			continue;
		*ret_name = cache->name;
		count++;
	}
	return count;
}

struct capture_source *capture_objects(struct capture *capture)
{
	struct capture_source *source = capture_source(capture, "slab_traces");

	return source ? source : capture_source(capture, "slab_allocators");
}

static bool has_waste(const struct capture *capture)
{
	const struct capture_source *source =
		capture_objects((struct capture *)capture);

	return source && object_sizes_has_waste(&source->snapshot);
}

void capture_size_objects(struct capture *capture, const struct capture *other)
{
	struct size_sources sources = {
		.own = &capture->counters,
		.other = other ? &other->counters : NULL,
		.prints_waste =
			has_waste(capture) || (other && has_waste(other)),
	};
	static const char *const unwasted[] = {"slab_free_traces",
					       "slub_report"};
	struct capture_source *source = capture_objects(capture);
	size_t i;

	if (source)
		object_sizes_apply(&source->snapshot, &sources, &source->sizes);
	/* These never print it. */
	sources.prints_waste = false;
	for (i = 0; i < sizeof(unwasted) / sizeof(unwasted[0]); i++) {
		source = capture_source(capture, unwasted[i]);
		if (source)
			object_sizes_apply(&source->snapshot, &sources,
					   &source->sizes);
	}
}

void capture_contents(const struct capture *capture, struct contents *ret)
{
	*ret = (struct contents){
		.path = capture->path,
		.kernel = capture->kernel,
		.boot_id = capture->boot_id,
		.uptime_ns = capture->uptime_ns,
		.first = capture->members,
		.count = capture->member_count,
		.counters = &capture->counters,
	};
}

void capture_deinit(struct capture *capture)
{
	size_t i;

	for (i = 0; i < capture->source_count; i++)
		capture_source_deinit(&capture->sources[i]);
	counters_deinit(&capture->counters);
	counters_deinit(&capture->told);
	counters_deinit(&capture->reported);
	traced_caches_deinit(&capture->caches);
	arena_deinit(&capture->arena);
	*capture = (struct capture){0};
}
