/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/process_members.h"

#include <errno.h>
#include <inttypes.h>

#include "base/quote.h"
#include "formats/process_path.h"
#include "input/clause.h"

/* Five files of each of 50,000 processes; it bounds what an archive can cost.
 */
#define PROCESS_MEMBERS_MAX ((uint64_t)1 << 18)

/* So many counters leave room for those of other files. */
#define PROCESS_COUNTERS_MAX (COUNTERS_MAX / 4 * 3)

bool process_member_is_one(const struct member_reader *reader)
{
	const struct format *format = reader->member->format;

	return format && format->of_process;
}

bool process_member_is_unwanted(const struct member_reader *reader)
{
	return process_member_is_one(reader) && !member_is_alone(reader) &&
	       !reader->options->processes;
}

bool process_member_is_known(const struct member_reader *reader)
{
	uint64_t rss;

	return reader->options->wanted &&
	       strcmp(reader->member->format->name, "smaps") == 0 &&
	       counters_value(&reader->capture->counters, "smaps_rollup",
			      process_path_pid(reader->member->own), "Rss",
			      &rss);
}

bool process_member_takes_room(struct member_reader *reader)
{
	struct process_members *processes = &reader->processes;

	if (processes->read >= PROCESS_MEMBERS_MAX ||
	    reader->capture->counters.count >= PROCESS_COUNTERS_MAX) {
		processes->left_out++;
		return false;
	}
	processes->read++;
	return true;
}

static bool note_first(struct member_reader *reader, const char *reason)
{
	struct process_members *processes = &reader->processes;
	struct arena *arena = &reader->capture->arena;

	processes->refusal = arena_string(arena, span_of(reason));
	processes->path = arena_string(arena, reader->member->own);
	return processes->refusal && processes->path;
}

/* Who counts processes has to know of those that could not be read. */
static bool note_refused(struct member_reader *reader, const char *reason,
			 struct error *err)
{
	struct span own = reader->member->own;
	const struct counter counter = {
		.group = SPAN("unreadable"),
		.scope = process_path_pid(own),
		.name = process_path_name(own),
		.text = span_of(reason),
		.unit = COUNTER_TEXT,
	};

	if (!reader->processes.refused++ && !note_first(reader, reason))
		return error_no_memory(err);
	return counters_add(&reader->capture->counters, &counter, err);
}

bool process_member_failed(struct member_reader *reader, bool *ret_done,
			   struct error *err)
{
	int reason = err->reason;

	*ret_done = true;
	/* Processes end while others are read. */
	if (reason == ENOENT || reason == ESRCH)
		return true;
	if (reason == EACCES || reason == EPERM)
		return note_refused(reader, strerror(reason), err);
	*ret_done = false;
	return true;
}

static bool say_left_out(struct member_reader *reader, struct error *err)
{
	const struct process_members *processes = &reader->processes;

	return !processes->left_out ||
	       capture_say(reader->capture, err, reader->capture->path,
			   "%" PRIu64 " file%s of processes behind the first "
			   "%" PRIu64 " are not read",
			   processes->left_out,
			   clause_plural(processes->left_out), processes->read);
}

static bool say_refused(struct member_reader *reader, struct error *err)
{
	const struct process_members *processes = &reader->processes;
	char path[QUOTE_CAPACITY];

	/* Who asked for these alone lists them. */
	if (!processes->refused || reader->options->wanted)
		return true;
	quote_text(span_of(processes->path), QUOTE_LIMIT, path, sizeof(path));
	return capture_say(reader->capture, err, reader->capture->path,
			   "%" PRIu64 " file%s of processes could not be read, "
			   "'%s' first: %s",
			   processes->refused,
			   clause_plural(processes->refused), path,
			   processes->refusal);
}

bool process_members_conclude(struct member_reader *reader, struct error *err)
{
	return say_left_out(reader, err) && say_refused(reader, err);
}
