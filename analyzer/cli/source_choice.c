/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the sources of one or two captures a command shows. */
#include <inttypes.h>

#include "account/memory_report.h"
#include "cli/notices.h"
#include "cli/reading.h"
#include "formats/member_path.h"
#include "model/manifest_view.h"

static bool refuse_empty(const struct capture_source *source, struct error *err)
{
	const struct snapshot *snapshot = &source->snapshot;
	char path[QUOTE_PATH_CAPACITY];

	quote_path(source->path, path);
	if (!snapshot->entries)
		return error_set(err, ERROR_FORMAT, "%s: no %s record in it",
				 path, source->format->name);
	if (snapshot->loss.records && snapshot->loss.records == snapshot->seen)
		return error_set(err, ERROR_FORMAT,
				 "%s: not one of its records could be used",
				 path);
	return true;
}

/* The richest first. */
static const char *const richness[] = {
	"page_owner",  "page_owner_sort",  "crash_owner", "page_owner_stacks",
	"allocinfo",   "slab_traces",	   "kmemleak",	  "slab_allocators",
	"trace_pages", "trace_objects",	   "slub_report", "dump_page",
	"vmallocinfo", "slab_free_traces",
};
#define RICHNESS_COUNT (sizeof(richness) / sizeof(richness[0]))
/* So many of them count the pages of stacks, and can stand for each other. */
#define RICHNESS_PAGES 4
/* So many tell of all memory who holds it. */
#define RICHNESS_HOLDERS 5

/* It counts nothing at all, as allocinfo while profiling is off. */
static bool is_of_zeros(const struct capture_source *source)
{
	const struct row *row = source->snapshot.rows;

	while (row && !row->tally.records && !row->tally.units)
		row = row->hh.next;
	return source->snapshot.rows && !row;
}

/* Whether there is one record in it that could be counted. */
static bool is_usable(const struct capture_source *source)
{
	const struct snapshot *snapshot = &source->snapshot;

	return snapshot->entries &&
	       !(snapshot->loss.records &&
		 snapshot->loss.records == snapshot->seen) &&
	       !is_of_zeros(source);
}

static uint64_t pages_of(const struct capture_source *source)
{
	const struct row *row;
	uint64_t pages = 0;

	for (row = source->snapshot.rows; row; row = row->hh.next)
		pages += row->tally.units;
	return pages;
}

/*
 * page_owner has more pages than page_owner_stacks, early ones; where it has
 * fewer, since reading it ended early, it tells less.
 */
static bool is_outdone(struct reading *reading,
		       const struct capture_source *source)
{
	const struct capture_source *sums =
		capture_source(&reading->capture, "page_owner_stacks");

	return strcmp(source->format->name, "page_owner") == 0 &&
	       source->snapshot.loss.input[0] && sums && is_usable(sums) &&
	       !sums->snapshot.loss.input[0] &&
	       pages_of(sums) > pages_of(source);
}

static bool all_have(struct reading *readings, size_t count, const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!capture_source(&readings[i].capture, name))
			return false;
	return true;
}

static bool all_can_use(struct reading *readings, size_t count,
			const char *name)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct capture_source *source =
			capture_source(&readings[i].capture, name);

		if (!source || !is_usable(source) ||
		    is_outdone(&readings[i], source))
			return false;
	}
	return true;
}

/* The name of a source that the capture holds, read or not; or NULL. */
static const char *name_there(const struct capture *capture, size_t rank)
{
	const struct format *unread = capture->unread;
	const char *name = richness[rank];

	if (unread && strcmp(unread->name, name) == 0)
		return name;
	return capture_source((struct capture *)capture, name) ? name : NULL;
}

/* "page_owner, slab_traces" */
static void list_sources(const struct capture *capture, char *ret,
			 size_t capacity)
{
	size_t length = 0, i;

	snprintf(ret, capacity, "no stacks");
	for (i = 0; i < RICHNESS_COUNT && length < capacity; i++) {
		const char *name = name_there(capture, i);

		if (name)
			length += (size_t)snprintf(ret + length,
						   capacity - length, "%s%s",
						   length ? ", " : "", name);
	}
}

bool reading_reason(const struct reading *reading, const char *name, char *ret,
		    size_t capacity)
{
	const struct capture *capture = &reading->capture;
	const struct counter_entry *at = NULL;
	struct manifest_member member;

	while (manifest_view_next(&capture->counters, &at, &member)) {
		struct span root, own;
		const struct format *format =
			format_by_path(member.path, &root, &own);

		if (!member.why.length || !format ||
		    strcmp(format->name, name) != 0)
			continue;
		quote_text(member.why, capacity / 4, ret, capacity);
		return true;
	}
	return false;
}

