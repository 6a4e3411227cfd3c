/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/reading.h"

#include <inttypes.h>

#include "account/corroborate.h"
#include "base/quote.h"
#include "live/live_dump.h"
#include "output/quantity.h"

/* More of a dump than this cannot have been allocated while it was read. */
#define FRESH_BELIEVED 0.5

static void quote_path(const char *path, char *ret, size_t capacity)
{
	if (strcmp(path, "-") == 0)
		path = "standard input";
	quote_text(span_of(path), 4 * QUOTE_LIMIT, ret, capacity);
}

/* ---- what was lost ---- */

static void say_events(struct console *console, const char *path,
		       const struct loss *loss)
{
	unsigned i;

	for (i = 0; i < loss->event_count; i++) {
		const struct loss_event *event = &loss->events[i];

		console_warn(console,
			     "%s:%" PRIu64 ": expected %s, found \"%s\"; %s",
			     path, event->line, event->expected, event->found,
			     event->stray ? "line passed over"
					  : "record skipped");
	}
}

static void say_sums(struct console *console, const char *path,
		     const struct snapshot *snapshot)
{
	const struct loss *loss = &snapshot->loss;

	if (loss->records)
		console_warn(console,
			     "%s: %" PRIu64 " of %" PRIu64
			     " records skipped, first at line %" PRIu64
			     " (--strict makes this fatal)",
			     path, loss->records, snapshot->seen,
			     loss->first_line);
	if (loss->stray_lines > 1)
		console_warn(console,
			     "%s: %" PRIu64 " lines belong to no record", path,
			     loss->stray_lines);
	if (loss->unreadable)
		console_warn(console,
			     "%s: the kernel failed to print %" PRIu64
			     " records that do not fit in a page",
			     path, loss->unreadable);
	if (loss->input[0])
		console_warn(console, "%s: %s", path, loss->input);
}

static void say_loss(struct console *console, const char *path,
		     const struct snapshot *snapshot)
{
	const struct loss *loss = &snapshot->loss;
	char quoted[QUOTE_CAPACITY * 4];

	quote_path(path, quoted, sizeof(quoted));
	say_events(console, quoted, loss);
	say_sums(console, quoted, snapshot);
	if (loss->descents == 1)
		console_warn(console,
			     "%s:%" PRIu64 ": the PFN goes down here: these "
			     "are two dumps, and the numbers are their sums",
			     quoted, loss->first_descent);
	else if (loss->descents)
		console_warn(console,
			     "%s:%" PRIu64
			     ": the PFN goes down here and %" PRIu64
			     " times more: several dumps, or not in the "
			     "kernel's order; the numbers are sums",
			     quoted, loss->first_descent, loss->descents - 1);
}

static void say_remarks(struct console *console, const char *path,
			const struct remark *remark)
{
	char text[QUOTE_CAPACITY * 4], quoted[QUOTE_CAPACITY * 4];

	if (path)
		quote_path(path, quoted, sizeof(quoted));
	for (; remark; remark = remark->next) {
		quote_text(span_of(remark->text), sizeof(remark->text), text,
			   sizeof(text));
		if (path)
			console_warn(console, "%s: %s", quoted, text);
		else
			console_warn(console, "%s", text);
	}
}

/* ---- reading ---- */

static struct capture_options options_of(const struct cli *cli,
					 const uint64_t *before_ns)
{
	const struct settings *settings = cli->settings;

	return (struct capture_options){
		.ingest.plan.filter = &settings->filter,
		.ingest.plan.by = settings->grouping.fields,
		.ingest.plan.began_ns = TS_NONE,
		.ingest.plan.learn = true,
		.ingest.plan.before_own = before_ns == NULL,
		.ingest.plan.before_ns = before_ns ? *before_ns : TS_NONE,
		.ingest.format = settings->format,
		.ingest.threads = settings->threads,
		.ingest.progress =
			(struct progress_sink *)&cli->console.progress,
		.only = settings->source,
		.hz = settings->hz,
	};
}

