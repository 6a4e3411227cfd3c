/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE
#include "cli/capture_series.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "base/quote.h"
#include "base/span.h"
#include "cli/interrupt.h"
#include "live/collect.h"
#include "store/member_store.h"
#include "output/quantity.h"

enum {
	GROUPS_SHOWN = 12, /* the manifest has them all */
	WHY_CAPACITY = 1024,
	PATH_CAPACITY = 4096,
};

/* Members that are not whole for the same reason. */
struct group {
	enum member_status status;
	uint64_t count;
	char path[QUOTE_PATH_CAPACITY]; /* of the first one */
	char why[WHY_CAPACITY];
};

/* One capture while it is taken, and what will be told of it. */
struct taken {
	struct console *console;
	struct collect_summary summary;
	char subject[PATH_CAPACITY]; /* the member being read */
	char stop[40];
	struct group groups[GROUPS_SHOWN];
	size_t group_count;
	uint64_t ungrouped; /* members for which there was no group left */
};

static const char *stop(void *context)
{
	struct taken *taken = context;
	int signal = interrupt_signal();

	if (!signal)
		return NULL;
	snprintf(taken->stop, sizeof(taken->stop), "interrupted by %s",
		 interrupt_name(signal));
	return taken->stop;
}

static void moves(void *context, const char *path, uint64_t bytes,
		  uint64_t records)
{
	struct taken *taken = context;
	struct console *console = taken->console;

	if (strcmp(taken->subject, path) != 0) {
		console_end(console);
		console_begin(console, path);
		snprintf(taken->subject, sizeof(taken->subject), "%s", path);
	}
	console->progress.report(&console->progress, bytes, 0, records);
}

static struct group *find_group(struct taken *taken,
				const struct member_note *note, const char *why)
{
	struct group *group = taken->groups;
	struct group *end = group + taken->group_count;

	for (; group < end; group++)
		if (group->status == note->status &&
		    strncmp(group->why, why, WHY_CAPACITY - 1) == 0)
			return group;
	if (taken->group_count == GROUPS_SHOWN)
		return NULL;
	taken->group_count++;
	group->status = note->status;
	quote_path(note->path, group->path);
	snprintf(group->why, sizeof(group->why), "%s", why);
	return group;
}

static void noted(void *context, const struct member_note *note)
{
	struct taken *taken = context;
	struct group *group;

	if (note->status == MEMBER_WHOLE)
		return;
	group = find_group(taken, note,
			   note->why ? note->why : "no reason is known");
	if (group)
		group->count++;
	else
		taken->ungrouped++;
}

static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void tell_group(const struct group *group, FILE *out)
{
	static const char *const words[MEMBER_STATUSES] = {
		[MEMBER_PART] = "read in part",
		[MEMBER_FAILED] = "not read",
		[MEMBER_MISSING] = "not there",
		[MEMBER_LEFT_OUT] = "left out",
	};

	fprintf(out, "  %s: %s", words[group->status], group->path);
	if (group->count > 1)
		fprintf(out, " and %" PRIu64 " more", group->count - 1);
	fprintf(out, "\n    %s\n", group->why);
}

static void tell(struct taken *taken, const char *path)
{
	const struct collect_summary *summary = &taken->summary;
	size_t members =
		summary->members[MEMBER_WHOLE] + summary->members[MEMBER_PART];
	char text[QUANTITY_CAPACITY], stored[QUANTITY_CAPACITY];
	char records[QUANTITY_CAPACITY], quoted[QUOTE_PATH_CAPACITY];
	FILE *out = taken->console->out;
	size_t i;

	quote_path(path, quoted);
	fprintf(out, "%s   %zu member%s, %s of text in %s, taken in %.1f s",
		quoted, members, plural(members),
		quantity_bytes(summary->text_bytes, text),
		quantity_bytes(summary->stored_bytes, stored),
		(double)(summary->ended_ns - summary->began_ns) / 1e9);
	if (summary->records)
		fprintf(out, "   page_owner: %s records",
			quantity_count(summary->records, records));
	putc('\n', out);
	for (i = 0; i < taken->group_count; i++)
		tell_group(&taken->groups[i], out);
	if (taken->ungrouped)
		fprintf(out, "  %" PRIu64 " more in %s of the capture\n",
			taken->ungrouped, MANIFEST_PATH);
}

static void warn(struct taken *taken, const char *path)
{
	const struct collect_summary *summary = &taken->summary;
	char quoted[QUOTE_PATH_CAPACITY];

	quote_path(path, quoted);
	if (summary->ended_early[0])
		console_error(taken->console,
			      "%s: %s; what was read up to then is there",
			      quoted, summary->ended_early);
	if (summary->in_memory)
		console_warn(taken->console,
			     "%s lies in memory (tmpfs), which this capture "
			     "shows as used; write to a disk instead",
			     quoted);
}

/* Of a folder the last block of each file is not full. */
static uint64_t bytes_on_disk(const struct collect_summary *summary,
			      const char *path)
{
	uint64_t bytes = summary->stored_bytes;
	struct stat status;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		bytes += (uint64_t)status.st_blksize *
			 (summary->members[MEMBER_WHOLE] +
			  summary->members[MEMBER_PART]);
	return bytes;
}