static bool refuse_source(const struct reading *reading, const char *name,
			  struct error *err)
{
	char path[QUOTE_PATH_CAPACITY], there[256], why[2048];

	quote_path(reading->capture.path, path);
	list_sources(&reading->capture, there, sizeof(there));
	if (reading_reason(reading, name, why, sizeof(why)))
		return error_set(err, ERROR_FORMAT,
				 "%s: no %s in it: %s (it holds %s)", path,
				 name, why, there);
	return error_set(err, ERROR_FORMAT, "%s: no %s in it; it holds %s",
			 path, name, there);
}

bool reading_is_known(const struct reading *reading, struct error *err)
{
	char path[QUOTE_PATH_CAPACITY];

	if (reading->capture.member_count)
		return true;
	quote_path(reading->capture.path, path);
	return error_set(err, ERROR_FORMAT,
			 "%s: nothing in it is known; 'pageowl help formats' "
			 "lists what is looked for",
			 path);
}

/* A capture without stacks may be full of counters. */
static bool refuse_all(const struct reading *reading, struct error *err)
{
	char path[QUOTE_PATH_CAPACITY], why[1200];

	if (!reading_is_known(reading, err))
		return false;
	quote_path(reading->capture.path, path);
	if (memory_report_of_cgroup(&reading->capture.counters, why,
				    sizeof(why)))
		return error_set(err, ERROR_FORMAT, "%s: %s", path, why);
	return error_set(err, ERROR_FORMAT,
			 "%s: it has counters, and nothing that has stacks "
			 "('pageowl contents' lists it)",
			 path);
}

static bool show_source(struct reading *readings, size_t count,
			const char *name, struct error *err)
{
	size_t i;

	for (i = 0; i < count; i++) {
		readings[i].shown = capture_source(&readings[i].capture, name);
		if (!readings[i].shown)
			return refuse_source(&readings[i], name, err);
	}
	return true;
}

/* Pages of stacks are pages of stacks, whoever has counted them. */
static bool show_pages(struct reading *reading, bool usable)
{
	size_t i;

	reading->shown = NULL;
	for (i = 0; i < RICHNESS_PAGES && !reading->shown; i++) {
		reading->shown = capture_source(&reading->capture, richness[i]);
		if (usable && reading->shown &&
		    (!is_usable(reading->shown) ||
		     is_outdone(reading, reading->shown)))
			reading->shown = NULL;
	}
	return reading->shown;
}

/* The richest that all have, of the first so many. */
static bool show_common(struct reading *readings, size_t count, bool usable,
			size_t limit)
{
	struct error ignored;
	size_t i;

	for (i = 0; i < limit; i++)
		if (usable ? all_can_use(readings, count, richness[i])
			   : all_have(readings, count, richness[i]))
			return show_source(readings, count, richness[i],
					   &ignored);
	for (i = 0; i < count && show_pages(&readings[i], usable); i++)
		;
	return i == count;
}

/* Tell of sources that would have been shown, had they one good record. */
static void warn_unusable(struct console *console, struct reading *reading)
{
	const char *shown = reading->shown->format->name;
	char path[QUOTE_PATH_CAPACITY];
	size_t i;

	for (i = 0; strcmp(richness[i], shown) != 0; i++) {
		const struct capture_source *source =
			capture_source(&reading->capture, richness[i]);

		if (!source)
			continue;
		/* Why nothing in a log counts is what its remarks tell. */
		if ((source->format->reported && !source->snapshot.entries) ||
		    is_of_zeros(source)) {
			notice_remarks(console, source->path,
				       source->snapshot.remarks);
			continue;
		}
		quote_path(source->path, path);
		if (!is_usable(source))
			console_warn(console,
				     "%s: no record in it can be used; %s is "
				     "shown",
				     path, shown);
		else if (is_outdone(reading, source))
			console_warn(console,
				     "%s: %s; %s is shown, which has more "
				     "(--source=%s asks for it)",
				     path, source->snapshot.loss.input, shown,
				     source->format->name);
	}
}

static bool show_richest(struct reading *readings, size_t count,
			 struct cli *cli, struct error *err)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!readings[i].capture.source_count)
			return refuse_all(&readings[i], err);
	/* What was lost is told by the refusal, where it is to be fatal. */
	if (!cli->settings->strict &&
	    show_common(readings, count, true, RICHNESS_COUNT)) {
		for (i = 0; i < count; i++)
			warn_unusable(&cli->console, &readings[i]);
		return true;
	}
	if (show_common(readings, count, false, RICHNESS_COUNT))
		return true;
	return refuse_source(&readings[count - 1],
			     readings[0].capture.sources[0].format->name, err);
}