static void begin_member(void *context, const char *path)
{
	struct console *console = context;
	char quoted[QUOTE_CAPACITY * 4];

	console_end(console);
	quote_path(path, quoted, sizeof(quoted));
	console_begin(console, quoted);
}

static bool read_capture(struct reading *reading, struct cli *cli,
			 const char *path, struct capture_options *options,
			 struct error *err)
{
	bool done;

	options->begins = begin_member;
	options->context = &cli->console;
	done = capture_read(&reading->capture, path, options, err);
	console_end(&cli->console);
	return done;
}

/* The dump whose records have times. */
static struct snapshot *timed_of(struct reading *reading)
{
	size_t i;

	for (i = 0; i < reading->capture.source_count; i++)
		if (reading->capture.sources[i].format->timed)
			return &reading->capture.sources[i].snapshot;
	return NULL;
}

/*
 * A machine that slept has an uptime ahead of its allocation times, so that
 * nothing would be younger than it: then the records have to tell.
 */
static bool uptime_is_ahead(struct reading *reading)
{
	const struct snapshot *timed = timed_of(reading);

	return timed && reading->capture.uptime_ns != TS_NONE &&
	       timed->youngest_ns &&
	       timed->youngest_ns < reading->capture.uptime_ns &&
	       reading->capture.rereadable;
}

/* Whether T0, as learned from the records, leaves most pages older than it. */
static bool is_believable(const struct snapshot *snapshot)
{
	uint64_t fresh = 0, timed = 0;
	const struct row *row;

	for (row = snapshot->rows; row; row = row->hh.next) {
		fresh += row->tally.units_fresh;
		timed += row->tally.units_timed;
	}
	return (double)fresh <= FRESH_BELIEVED * (double)timed;
}

/*
 * T0 that makes most pages younger than itself is wrong: try the youngest page
 * of the whole head, which is later, and do without where that is no better.
 */
static bool mend_began(struct reading *reading, struct cli *cli,
		       const char *path, struct capture_options *options,
		       struct error *err)
{
	struct snapshot *timed = timed_of(reading);
	uint64_t head_ns;

	if (reading->began_measured || !timed || timed->began_ns == TS_NONE ||
	    is_believable(timed))
		return true;
	head_ns = timed->head_ns;
	if (head_ns != TS_NONE && head_ns > timed->began_ns &&
	    reading->capture.rereadable) {
		capture_deinit(&reading->capture);
		options->ingest.plan.began_ns = head_ns;
		options->ingest.plan.learn = false;
		if (!read_capture(reading, cli, path, options, err))
			return false;
		timed = timed_of(reading);
	}
	if (timed && !is_believable(timed))
		timed->began_ns = TS_NONE;
	return true;
}

static bool read_well(struct reading *reading, struct cli *cli,
		      const char *path, const uint64_t *before_ns,
		      struct error *err)
{
	struct capture_options options = options_of(cli, before_ns);

	if (!read_capture(reading, cli, path, &options, err))
		return false;
	if (uptime_is_ahead(reading)) {
		capture_deinit(&reading->capture);
		options.ignore_uptime = true;
		if (!read_capture(reading, cli, path, &options, err))
			return false;
	}
	reading->began_measured = reading->capture.uptime_ns != TS_NONE;
	return mend_began(reading, cli, path, &options, err);
}

bool reading_open(struct reading *reading, struct cli *cli, const char *path,
		  const uint64_t *before_ns, struct error *err)
{
	char live[4096];

	if (!path) {
		if (!live_dump_path("", live, sizeof(live), err))
			return false;
		path = live;
	}
	if (!read_well(reading, cli, path, before_ns, err))
		return false;
	say_remarks(&cli->console, NULL, reading->capture.remarks);
	return true;
}

void reading_close(struct reading *reading)
{
	row_set_deinit(&reading->set);
	row_set_deinit(&reading->object_set);
	capture_deinit(&reading->capture);
}

uint64_t reading_began(const struct reading *reading)
{
	const struct snapshot *timed = timed_of((struct reading *)reading);

	return timed ? timed->began_ns : reading->capture.uptime_ns;
}

