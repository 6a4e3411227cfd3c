/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/notices.h"

#include <inttypes.h>

/* A broken capture must not flood a terminal. */
#define REMARKS_SHOWN 12

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
		     const struct snapshot *snapshot, bool of_many)
{
	const struct loss *loss = &snapshot->loss;

	if (loss->records && of_many)
		console_warn(console,
			     "%s: %" PRIu64 " of %" PRIu64
			     " records skipped (--strict makes this fatal)",
			     path, loss->records, snapshot->seen);
	else if (loss->records)
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
		     const struct capture_source *source)
{
	const struct snapshot *snapshot = &source->snapshot;
	const struct loss *loss = &snapshot->loss;
	char quoted[QUOTE_PATH_CAPACITY];

	/* Of several members each has told where its damage is. */
	quote_path(source->members > 1 ? path : source->path, quoted);
	say_events(console, quoted, loss);
	say_sums(console, quoted, snapshot, source->members > 1);
	/* What a log reports comes in no order. */
	if (source->format->reported)
		return;
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

void notice_remarks(struct console *console, const char *path,
		    const struct remark *remark)
{
	char quoted[QUOTE_PATH_CAPACITY];
	size_t shown = 0, rest = 0;

	if (path)
		quote_path(path, quoted);
	for (; remark && shown < REMARKS_SHOWN; remark = remark->next) {
		shown++;
		if (path)
			console_warn(console, "%s: %s", quoted, remark->text);
		else
			console_warn(console, "%s", remark->text);
	}
	for (; remark; remark = remark->next)
		rest++;
	if (rest)
		console_warn(console, "and %zu remark%s more like these", rest,
			     rest == 1 ? "" : "s");
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
		if (!key->of_row &&
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
	static const char *const origins[] = {
		[BEGAN_RECORDS] = "the first records",
		[BEGAN_UPTIME] = "proc/uptime",
		[BEGAN_MANIFEST] = "the manifest",
	};
	const struct snapshot *snapshot = &reading->shown->snapshot;
	char path[QUOTE_PATH_CAPACITY];

	quote_path(reading->shown->path, path);
	console_warn(console, "%s: format %s, %" PRIu64 " lines", path,
		     reading->shown->format->name, snapshot->lines);
	if (snapshot->jiffies.oldest || snapshot->has_times)
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
			     origins[reading->shown->began_from]);
}

/* What a source leaves out by its nature, where it is all there is. */
static void say_limits(struct console *console, const struct reading *reading,
		       bool last)
{
	const struct capture_source *shown = reading->shown;
	const struct counters *counters = &reading->capture.counters;
	uint64_t threshold;
	char path[QUOTE_PATH_CAPACITY];

	if (last && strcmp(shown->format->name, "slab_free_traces") == 0)
		console_warn(console,
			     "free_traces tell who freed what lay there "
			     "before, not who holds memory now");
	if (strcmp(shown->format->name, "page_owner_stacks") != 0)
		return;
	quote_path(shown->path, path);
	if (last)
		console_warn(console,
			     "%s: not all pages: those of early boot are left "
			     "out, and stacks first seen where the kernel "
			     "could not allocate",
			     path);
	if (counters_value(counters, "count_threshold", SPAN(""),
			   "count_threshold", &threshold) &&
	    threshold)
		console_warn(console,
			     "%s: stacks of fewer than %" PRIu64
			     " pages are left out: count_threshold was set",
			     path, threshold);
}

static bool was_told(const struct remark *told, const struct remark *remark)
{
	for (; told; told = told->next)
		if (strcmp(told->text, remark->text) == 0)
			return true;
	return false;
}

/* Of objects out of the text that the pages are of, what these did not say. */
static void say_companion(struct console *console,
			  const struct reading *reading)
{
	const struct remark *told = reading->shown->snapshot.remarks, *remark;
	char quoted[QUOTE_PATH_CAPACITY];

	if (reading->shown->format->companion != reading->objects->format)
		return;
	quote_path(reading->objects->path, quoted);
	for (remark = reading->objects->snapshot.remarks; remark;
	     remark = remark->next)
		if (!was_told(told, remark))
			console_warn(console, "%s: %s", quoted, remark->text);
}

void notice_shown(struct cli *cli, const struct reading *reading, bool last)
{
	const struct snapshot *snapshot = &reading->shown->snapshot;

	say_loss(&cli->console, reading->capture.path, reading->shown);
	notice_remarks(&cli->console, reading->shown->path, snapshot->remarks);
	if (reading->objects) {
		say_loss(&cli->console, reading->capture.path,
			 reading->objects);
		say_companion(&cli->console, reading);
	}
	if (cli->settings->verbose)
		say_decisions(&cli->console, reading);
	say_limits(&cli->console, reading, last);
	say_times(&cli->console, cli->settings, snapshot);
	say_fields(&cli->console, cli->settings, snapshot);
}
