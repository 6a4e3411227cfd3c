/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/capture.h"

#include <stdlib.h>

#include "input/capture_reader.h"

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

	for (i = 0; i < capture->source_count; i++) {
		struct capture_source *source = &capture->sources[i];

		capture_source_drop_state(source);
		snapshot_deinit(&source->snapshot);
	}
	counters_deinit(&capture->counters);
	arena_deinit(&capture->arena);
	*capture = (struct capture){0};
}

/* ---- what the counters tell of the machine ---- */

static const char *text_of(struct capture *capture, const char *group,
			   const char *name)
{
	const struct counter *counter =
		counters_find(&capture->counters, group, SPAN(""), name);

	if (!counter || counter->unit != COUNTER_TEXT || !counter->text.length)
		return NULL;
	return arena_string(&capture->arena, counter->text);
}

static void learn_clock(struct capture *capture,
			const struct capture_options *options)
{
	static const char *const names[] = {"slab_traces", "slab_free_traces"};
	struct jiffies_facts facts = {0};
	enum hz_origin origin = HZ_GIVEN;
	unsigned hz = options->hz;
	uint64_t config;
	size_t i;

	for (i = 0; i < 2; i++) {
		const struct capture_source *source =
			capture_source(capture, names[i]);

		if (source)
			jiffies_add(&facts, &source->snapshot.jiffies);
	}
	if (!hz &&
	    counters_value(&capture->counters, "kernel_config", SPAN(""),
			   "CONFIG_HZ", &config) &&
	    config && config <= 10000) {
		hz = (unsigned)config;
		origin = HZ_CONFIG;
	}
	capture->clock = jiffies_clock(&facts, hz, hz ? origin : HZ_UNKNOWN,
				       capture->uptime_ns);
}

static bool size_objects(struct capture *capture,
			 const struct capture_options *options,
			 const char *format, struct object_sizes *ret,
			 struct error *err)
{
	struct capture_source *source = capture_source(capture, format);

	if (!source)
		return true;
	object_sizes_apply(&source->snapshot, &capture->counters, ret);
	return tallier_conclude(&options->ingest.plan, &source->snapshot, err);
}

static bool conclude(struct capture *capture,
		     const struct capture_options *options, struct error *err)
{
	struct object_sizes freed;

	capture->kernel = text_of(capture, "version", "release");
	capture->boot_id = text_of(capture, "boot_id", "boot_id");
	learn_clock(capture, options);
	return size_objects(capture, options, "slab_traces", &capture->sizes,
			    err) &&
	       size_objects(capture, options, "slab_free_traces", &freed, err);
}

/* Whether a dump with times was read before the uptime was. */
static bool uptime_came_late(const struct capture *capture)
{
	size_t i;

	for (i = 0; i < capture->source_count; i++)
		if (capture->sources[i].learned &&
		    capture->uptime_ns != TS_NONE)
			return true;
	return false;
}

bool capture_read(struct capture *capture, const char *path,
		  const struct capture_options *options, struct error *err)
{
	struct capture_options again = *options;

	if (!capture_reader_run(capture, path, options, err))
		return false;
	if (uptime_came_late(capture) && capture->rereadable) {
		uint64_t uptime_ns = capture->uptime_ns;

		capture_deinit(capture);
		again.ingest.plan.began_ns = uptime_ns;
		again.ingest.plan.learn = false;
		if (!capture_reader_run(capture, path, &again, err))
			return false;
	}
	return conclude(capture, options, err);
}