/* Take one; *ret_bytes is what it took on the disk. */
static int take(struct cli *cli, const char *path, uint64_t *ret_bytes)
{
	const struct capture_settings *settings = &cli->settings->capture;
	struct collect_options options = {
		.root = settings->root,
		.output = path,
		.jobs = settings->jobs,
		.quick = settings->quick,
		.risky = settings->risky,
		.kmemleak_scan = settings->kmemleak_scan,
	};
	struct taken *taken = calloc(1, sizeof(*taken));
	struct collect_watch watch = {stop, moves, noted, taken};
	struct error err;
	int status = STATUS_TROUBLE;

	if (!taken) {
		console_error(&cli->console, "out of memory");
		return STATUS_TROUBLE;
	}
	taken->console = &cli->console;
	if (collect(&options, &watch, &taken->summary, &err)) {
		console_end(&cli->console);
		if (!cli->console.quiet)
			tell(taken, path);
		warn(taken, path);
		*ret_bytes = bytes_on_disk(&taken->summary, path);
		if (!taken->summary.ended_early[0])
			status = STATUS_DONE;
	} else {
		console_error(&cli->console, "%s", err.text);
	}
	free(taken);
	return status;
}

/* ---- a series ---- */

/*
 * The name of capture number: "night/0003", or "night-0003.tar.gz". The
 * folder of a series is made first.
 */
static bool name_capture(const char *to, uint64_t number,
			 char ret[PATH_CAPACITY], struct error *err)
{
	struct span suffix = member_store_suffix(to);
	struct span stem = span_of(to);
	int length;

	span_drop(&stem, suffix);
	length = snprintf(ret, PATH_CAPACITY, "%.*s%c%04" PRIu64 "%.*s",
			  (int)stem.length, stem.at, suffix.length ? '-' : '/',
			  number, (int)suffix.length, suffix.at);
	if (length < 0 || length >= PATH_CAPACITY)
		return error_set(err, ERROR_IO, "cannot write '%.100s…': %s",
				 to, strerror(ENAMETOOLONG));
	if (suffix.length || mkdir(to, 0700) == 0 || errno == EEXIST)
		return true;
	return error_set(err, ERROR_IO, "cannot make folder '%s': %s", to,
			 strerror(errno));
}

/* What a file system has left; UINT64_MAX: it does not tell. */
static uint64_t room_at(const char *path)
{
	struct statvfs space;

	if (statvfs(path, &space) != 0 || !space.f_blocks)
		return UINT64_MAX;
	return (uint64_t)space.f_bavail * space.f_frsize;
}

/* Whether there is room for another capture like the last one. */
static bool has_room(struct cli *cli, const char *path, uint64_t bytes)
{
	char size[QUANTITY_CAPACITY], left[QUANTITY_CAPACITY];
	char reserve[QUANTITY_CAPACITY];
	uint64_t room = room_at(path);

	if (room >= bytes + bytes / 4 + STORE_RESERVE)
		return true;
	console_error(&cli->console,
		      "the series ends here: another capture takes some %s, "
		      "there are %s left, and %s are to stay free",
		      quantity_bytes(bytes, size), quantity_bytes(room, left),
		      quantity_bytes(STORE_RESERVE, reserve));
	return false;
}

static bool is_past(const struct timespec *moment)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > moment->tv_sec ||
	       (now.tv_sec == moment->tv_sec && now.tv_nsec > moment->tv_nsec);
}

/*
 * Sleep until the moment, or a signal: one that comes before we sleep is seen
 * a little later.
 */
static void wait_until(const struct timespec *moment)
{
	const struct timespec slice = {.tv_nsec = 200000000};

	while (!interrupt_signal() && !is_past(moment))
		nanosleep(&slice, NULL);
}

static void advance(struct timespec *moment, uint64_t ns)
{
	ns += (uint64_t)moment->tv_nsec;
	moment->tv_sec += (time_t)(ns / 1000000000);
	moment->tv_nsec = (long)(ns % 1000000000);
}

static int take_series(struct cli *cli)
{
	const struct capture_settings *settings = &cli->settings->capture;
	char path[PATH_CAPACITY];
	struct timespec next;
	uint64_t number, bytes = 0;
	struct error err;
	int status;

	clock_gettime(CLOCK_MONOTONIC, &next);
	for (number = 1;; number++) {
		if (!name_capture(settings->to, number, path, &err)) {
			console_error(&cli->console, "%s", err.text);
			return STATUS_TROUBLE;
		}
		status = take(cli, path, &bytes);
		if (status != STATUS_DONE || number == settings->count)
			return status;
		if (!console_flush(&cli->console) ||
		    !has_room(cli, path, bytes))
			return STATUS_TROUBLE;
		advance(&next, settings->every_ns);
		if (is_past(&next)) {
			console_warn(&cli->console,
				     "a capture takes longer than --every; the "
				     "next one begins at once");
			clock_gettime(CLOCK_MONOTONIC, &next);
		}
		wait_until(&next);
		/* Without --count this is how a series ends. */
		if (interrupt_signal())
			return settings->count ? STATUS_TROUBLE : STATUS_DONE;
	}
}

int capture_series_run(struct cli *cli)
{
	const struct capture_settings *settings = &cli->settings->capture;
	uint64_t bytes;

	interrupt_catch();
	return settings->every_ns ? take_series(cli)
				  : take(cli, settings->to, &bytes);
}