/* Rules on what slab traces do not have leave their objects out. */
static bool objects_fit(const struct settings *settings)
{
	static const field_set had = 1u << FIELD_CACHE | 1u << FIELD_PID |
				     1u << FIELD_CPU | 1u << FIELD_NODE;
	const struct filter *filter = &settings->filter;

	return !settings->grouping.count && !(filter->fields & ~had) &&
	       !filter->since_ns && !filter->until_ns;
}

/*
 * Whose objects lie in the slab pages that are shown: those of a trace have to
 * be of the same trace; SLAB and SLUB do not count alike. NULL: nobody's.
 */
static const char *objects_of(struct reading *readings, size_t count)
{
	static const char *const of_caches[] = {"slab_traces",
						"slab_allocators"};
	size_t i;

	if (strcmp(readings[0].shown->format->name, "trace_pages") == 0)
		return all_have(readings, count, "trace_objects")
			       ? "trace_objects"
			       : NULL;
	for (i = 0; i < sizeof(of_caches) / sizeof(of_caches[0]); i++)
		if (all_have(readings, count, of_caches[i]))
			return of_caches[i];
	return NULL;
}

static void show_objects(struct reading *readings, size_t count,
			 const struct settings *settings)
{
	const char *name = objects_of(readings, count);
	size_t i;

	if (!name || readings[0].shown->format->unit != UNIT_PAGE ||
	    readings[0].shown->format->identity || !objects_fit(settings))
		return;
	for (i = 0; i < count; i++) {
		readings[i].objects =
			capture_source(&readings[i].capture, name);
		if (!is_usable(readings[i].objects))
			break;
	}
	if (i == count)
		return;
	for (i = 0; i < count; i++)
		readings[i].objects = NULL;
}

/* Sizes of all, or of none. */
static void even_unit(struct reading *readings, size_t count, const char *name)
{
	struct capture_source *source;
	bool bytes = true;
	size_t i;

	for (i = 0; i < count; i++) {
		source = capture_source(&readings[i].capture, name);
		bytes = bytes &&
			(!source || source->snapshot.unit != UNIT_OBJECT);
	}
	for (i = 0; i < count && !bytes; i++) {
		source = capture_source(&readings[i].capture, name);
		if (source)
			object_sizes_drop(&source->snapshot);
	}
}

static void even_units(struct reading *readings, size_t count)
{
	even_unit(readings, count, "slab_traces");
	even_unit(readings, count, "slab_allocators");
	even_unit(readings, count, "slab_free_traces");
	even_unit(readings, count, "slub_report");
}

/* A source that was not read may be usable. */
static bool can_be_asked(struct capture *capture, const char *name)
{
	const struct capture_source *source = capture_source(capture, name);

	return !source || is_usable(source);
}

/* In an order that does not depend on that of members in an archive. */
static void note_others(struct reading *reading)
{
	size_t count = 0, i;

	for (i = 0; i < RICHNESS_COUNT; i++) {
		const char *name = name_there(&reading->capture, i);

		if (name && can_be_asked(&reading->capture, name) &&
		    strcmp(name, reading->shown->format->name) != 0 &&
		    (!reading->objects ||
		     strcmp(name, reading->objects->format->name) != 0))
			reading->others[count++] = name;
	}
	reading->others[count] = NULL;
}

/*
 * Keys that few sources can tell ask for the richest of those: the ones that
 * tell their records apart by them. NULL: none is in all captures.
 */
static const char *source_of_fields(struct reading *readings, size_t count,
				    field_set fields)
{
	static const enum record_field keys[] = {FIELD_CACHE, FIELD_SITE,
						 FIELD_KIND};
	size_t i, j;

	if (fields & 1u << FIELD_CPU)
		fields |= 1u << FIELD_CACHE;
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		for (j = 0; j < RICHNESS_COUNT; j++)
			if (fields & format_named(richness[j])->identity &
				    1u << keys[i] &&
			    all_have(readings, count, richness[j]))
				return richness[j];
	return NULL;
}

static bool show_wanted(struct reading *readings, size_t count, struct cli *cli,
			struct error *err)
{
	const struct settings *settings = cli->settings;
	const char *name = settings->source;

	if (!name)
		name = source_of_fields(readings, count,
					settings->filter.fields |
						settings->grouping.fields);
	if (name)
		return show_source(readings, count, name, err);
	return show_richest(readings, count, cli, err);
}