static bool source_is_lossy(const struct capture_source *source)
{
	return source && loss_is_any(&source->snapshot.loss);
}

bool reading_is_lossy(const struct reading *reading)
{
	return source_is_lossy(reading->shown) ||
	       source_is_lossy(reading->objects);
}

/* ---- what is said of the source that is shown ---- */

/* Filters on times leave nothing of a dump that has none. */
static void say_times(struct console *console, const struct settings *settings,
		      const struct snapshot *snapshot)
{
	const struct filter *filter = &settings->filter;

	if ((filter->since_ns || filter->until_ns) && !snapshot->youngest_ns)
		console_warn(console,
			     "no record has an allocation time: '--since' and "
			     "'--until' leave nothing");
}

/* A filter on what no record has takes all, or nothing. */
static void say_fields(struct console *console, const struct settings *settings,
		       const struct snapshot *snapshot)
{
	const struct group_key *key;

	for (key = group_keys; key->name; key++)
		if (!key->of_stack &&
		    settings->filter.fields & 1u << key->field &&
		    !(snapshot->fields_seen & 1u << key->field))
			console_warn(console,
				     "no record has a %s, which '--only' or "
				     "'--not' asks for",
				     key->name);
}

static void say_clock(struct console *console, const char *path,
		      const struct jiffies_clock *clock)
{
	static const char *const origins[] = {
		[HZ_UNKNOWN] = "",
		[HZ_GIVEN] = "as given",
		[HZ_CONFIG] = "from the kernel's configuration",
		[HZ_JIFFIES] = "from jiffies and the ages of objects",
		[HZ_UPTIME] = "from the uptime and the ages of objects",
	};

	if (clock->hz)
		console_warn(console, "%s: CONFIG_HZ is %u, %s", path,
			     clock->hz, origins[clock->origin]);
	else
		console_warn(console,
			     "%s: CONFIG_HZ is not known: ages are in jiffies "
			     "(--hz tells it)",
			     path);
}

/* What was found out about the input, and from what. */
static void say_decisions(struct console *console,
			  const struct reading *reading)
{
	const struct snapshot *snapshot = &reading->shown->snapshot;
	char path[QUOTE_CAPACITY * 4];

	quote_path(reading->shown->path, path, sizeof(path));
	console_warn(console, "%s: format %s, %" PRIu64 " lines", path,
		     reading->shown->format->name, snapshot->lines);
	if (snapshot->jiffies.oldest)
		say_clock(console, path, &reading->capture.clock);
	if (!reading->shown->format->timed)
		return;
	if (snapshot->began_ns == TS_NONE)
		console_warn(console,
			     "%s: no allocation times: what was kept, and what "
			     "is fresh, cannot be told",
			     path);
	else
		console_warn(console,
			     "%s: reading began at %.2f s of uptime, from %s",
			     path, (double)snapshot->began_ns / 1e9,
			     reading->began_measured ? "proc/uptime"
						     : "the first records");
}

/* What a source leaves out by its nature, where it is all there is. */
static void say_limits(struct console *console, const struct reading *reading)
{
	const struct capture_source *shown = reading->shown;
	const struct counters *counters = &reading->capture.counters;
	uint64_t threshold;
	char path[QUOTE_CAPACITY * 4];

	if (strcmp(shown->format->name, "page_owner_stacks") != 0)
		return;
	quote_path(shown->path, path, sizeof(path));
	console_warn(console,
		     "%s: not all pages: it leaves out those of early boot, "
		     "and stacks first seen where the kernel could not "
		     "allocate",
		     path);
	if (counters_value(counters, "count_threshold", SPAN(""),
			   "count_threshold", &threshold) &&
	    threshold)
		console_warn(console,
			     "%s: stacks of fewer than %" PRIu64
			     " pages are left out: count_threshold was set",
			     path, threshold);
}

static bool refuse_empty(const struct capture_source *source, struct error *err)
{
	const struct snapshot *snapshot = &source->snapshot;
	char path[QUOTE_CAPACITY * 4];

	quote_path(source->path, path, sizeof(path));
	if (!snapshot->entries)
		return error_set(err, ERROR_FORMAT, "%s: no %s record in it",
				 path, source->format->name);
	if (snapshot->loss.records && snapshot->loss.records == snapshot->seen)
		return error_set(err, ERROR_FORMAT,
				 "%s: not one of its records could be used",
				 path);
	return true;
}

