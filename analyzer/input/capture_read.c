/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the members of a package to what they tell together. */
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/quote.h"
#include "input/capture.h"
#include "input/member_reader.h"
#include "input/process_members.h"
#include "input/told_counters.h"
#include "model/address_table.h"

/* Whether a member is read that lies beside the dump that was named. */
static bool is_wanted_beside(const struct member_reader *reader,
			     const struct member *dump)
{
	const struct format *format = reader->member->format;
	field_set of_caches = 1u << FIELD_CACHE;

	if (!format)
		return false;
	/* Thousands of files that only objects have a use for. */
	if (format->counts)
		return dump->format->identity & of_caches ||
		       !span_starts_with(reader->member->own,
					 SPAN("sys/kernel/slab/"));
	/* It may be the running machine: see capture_options.live. */
	return reader->options->beside && format != dump->format &&
	       !format->timed && !format->mixed &&
	       !(format->identity & of_caches);
}

/*
 * The counters beside a dump that lies in the kernel's own place tell when it
 * was read, and what its objects measure.
 */
static bool read_beside(struct member_reader *reader, struct error *err)
{
	struct package *dump = reader->package;
	const struct member *member = reader->member;
	const struct package_options options = {
		.processes = reader->options->processes,
	};
	char root[MEMBER_PATH_MAX];
	bool done = true;
	struct error ignored;

	if (!member_is_alone(reader) || !member_is_in_place(reader) ||
	    member->format->counts || member->root.length >= sizeof(root))
		return true;
	memcpy(root, member->root.at, member->root.length);
	root[member->root.length] = '\0';
	if (!root[0])
		strcpy(root, member->path[0] == '/' ? "/" : ".");
	if (!package_open(root, &options, &reader->package, &ignored)) {
		reader->package = dump;
		return true;
	}
	reader->base = root;
	while (done &&
	       package_next(reader->package, &reader->member, &ignored) &&
	       reader->member)
		done = !is_wanted_beside(reader, member) ||
		       member_reader_read(reader, err);
	package_close(reader->package);
	reader->package = dump;
	reader->member = member;
	reader->rooted = false; /* that was another package's */
	reader->base = reader->capture->path;
	return done;
}

/* Symbols are read for themselves: a capture has them once. */
static bool has_symbols(const struct member_reader *reader)
{
	return reader->plan.addresses && reader->plan.addresses->count;
}

static bool read_members(struct member_reader *reader, struct error *err)
{
	do {
		if (!package_next(reader->package, &reader->member, err))
			return false;
		if (reader->member && (!read_beside(reader, err) ||
				       !member_reader_read(reader, err)))
			return false;
	} while (reader->member && !has_symbols(reader));
	return true;
}

/* alloc_calls ends at a page, in order of addresses, without a word. */
static bool say_missing(struct member_reader *reader, struct error *err)
{
	struct capture *capture = reader->capture;
	const struct traced_cache *cache;
	char name[QUOTE_CAPACITY];
	uint64_t held;
	bool done = true;

	for (cache = capture->caches.first; done && cache;
	     cache = cache->next) {
		if (!traced_cache_misses(cache, &capture->counters, &held))
			continue;
		quote_text(cache->name, QUOTE_LIMIT, name, sizeof(name));
		done = held ? capture_say(capture, err, reader->base,
					  "%" PRIu64 " of %" PRIu64
					  " objects of '%s' are missing: "
					  "alloc_calls ends at the size of a "
					  "page",
					  held - cache->objects, held, name)
			    : capture_say(capture, err, reader->base,
					  "alloc_calls of '%s' may end at "
					  "the size of a page before all "
					  "objects are listed",
					  name);
	}
	return done;
}

static bool finish(struct member_reader *reader, struct error *err)
{
	struct capture *capture = reader->capture;
	const char *loss = package_loss(reader->package);
	size_t i;

	for (i = 0; i < capture->source_count; i++)
		if (!capture_source_finish(&capture->sources[i], &reader->plan,
					   err))
			return false;
	capture->cut |= *loss != '\0';
	if (*loss && !capture_say(capture, err, capture->path, "%s", loss))
		return false;
	return log_choice_conclude(reader, err) &&
	       process_members_conclude(reader, err) &&
	       say_missing(reader, err);
}