static void size_both(struct reading *readings, size_t count)
{
	if (count == 2) {
		capture_size_objects(&readings[0].capture,
				     &readings[1].capture);
		capture_size_objects(&readings[1].capture,
				     &readings[0].capture);
	}
	even_units(readings, count);
}

bool reading_choose(struct reading *readings, size_t count, struct cli *cli,
		    struct error *err)
{
	const struct settings *settings = cli->settings;
	size_t i;

	if (!show_wanted(readings, count, cli, err))
		return false;
	size_both(readings, count);
	show_objects(readings, count, settings);
	for (i = 0; i < count; i++) {
		note_others(&readings[i]);
		notice_shown(cli, &readings[i], i + 1 == count);
		if (!refuse_empty(readings[i].shown, err))
			return false;
	}
	return true;
}

static bool wants_one(const struct settings *settings)
{
	return settings->source || settings->grouping.count ||
	       settings->filter.fields ||
	       strcmp(settings->output->name, "text") != 0;
}

bool reading_choose_next(struct reading *reading, struct cli *cli)
{
	const char **others = reading->others;
	struct capture_source *next = NULL;
	size_t i;

	if (wants_one(cli->settings) || reading->shown->rank != SOURCE_OF_LOG)
		return false;
	for (i = 0; others[i] && !next; i++) {
		next = capture_source(&reading->capture, others[i]);
		if (next && (next->rank != SOURCE_OF_LOG || !is_usable(next)))
			next = NULL;
	}
	if (!next)
		return false;
	for (; others[i]; i++)
		others[i - 1] = others[i];
	others[i - 1] = NULL;
	reading->shown = next;
	reading->objects = NULL;
	row_set_deinit(&reading->set);
	row_set_deinit(&reading->object_set);
	reading->set = reading->object_set = (struct row_set){0};
	notice_shown(cli, reading, true);
	return true;
}

static bool is_of_holders(const char *name)
{
	size_t i;

	for (i = 0; i < RICHNESS_HOLDERS; i++)
		if (strcmp(richness[i], name) == 0)
			return true;
	return false;
}

static bool refuse_holders(const char *name, struct error *err)
{
	return error_set(err, ERROR_USAGE,
			 "'account' takes no '--source=%s'; use page_owner, "
			 "page_owner_sort, crash_owner, page_owner_stacks or "
			 "allocinfo",
			 name);
}

/* Objects beside the holders, whatever these are. */
static void show_traces(struct reading *readings, size_t count)
{
	size_t i;

	if (!all_can_use(readings, count, "slab_traces"))
		return;
	for (i = 0; i < count; i++)
		readings[i].objects =
			capture_source(&readings[i].capture, "slab_traces");
}

/* Tell of sources that would do, had they one good record. */
static void note_unusable(struct console *console, struct reading *reading)
{
	char path[QUOTE_PATH_CAPACITY];
	size_t i;

	for (i = 0; i < RICHNESS_HOLDERS; i++) {
		const struct capture_source *source =
			capture_source(&reading->capture, richness[i]);

		if (!source || is_usable(source))
			continue;
		/* Which is no loss. */
		if (is_of_zeros(source)) {
			notice_remarks(console, source->path,
				       source->snapshot.remarks);
			continue;
		}
		reading->unusable = true;
		quote_path(source->path, path);
		console_warn(console, "%s: no record in it can be used", path);
	}
}

const char *reading_holders(const struct reading *reading)
{
	size_t i;

	for (i = 0; i < RICHNESS_HOLDERS; i++) {
		const struct capture_source *source = capture_source(
			(struct capture *)&reading->capture, richness[i]);

		if (source && is_usable(source))
			return richness[i];
	}
	return NULL;
}

bool reading_choose_holders(struct reading *readings, size_t count,
			    struct cli *cli, struct error *err)
{
	const char *name = cli->settings->source;
	size_t i;

	if (name && !is_of_holders(name))
		return refuse_holders(name, err);
	if (name && !show_source(readings, count, name, err))
		return false;
	size_both(readings, count);
	show_traces(readings, count);
	if (!name && !show_common(readings, count, true, RICHNESS_HOLDERS)) {
		for (i = 0; i < count; i++) {
			readings[i].shown = NULL;
			note_unusable(&cli->console, &readings[i]);
		}
		return true;
	}
	for (i = 0; i < count; i++) {
		note_others(&readings[i]);
		notice_shown(cli, &readings[i], i + 1 == count);
		warn_unusable(&cli->console, &readings[i]);
		if (!refuse_empty(readings[i].shown, err))
			return false;
	}
	return true;
}
