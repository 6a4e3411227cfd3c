/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/capture.h"

#include <stdarg.h>
#include <stdio.h>

bool capture_say(struct capture *capture, struct error *err, const char *format,
		 ...)
{
	struct remark *remark = arena_alloc(&capture->arena, sizeof(*remark));
	va_list arguments;

	if (!remark)
		return error_no_memory(err);
	va_start(arguments, format);
	vsnprintf(remark->text, sizeof(remark->text), format, arguments);
	va_end(arguments);
	if (capture->last_remark)
		capture->last_remark->next = remark;
	else
		capture->remarks = remark;
	capture->last_remark = remark;
	return true;
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
	traced_caches_deinit(&capture->caches);
	arena_deinit(&capture->arena);
	*capture = (struct capture){0};
}