static bool run(struct capture *capture, const char *path,
		const struct capture_options *options, struct error *err)
{
	const struct package_options opening = {
		.opener = options->opener,
		.processes = options->processes,
		/* The machine has some 5000 files of slab caches alone; of
		 * another folder all that is known tells where its root is. */
		.wanted = options->live || options->symbols ? options->wanted
							    : NULL,
	};
	struct member_reader *reader = calloc(1, sizeof(*reader));
	off_t start = -1;
	bool done;

	if (strcmp(path, "-") == 0)
		start = lseek(STDIN_FILENO, 0, SEEK_CUR);
	*capture = (struct capture){.uptime_ns = TS_NONE};
	if (!reader)
		return error_no_memory(err);
	reader->capture = capture;
	reader->options = options;
	reader->plan = options->ingest.plan;
	reader->began_from = options->began_from;
	capture->path = arena_string(&capture->arena, span_of(path));
	reader->base = capture->path;
	done = capture->path || error_no_memory(err);
	if (done && package_open(path, &opening, &reader->package, err)) {
		capture->single = member_is_alone(reader);
		done = read_members(reader, err) && finish(reader, err);
		capture->rereadable = package_can_rewind(reader->package);
	} else {
		done = false;
	}
	package_close(reader->package);
	/* Standard input has to begin again for whoever reads it again. */
	if (start >= 0)
		lseek(STDIN_FILENO, start, SEEK_SET);
	free(reader);
	return done;
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

/* When objects were made whose records tell it in jiffies. */
static void tell_times(struct capture *capture,
		       const struct capture_options *options)
{
	const struct tally_plan *plan = &options->ingest.plan;
	const struct tally_cuts cuts = {
		.before_ns =
			plan->before_own ? capture->uptime_ns : plan->before_ns,
		.fresh_ns = capture->uptime_ns,
	};
	size_t i;

	for (i = 0; capture->clock.hz && i < capture->source_count; i++)
		snapshot_tell_times(&capture->sources[i].snapshot,
				    capture->clock.hz, &cuts);
}

static void learn_clock(struct capture *capture,
			const struct capture_options *options)
{
	static const char *const names[] = {"slab_traces", "slab_free_traces",
					    "kmemleak"};
	struct jiffies_facts facts = {0};
	enum hz_origin origin = HZ_GIVEN;
	unsigned hz = options->hz;
	uint64_t config;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
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

static bool conclude(struct capture *capture,
		     const struct capture_options *options, struct error *err)
{
	if (!told_counters_adopt(capture, err))
		return false;
	capture->kernel = text_of(capture, "version", "release");
	capture->boot_id = text_of(capture, "boot_id", "boot_id");
	learn_clock(capture, options);
	tell_times(capture, options);
	capture_size_objects(capture, NULL);
	return capture_tell_manifest(capture, err);
}

/*
 * The dump with times that was read before it was known what began when: an
 * archive may have the uptime, or the manifest, behind it. *ret_ns is the T0
 * that it should have been read with.
 */
static const struct capture_source *read_too_soon(
	const struct capture *capture, const struct capture_options *options,
	uint64_t *ret_ns, enum began_from *ret_from)
{
	size_t i;

	for (i = 0; i < capture->source_count; i++) {
		const struct capture_source *source = &capture->sources[i];

		if (!source->format->timed)
			continue;
		*ret_ns = capture_began(capture, options, source->own);
		*ret_from = BEGAN_MANIFEST;
		if (*ret_ns == TS_NONE) {
			*ret_ns = capture->uptime_ns;
			*ret_from = BEGAN_UPTIME;
		}
		if (*ret_ns != TS_NONE && *ret_ns != source->asked_ns)
			return source;
	}
	return NULL;
}

/* Read it with T0, which nothing in it is to change. */
static bool run_again(struct capture *capture, const char *path,
		      const struct capture_options *options, uint64_t began_ns,
		      enum began_from from, struct error *err)
{
	struct capture_options again = *options;

	capture_deinit(capture);
	again.ingest.plan.began_ns = began_ns;
	again.ingest.plan.learn = false;
	again.began_from = from;
	return run(capture, path, &again, err);
}

bool capture_read(struct capture *capture, const char *path,
		  const struct capture_options *options, struct error *err)
{
	bool asked = options->ingest.plan.began_ns != TS_NONE ||
		     options->ignore_clocks;
	enum began_from from;
	uint64_t began_ns;

	if (!run(capture, path, options, err))
		return false;
	if (!asked && capture->rereadable &&
	    read_too_soon(capture, options, &began_ns, &from) &&
	    !run_again(capture, path, options, began_ns, from, err))
		return false;
	return conclude(capture, options, err);
}