/* ---- which source ---- */

/* The richest first. */
static const char *const richness[] = {
	"page_owner",  "page_owner_sort", "page_owner_stacks", "allocinfo",
	"slab_traces", "vmallocinfo",	  "slab_free_traces",
};
#define RICHNESS_COUNT (sizeof(richness) / sizeof(richness[0]))
/* So many of them count the pages of stacks, and can stand for each other. */
#define RICHNESS_PAGES 3

static bool all_have(struct reading *readings, size_t count, const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!capture_source(&readings[i].capture, name))
			return false;
	return true;
}

/* "page_owner, slab_traces" */
static void list_sources(const struct capture *capture, char *ret,
			 size_t capacity)
{
	size_t length = 0, i;

	snprintf(ret, capacity, "no stacks");
	for (i = 0; i < capture->source_count && length < capacity; i++)
		length += (size_t)snprintf(ret + length, capacity - length,
					   "%s%s", i ? ", " : "",
					   capture->sources[i].format->name);
}

static bool refuse_source(const struct reading *reading, const char *name,
			  struct error *err)
{
	char path[QUOTE_CAPACITY * 4], there[256];

	quote_path(reading->capture.path, path, sizeof(path));
	list_sources(&reading->capture, there, sizeof(there));
	return error_set(err, ERROR_FORMAT, "%s: no %s in it; it holds %s",
			 path, name, there);
}

