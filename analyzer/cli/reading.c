/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/reading.h"

#include <inttypes.h>

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

/* ---- reading ---- */

static bool prefix_path(const char *path, struct error *err)
{
	char quoted[QUOTE_CAPACITY * 4], text[sizeof(err->text)];

	quote_path(path, quoted, sizeof(quoted));
	memcpy(text, err->text, sizeof(text));
	return error_set(err, err->code, "%s: %.700s", quoted, text);
}

static struct ingest_options options_of(const struct cli *cli,
					const struct reading *reading,
					const uint64_t *before_ns)
{
	const struct settings *settings = cli->settings;
	uint64_t began = reading->began_ns;

	return (struct ingest_options){
		.plan.filter = &settings->filter,
		.plan.by = settings->grouping.fields,
		.plan.began_ns = began,
		.plan.learn = began == TS_NONE,
		.plan.before_own = before_ns == NULL,
		.plan.before_ns = before_ns ? *before_ns : TS_NONE,
		.format = settings->format,
		.threads = settings->threads,
		.progress = (struct progress_sink *)&cli->console.progress,
	};
}

static bool read_source(struct reading *reading, struct cli *cli,
			const uint64_t *before_ns, struct error *err)
{
	struct ingest_options options = options_of(cli, reading, before_ns);
	char path[QUOTE_CAPACITY * 4];
	struct source *source;

	if (!source_create(reading->capture.dump_path, &source, err))
		return false;
	quote_path(reading->capture.dump_path, path, sizeof(path));
	console_begin(&cli->console, path);
	reading->read = ingest_source(source, &options, &reading->snapshot,
				      &reading->format, err);
	console_end(&cli->console);
	source_destroy(source);
	if (reading->read)
		return true;
	return err->code == ERROR_MEMORY
		       ? false
		       : prefix_path(reading->capture.dump_path, err);
}

/*
 * A machine that slept has an uptime ahead of its allocation times, so that
 * nothing would be younger than it: then the records have to tell.
 */
static bool uptime_is_ahead(const struct reading *reading)
{
	return reading->began_measured && reading->snapshot.youngest_ns &&
	       reading->snapshot.youngest_ns < reading->capture.uptime_ns &&
	       strcmp(reading->capture.dump_path, "-") != 0;
}

static bool find_capture(struct reading *reading, const char *path,
			 struct error *err)
{
	char live[CAPTURE_PATH_MAX];

	if (path)
		return capture_init(&reading->capture, path, err);
	return live_dump_path("", live, sizeof(live), err) &&
	       capture_init(&reading->capture, live, err);
}

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

