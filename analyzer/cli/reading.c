/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/reading.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/notices.h"
#include "live/live_dump.h"
#include "symbolize/symbolizer.h"

/* More of a dump than this cannot have been allocated while it was read. */
#define FRESH_BELIEVED 0.5

/* So long a machine can be without a single allocation that lasts. */
#define CLOCK_SLACK_NS 2000000000u

/* The machine itself, where it has no page_owner to begin with. */
#define LIVE_ROOT "/"

/* What tells of processes, and of the machine that they ran on. */
static const char *const process_formats[] = {
	"version", "boot_id", "uptime", "manifest", "smaps_rollup", "smaps",
	"status",  "comm",    "cgroup", "show_mem", NULL,
};

static struct capture_options options_of(const struct cli *cli,
					 const struct reading_want *want)
{
	const struct settings *settings = cli->settings;
	const uint64_t *before_ns = want->before_ns;

	return (struct capture_options){
		.ingest.plan.filter = &settings->filter,
		.ingest.plan.by = settings->grouping.fields |
				  (settings->by_node ? 1u << FIELD_NODE : 0),
		.ingest.plan.began_ns = TS_NONE,
		.ingest.plan.learn = true,
		.ingest.plan.before_own = before_ns == NULL,
		.ingest.plan.before_ns = before_ns ? *before_ns : TS_NONE,
		.ingest.format = settings->format,
		.ingest.threads = settings->threads,
		.ingest.progress =
			(struct progress_sink *)&cli->console.progress,
		.only = settings->source,
		.wanted = want->processes_only ? process_formats : NULL,
		.symbols = want->symbols,
		.processes = want->processes || want->processes_only,
		.hz = settings->hz,
		.beside = want->account,
		.clock_member = want->account ? "proc/meminfo" : NULL,
	};
}

static void begin_member(void *context, const char *path)
{
	struct console *console = context;
	char quoted[QUOTE_PATH_CAPACITY];

	console_end(console);
	quote_path(path, quoted);
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
static struct capture_source *timed_source(struct reading *reading)
{
	size_t i;

	for (i = 0; i < reading->capture.source_count; i++)
		if (reading->capture.sources[i].format->timed)
			return &reading->capture.sources[i];
	return NULL;
}

static struct snapshot *timed_of(struct reading *reading)
{
	struct capture_source *source = timed_source(reading);

	return source ? &source->snapshot : NULL;
}

/*
 * A machine that slept has an uptime ahead of its allocation times, so that
 * nothing would be younger than it: then the records have to tell. The clock
 * of a manifest does not sleep; where nothing was allocated in its last
 * moments it is right all the same.
 */
static bool clock_is_ahead(struct reading *reading)
{
	const struct capture_source *timed = timed_source(reading);
	uint64_t slack_ns = 0, youngest_ns;

	if (!timed || timed->began_from == BEGAN_RECORDS ||
	    !reading->capture.rereadable)
		return false;
	if (timed->began_from == BEGAN_MANIFEST) {
		/* Of a dump that is cut the youngest may be missing. */
		if (timed->snapshot.loss.input[0])
			return false;
		slack_ns = CLOCK_SLACK_NS;
	}
	youngest_ns = timed->snapshot.youngest_ns;
	return youngest_ns && youngest_ns + slack_ns < timed->snapshot.began_ns;
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
	const struct capture_source *source = timed_source(reading);
	struct snapshot *timed = timed_of(reading);
	uint64_t head_ns;

	if (!source || source->began_from != BEGAN_RECORDS ||
	    timed->began_ns == TS_NONE || is_believable(timed))
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
		      const char *path, const struct reading_want *want,
		      const struct source_opener *opener, struct error *err)
{
	struct capture_options options = options_of(cli, want);

	options.opener = opener;
	options.live = strcmp(path, LIVE_ROOT) == 0;
	if (!read_capture(reading, cli, path, &options, err))
		return false;
	if (clock_is_ahead(reading)) {
		capture_deinit(&reading->capture);
		options.ignore_clocks = true;
		if (!read_capture(reading, cli, path, &options, err))
			return false;
	}
	return mend_began(reading, cli, path, &options, err);
}

/* The members of a capture are each of a format of their own. */
static bool refuse_format(const struct reading *reading, struct error *err)
{
	char path[QUOTE_PATH_CAPACITY];

	quote_path(reading->capture.path, path);
	return error_set(err, ERROR_USAGE,
			 "%s: '--format' is for a lone dump; '--source' "
			 "chooses what to show of several",
			 path);
}

/* The name of another format than page_owner that was asked for, or NULL. */
static const char *asked_besides(const struct settings *settings)
{
	static const char live[] = "page_owner";

	if (settings->source && strcmp(settings->source, live) != 0)
		return settings->source;
	if (settings->format && strcmp(settings->format->name, live) != 0)
		return settings->format->name;
	return NULL;
}

/* Other files of a running machine are not all safe to read. */
static bool live_is_wanted(const struct settings *settings, struct error *err)
{
	const char *asked = asked_besides(settings);

	return !asked ||
	       error_set(err, ERROR_USAGE,
			 "the live machine is read for page_owner only; for %s "
			 "take a capture first, and name it",
			 asked);
}

/* What of the machine is read: its page_owner, or, without one, the rest. */
static bool find_live(struct reading *reading, struct cli *cli,
		      const struct reading_want *want, char *ret_path,
		      size_t capacity, struct error *err)
{
	struct error refusal;

	/* Without it somebody's copy of one would be looked for below it. */
	if (want->processes_only && access("/proc/self/status", F_OK) != 0)
		return error_set(err, ERROR_IO,
				 "there is no /proc here; mount it, or name a "
				 "capture");
	if (!want->processes_only && !live_is_wanted(cli->settings, err))
		return false;
	if (!want->processes_only &&
	    live_dump_path("", ret_path, capacity, &refusal))
		return true;
	if (!want->processes_only && !want->account) {
		*err = refusal;
		return false;
	}
	if (!want->processes_only)
		snprintf(reading->no_dump, sizeof(reading->no_dump), "%.500s",
			 refusal.text);
	snprintf(ret_path, capacity, LIVE_ROOT);
	return true;
}

bool reading_open(struct reading *reading, struct cli *cli, const char *path,
		  const struct reading_want *want, struct error *err)
{
	/* The kernel may kill or detain whoever reads page_owner: not us. */
	struct live_dump_opener dump = {.jobs = cli->settings->threads};
	const struct source_opener opener = {live_dump_open, &dump};
	char live[4096];

	if (!path) {
		if (!find_live(reading, cli, want, live, sizeof(live), err))
			return false;
		path = dump.dump = live;
	}
	if (!read_well(reading, cli, path, want, &opener, err))
		return false;
	if (cli->settings->format && !reading->capture.single)
		return refuse_format(reading, err);
	reading->shows_counters = want->account;
	notice_remarks(&cli->console, NULL, reading->capture.remarks);
	return true;
}

void reading_close(struct reading *reading)
{
	row_set_deinit(&reading->set);
	row_set_deinit(&reading->object_set);
	capture_deinit(&reading->capture);
	arena_deinit(&reading->places);
	if (reading->owns_symbolizer)
		symbolizer_destroy(reading->symbolizer);
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
	return reading->unusable || reading->passing_lossy ||
	       source_is_lossy(reading->shown) ||
	       source_is_lossy(reading->objects) ||
	       (reading->shows_counters && reading->capture.counters_lost);
}