/* A capture without stacks may be full of counters. */
static bool refuse_all(const struct reading *reading, struct error *err)
{
	char path[QUOTE_CAPACITY * 4];

	quote_path(reading->capture.path, path, sizeof(path));
	return error_set(err, ERROR_FORMAT,
			 reading->capture.member_count
				 ? "%s: it has counters, and nothing that has "
				   "stacks ('pageowl contents' lists it)"
				 : "%s: nothing in it is known; 'pageowl help "
				   "formats' lists what is looked for",
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
static bool show_pages(struct reading *reading)
{
	size_t i;

	for (i = 0; i < RICHNESS_PAGES && !reading->shown; i++)
		reading->shown = capture_source(&reading->capture, richness[i]);
	return reading->shown;
}

static bool show_richest(struct reading *readings, size_t count,
			 struct error *err)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!readings[i].capture.source_count)
			return refuse_all(&readings[i], err);
	for (i = 0; i < RICHNESS_COUNT; i++)
		if (all_have(readings, count, richness[i]))
			return show_source(readings, count, richness[i], err);
	for (i = 0; i < count && show_pages(&readings[i]); i++)
		;
	if (i == count)
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

static void show_objects(struct reading *readings, size_t count,
			 const struct settings *settings)
{
	size_t i;

	if (!all_have(readings, count, "slab_traces") ||
	    readings[0].shown->format->unit != UNIT_PAGE ||
	    readings[0].shown->format->identity || !objects_fit(settings))
		return;
	for (i = 0; i < count; i++) {
		readings[i].objects =
			capture_source(&readings[i].capture, "slab_traces");
		if (!readings[i].objects->snapshot.entries)
			break;
	}
	if (i == count)
		return;
	for (i = 0; i < count; i++)
		readings[i].objects = NULL;
}

/* Sizes of both, or of neither. */
static void even_units(struct reading *readings, size_t count)
{
	bool bytes = true;
	size_t i, j;

	for (i = 0; i < count; i++) {
		const struct capture_source *slab =
			capture_source(&readings[i].capture, "slab_traces");

		bytes = bytes && (!slab || slab->snapshot.unit != UNIT_OBJECT);
	}
	for (i = 0; i < count && !bytes; i++)
		for (j = 0; j < readings[i].capture.source_count; j++) {
			struct capture_source *source =
				&readings[i].capture.sources[j];

			if (source->format->identity & 1u << FIELD_CACHE)
				object_sizes_drop(&source->snapshot);
		}
}

/* In the order of the table: that of an archive's members means nothing. */
static void note_others(struct reading *reading)
{
	size_t count = 0, i;

	for (i = 0; formats[i]; i++) {
		const struct capture_source *source =
			capture_source(&reading->capture, formats[i]->name);

		if (source && source != reading->shown &&
		    source != reading->objects)
			reading->others[count++] = source->format->name;
	}
	reading->others[count] = NULL;
}

static void say_shown(struct cli *cli, const struct reading *reading)
{
	const struct snapshot *snapshot = &reading->shown->snapshot;

	say_loss(&cli->console, reading->shown->path, snapshot);
	say_remarks(&cli->console, reading->shown->path, snapshot->remarks);
	if (reading->objects)
		say_loss(&cli->console, reading->objects->path,
			 &reading->objects->snapshot);
	if (cli->settings->verbose)
		say_decisions(&cli->console, reading);
	say_limits(&cli->console, reading);
	say_times(&cli->console, cli->settings, snapshot);
	say_fields(&cli->console, cli->settings, snapshot);
}

bool reading_choose(struct reading *readings, size_t count, struct cli *cli,
		    struct error *err)
{
	const struct settings *settings = cli->settings;
	size_t i;

	if (!(settings->source
		      ? show_source(readings, count, settings->source, err)
		      : show_richest(readings, count, err)))
		return false;
	even_units(readings, count);
	show_objects(readings, count, settings);
	for (i = 0; i < count; i++) {
		note_others(&readings[i]);
		say_shown(cli, &readings[i]);
		if (!refuse_empty(readings[i].shown, err))
			return false;
	}
	return true;
}

/* ---- what is known of it ---- */

/*
 * The size of a pageblock tells the size of a page: 2 MiB (or 4 MiB) blocks of
 * 4 KiB pages on x86 and arm64, 32 MiB of 16 KiB, 512 MiB of 64 KiB on arm64.
 */
static uint64_t page_size_of_block(unsigned shift)
{
	switch (shift) {
	case 9:
	case 10:
		return 4096;
	case 11:
		return 16384;
	case 13:
		return 65536;
	default:
		return 0;
	}
}

/* Any source of the capture may tell it. */
static uint64_t infer_page_size(const struct reading *reading)
{
	size_t i;

	for (i = 0; i < reading->capture.source_count; i++) {
		const struct snapshot *snapshot =
			&reading->capture.sources[i].snapshot;
		uint64_t size = page_size_of_block(snapshot->block_shift);

		if (snapshot->page_size)
			return snapshot->page_size;
		if (size)
			return size;
	}
	return 0;
}

static void set_unit(const struct reading *reading,
		     const struct settings *settings,
		     const struct snapshot *snapshot, struct report_side *side)
{
	side->unit = snapshot->unit;
	side->unit_bytes = 1;
	if (side->unit != UNIT_PAGE)
		return;
	side->page_size_from = "inferred";
	side->unit_bytes = infer_page_size(reading);
	if (!side->unit_bytes) {
		side->unit_bytes = 4096;
		side->page_size_from = "assumed";
	}
	if (settings->page_size) {
		side->unit_bytes = settings->page_size;
		side->page_size_from = "given";
	}
}

static void set_side(const struct reading *reading,
		     const struct capture_source *source,
		     const struct row_set *set, struct report_side *ret)
{
	const struct capture *capture = &reading->capture;

	*ret = (struct report_side){
		.path = capture->path,
		.kernel = capture->kernel,
		.format = source->format->name,
		.noun = source->format->noun ? source->format->noun : "record",
		.timed = source->format->timed,
		.stacks_only = source->format->stacks_only,
		.set = set,
		.snapshot = &source->snapshot,
		.began_ns = source->format->timed ? source->snapshot.began_ns
						  : capture->uptime_ns,
		.began_measured = reading->began_measured,
		.clock = capture->clock,
		.others = reading->others,
	};
	ret->fresh_known = ret->began_ns != TS_NONE;
	if (source->format->identity & 1u << FIELD_CACHE)
		ret->sizes = &capture->sizes;
}

void reading_side(const struct reading *reading,
		  const struct settings *settings, struct report_side *ret)
{
	set_side(reading, reading->shown, &reading->set, ret);
	set_unit(reading, settings, &reading->shown->snapshot, ret);
}

void reading_object_side(const struct reading *reading, struct report_side *ret)
{
	set_side(reading, reading->objects, &reading->object_set, ret);
	ret->unit = reading->objects->snapshot.unit;
	ret->unit_bytes = 1;
}

void reading_report(const struct settings *settings, struct report *report,
		    const char *keys[GROUP_KEYS_MAX + 1])
{
	size_t i;

	for (i = 0; i < settings->grouping.count; i++)
		keys[i] = settings->grouping.keys[i]->name;
	keys[i] = NULL;
	report->keys = i ? keys : NULL;
	report->all_ranked = settings->all ||
			     filter_names_category(&settings->filter) ||
			     settings->filter.has_function;
}

/* ---- the same culprits elsewhere ---- */

static uint64_t unit_bytes_of(const struct reading *reading,
			      const struct settings *settings,
			      const struct snapshot *snapshot)
{
	struct report_side side = {0};

	set_unit(reading, settings, snapshot, &side);
	return side.unit_bytes;
}

/* Ask the source called name, where all captures have it. */
static bool ask(struct reading *readings, size_t count,
		const struct settings *settings, const char *name,
		struct report *report, struct error *err)
{
	struct witness witness = {.source = name};
	size_t i;

	if (!all_have(readings, count, name) ||
	    strcmp(report->sides[0].format, name) == 0)
		return true;
	for (i = 0; i < count; i++) {
		const struct snapshot *snapshot =
			&capture_source(&readings[i].capture, name)->snapshot;

		if (snapshot->unit == UNIT_OBJECT)
			return true;
		witness.sides[i] = snapshot;
		witness.unit_bytes[i] =
			unit_bytes_of(&readings[i], settings, snapshot);
	}
	return corroborate(report, &witness, err);
}

/*
 * Who has freed an object, and who took the page that it lies in, are no
 * witnesses of who holds it.
 */
static bool ask_all(struct reading *readings, size_t count,
		    const struct settings *settings, struct report *report,
		    struct error *err)
{
	bool on_objects = report_is_on_objects(report);

	if (!on_objects &&
	    (!ask(readings, count, settings, "page_owner", report, err) ||
	     !ask(readings, count, settings, "page_owner_stacks", report,
		  err) ||
	     !ask(readings, count, settings, "vmallocinfo", report, err)))
		return false;
	return ask(readings, count, settings, "allocinfo", report, err);
}

/* ---- showing ---- */

static bool arrange(struct cli *cli, struct reading *readings, size_t count,
		    struct report *report, struct error *err)
{
	const struct settings *settings = cli->settings;

	return report_arrange(report, settings->sort, settings->reverse, err) &&
	       ask_all(readings, count, settings, report, err);
}

int reading_show(struct cli *cli, struct reading *readings, size_t count,
		 struct report *report)
{
	const struct settings *settings = cli->settings;
	struct output_options show = settings->show;
	struct error err = {0};
	bool lossy = false;
	size_t i;

	show.colour = console_colours(&cli->console, settings->colour);
	show.width = console_width(&cli->console);
	if (!arrange(cli, readings, count, report, &err) ||
	    (report->objects &&
	     !arrange(cli, readings, count, report->objects, &err)) ||
	    !settings->output->write(report, &show, cli->console.out, &err)) {
		console_error(&cli->console, "%s", err.text);
		return STATUS_TROUBLE;
	}
	if (!console_flush(&cli->console))
		return STATUS_TROUBLE;
	for (i = 0; i < count; i++)
		lossy |= reading_is_lossy(&readings[i]);
	if (lossy && settings->strict) {
		console_error(&cli->console,
			      "not all of the input could be counted, and "
			      "--strict was given");
		return STATUS_TROUBLE;
	}
	return STATUS_DONE;
}