/* What was found out about the input, and from what. */
static void say_decisions(struct console *console,
			  const struct reading *reading)
{
	const struct snapshot *snapshot = &reading->snapshot;
	char path[QUOTE_CAPACITY * 4];

	quote_path(reading->capture.dump_path, path, sizeof(path));
	console_warn(console, "%s: format %s, %" PRIu64 " lines", path,
		     reading->format->name, snapshot->lines);
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

/* Whether T0, as learned from the records, leaves most pages older than it. */
static bool is_believable(const struct reading *reading)
{
	uint64_t fresh = 0, timed = 0;
	const struct row *row;

	for (row = reading->snapshot.rows; row; row = row->hh.next) {
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
		       const uint64_t *before_ns, struct error *err)
{
	uint64_t head_ns = reading->snapshot.head_ns;

	if (reading->began_measured || reading->snapshot.began_ns == TS_NONE ||
	    is_believable(reading))
		return true;
	if (head_ns != TS_NONE && head_ns > reading->snapshot.began_ns &&
	    strcmp(reading->capture.dump_path, "-") != 0) {
		snapshot_deinit(&reading->snapshot);
		reading->read = false;
		reading->began_ns = head_ns;
		if (!read_source(reading, cli, before_ns, err))
			return false;
	}
	if (!is_believable(reading))
		reading->snapshot.began_ns = TS_NONE;
	return true;
}

bool reading_open(struct reading *reading, struct cli *cli, const char *path,
		  const uint64_t *before_ns, struct error *err)
{
	if (!find_capture(reading, path, err))
		return false;
	reading->began_measured = reading->capture.uptime_ns != UINT64_MAX;
	reading->began_ns = reading->capture.uptime_ns;
	if (!read_source(reading, cli, before_ns, err))
		return false;
	if (uptime_is_ahead(reading)) {
		snapshot_deinit(&reading->snapshot);
		reading->read = false;
		reading->began_measured = false;
		reading->began_ns = TS_NONE;
		if (!read_source(reading, cli, before_ns, err))
			return false;
	}
	if (!mend_began(reading, cli, before_ns, err))
		return false;
	say_loss(&cli->console, reading->capture.dump_path, &reading->snapshot);
	if (cli->settings->verbose)
		say_decisions(&cli->console, reading);
	say_times(&cli->console, cli->settings, &reading->snapshot);
	say_fields(&cli->console, cli->settings, &reading->snapshot);
	if (!reading->snapshot.seen) {
		error_set(err, ERROR_FORMAT, "no %s record in it",
			  reading->format->name);
		return prefix_path(reading->capture.dump_path, err);
	}
	if (reading->snapshot.loss.records == reading->snapshot.seen) {
		error_set(err, ERROR_FORMAT,
			  "not one of its records could be used");
		return prefix_path(reading->capture.dump_path, err);
	}
	return true;
}

void reading_close(struct reading *reading)
{
	row_set_deinit(&reading->set);
	if (reading->read)
		snapshot_deinit(&reading->snapshot);
	capture_deinit(&reading->capture);
}

bool reading_is_lossy(const struct reading *reading)
{
	return loss_is_any(&reading->snapshot.loss);
}

/* ---- what is known of it ---- */

/*
 * The size of a pageblock tells the size of a page: 2 MiB (or 4 MiB) blocks of
 * 4 KiB pages on x86 and arm64, 32 MiB of 16 KiB, 512 MiB of 64 KiB on arm64.
 */
static void set_page_size(const struct reading *reading,
			  const struct settings *settings,
			  struct report_side *side)
{
	side->page_size_from = "inferred";
	switch (reading->snapshot.block_shift) {
	case 9:
	case 10:
		side->page_size = 4096;
		break;
	case 11:
		side->page_size = 16384;
		break;
	case 13:
		side->page_size = 65536;
		break;
	default:
		side->page_size = 4096;
		side->page_size_from = "assumed";
	}
	if (settings->page_size) {
		side->page_size = settings->page_size;
		side->page_size_from = "given";
	}
}

void reading_side(const struct reading *reading,
		  const struct settings *settings, struct report_side *ret)
{
	const struct capture *capture = &reading->capture;

	*ret = (struct report_side){
		.path = capture->path,
		.kernel = capture->kernel[0] ? capture->kernel : NULL,
		.format = reading->format->name,
		.set = &reading->set,
		.snapshot = &reading->snapshot,
		.began_ns = reading->snapshot.began_ns,
		.began_measured = reading->began_measured,
	};
	ret->fresh_known = ret->began_ns != TS_NONE;
	set_page_size(reading, settings, ret);
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

int reading_show(struct cli *cli, struct report *report, bool lossy)
{
	const struct settings *settings = cli->settings;
	struct output_options show = settings->show;
	struct error err = {0};

	show.colour = console_colours(&cli->console, settings->colour);
	show.width = console_width(&cli->console);
	if (!report_arrange(report, settings->sort, settings->reverse, &err) ||
	    !settings->output->write(report, &show, cli->console.out, &err)) {
		console_error(&cli->console, "%s", err.text);
		return STATUS_TROUBLE;
	}
	if (!console_flush(&cli->console))
		return STATUS_TROUBLE;
	if (lossy && settings->strict) {
		console_error(&cli->console,
			      "not all of the input could be counted, and "
			      "--strict was given");
		return STATUS_TROUBLE;
	}
	return STATUS_DONE;
}
