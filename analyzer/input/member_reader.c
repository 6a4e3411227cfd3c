/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/member_reader.h"

#include <stdio.h>
#include <sys/vfs.h>

#include "formats/log_prefix.h"
#include "formats/member_path.h"
#include "input/member_result.h"
#include "input/member_source.h"
#include "input/mixed_member.h"
#include "input/mixed_text.h"
#include "input/process_members.h"
#include "input/told_counters.h"

/* Where debugfs is mounted what is read is the running machine itself. */
#define DEBUGFS_MAGIC 0x64626720

/* Members below this size are not worth a thread. */
#define SMALL_MEMBER ((uint64_t)1 << 20)

/* Some ten times what a machine has; it bounds what an archive can cost. */
#define MEMBERS_MAX 65536

/* ---- which members to read ---- */

static bool is_nested(struct span root, struct span other)
{
	return span_starts_with(other, root) || span_starts_with(root, other);
}

/* The first root is the capture's; *ret_ours: this member belongs to it. */
static bool settle_root(struct member_reader *reader, bool *ret_ours,
			struct error *err)
{
	const struct member *member = reader->member;
	char first[QUOTE_CAPACITY], second[QUOTE_CAPACITY];

	*ret_ours = true;
	if (!member_is_in_place(reader)) {
		/* That of a capture which lies in this one is not meant. */
		if (reader->rooted && member->format && member->format->ours)
			*ret_ours = span_equal(member->root, reader->root);
		return true;
	}
	if (!reader->rooted) {
		reader->rooted = true;
		return arena_copy(&reader->capture->arena, member->root,
				  &reader->root) ||
		       error_no_memory(err);
	}
	*ret_ours = span_equal(member->root, reader->root);
	if (*ret_ours || is_nested(member->root, reader->root))
		return true;
	quote_text(reader->root, QUOTE_LIMIT, first, sizeof(first));
	quote_text(member->root, QUOTE_LIMIT, second, sizeof(second));
	error_set(err, ERROR_FORMAT,
		  "it holds several captures, '%s' and '%s' among them; "
		  "unpack it and name one",
		  first, second);
	return member_name_error(reader->capture->path, err);
}

/* A file whose name says nothing is looked into near the top only. */
static bool is_worth_sniffing(const struct member_reader *reader)
{
	struct span path = span_of(reader->member->path);
	unsigned depth = 0;
	size_t i;

	if (package_kind(reader->package) != PACKAGE_ARCHIVE)
		return true;
	for (i = 0; i < path.length; i++)
		depth += path.at[i] == '/';
	return !reader->rooted && depth <= 2;
}

/*
 * Symbols are few people's concern, and a System.map that lies somewhere is
 * not what the running kernel had.
 */
static bool symbols_are_wanted(const struct member_reader *reader)
{
	return member_is_alone(reader) ||
	       (reader->options->symbols && member_is_in_place(reader));
}

/* A dump of many GB lies beside what is wanted: it is not even opened. */
static bool is_to_be_opened(const struct member_reader *reader)
{
	const struct format *format = reader->member->format;

	if (format && format->of_symbols)
		return symbols_are_wanted(reader);
	if (format && member_is_in_place(reader))
		return format_is_listed(format, reader->options->wanted) &&
		       !(format->of_process && process_member_is_known(reader));
	return format || is_worth_sniffing(reader);
}

/*
 * 6.9 and newer with page_owner on hang when the traces of some caches are
 * read: taking a live capture is to be done with more care than this.
 */
static bool is_live_trace(const struct member_reader *reader,
			  const struct format *format)
{
	struct statfs status;

	return format->of_cache &&
	       package_kind(reader->package) == PACKAGE_FOLDER &&
	       statfs(reader->name, &status) == 0 &&
	       status.f_type == DEBUGFS_MAGIC;
}

static bool name_member(struct member_reader *reader)
{
	const char *path = reader->member->path;
	int length;

	if (package_kind(reader->package) == PACKAGE_FILE)
		length = snprintf(reader->name, sizeof(reader->name), "%s",
				  path);
	else
		length = snprintf(reader->name, sizeof(reader->name), "%s%s%s",
				  reader->base,
				  strcmp(reader->base, "/") == 0 ? "" : "/",
				  path);
	return length > 0 && (size_t)length < sizeof(reader->name);
}

/*
 * A log that follows a dump in a pipe shows only in the lines that are passed
 * over: its end cannot be looked at.
 */
static bool say_mixed(struct member_reader *reader, const struct loss *loss,
		      struct error *err)
{
	unsigned i;

	if (!member_is_alone(reader))
		return true;
	for (i = 0; i < loss->event_count; i++)
		if (log_prefix_parse(span_of(loss->events[i].found)).of_log)
			return capture_say(reader->capture, err, reader->name,
					   "lines of a log stand in it: what "
					   "they report is read with "
					   "--format=mixed");
	return true;
}

static bool ingest_member(struct member_reader *reader, struct source *input,
			  struct ingest_head *head, const struct format *format,
			  struct capture_source *source, struct error *err)
{
	struct counters *counters = told_counters_place(reader->capture, format,
							false, reader->name);
	struct ingest_options options = reader->options->ingest;
	struct snapshot snapshot;

	options.plan = reader->plan;
	options.plan.path = member_telling_path(reader);
	options.plan.counters = counters;
	options.format = format;
	options.state = source ? source->state : NULL;
	if (source && format->timed)
		member_source_plan(reader, &options.plan, source);
	if (reader->member->size < SMALL_MEMBER)
		options.threads = 1;
	if (!ingest_rest(input, head, &options, &snapshot, err))
		return false;
	if (!say_mixed(reader, &snapshot.loss, err)) {
		snapshot_deinit(&snapshot);
		return false;
	}
	if (format->counts)
		return member_result_counters(reader, format, &snapshot, err);
	return member_result_stacks(reader, source, &snapshot, err);
}

/*
 * Members that are not understood are told only where their name said more;
 * *ret_told: what is to be said of this one was.
 */
static bool is_told(struct member_reader *reader, bool *ret_told,
		    struct error *err)
{
	*ret_told = true;
	if (!reader->member->format)
		return true;
	if (process_member_is_one(reader))
		return process_member_failed(reader, ret_told, err);
	*ret_told = false;
	return true;
}

/* One member failed, which is no failure of the capture. */
static bool pass_over(struct member_reader *reader, struct error *err)
{
	bool told;

	if (err->code == ERROR_MEMORY || !is_told(reader, &told, err) ||
	    (!told && !capture_say(reader->capture, err, reader->name,
				   "not read: %.100s", err->text)))
		return false;
	*err = (struct error){0};
	return true;
}

/* What the user says that it is, or NULL. */
static const struct format *forced_format(const struct member_reader *reader)
{
	return member_is_alone(reader) ? reader->options->ingest.format : NULL;
}

/* What the member is; NULL: nothing that we know. */
static const struct format *format_of(const struct member_reader *reader,
				      const struct ingest_head *head)
{
	const struct format *named = reader->member->format, *found;

	if (forced_format(reader))
		return forced_format(reader);
	if (named && (member_is_in_place(reader) || !named->sniff))
		return named;
	/* A name that somebody chose tells less than the text does. */
	found = format_sniff(ingest_head_text(head));
	/* What others call a manifest is none of ours. */
	return found || member_is_alone(reader) || (named && named->ours)
		       ? found
		       : named;
}

static bool read_as(struct member_reader *reader, struct source *input,
		    struct ingest_head *head, const struct format *format,
		    struct error *err)
{
	struct capture_source *source = NULL;

	/* Which process it would be is not known: their sums would mix. */
	if (format->of_process && !member_is_alone(reader) &&
	    !member_is_in_place(reader))
		return true;
	if (!member_format_is_wanted(reader, format)) {
		reader->capture->unread = format;
		return true;
	}
	if (is_live_trace(reader, format))
		return capture_say(
			reader->capture, err, reader->name,
			"not read on the running machine, which it can "
			"hang");
	if (!format->counts) {
		if (!member_source_find(reader, format, &source, err))
			return false;
		if (!source)
			return member_source_say_left_out(reader, reader->name,
							  format, err);
	}
	return ingest_member(reader, input, head, format, source, err);
}

static bool read_source(struct member_reader *reader, struct source *input,
			struct error *err)
{
	const struct format *format;
	struct mixed_head text;
	struct ingest_head head;
	bool done = true;

	if (!ingest_look(input, &head, err))
		return false;
	format = format_of(reader, &head);
	if (mixed_member_is_one(reader, format, input, &head, &text))
		done = mixed_member_read(reader, input, &head, &text,
					 forced_format(reader), err);
	else if (format && format->of_symbols && !symbols_are_wanted(reader))
		done = true;
	else if (format)
		done = !format_is_listed(format, reader->options->wanted) ||
		       read_as(reader, input, &head, format, err);
	else if (member_is_alone(reader))
		done = ingest_refuse(input, &head, err);
	ingest_head_deinit(&head);
	return done;
}

static bool say_too_many(struct member_reader *reader, struct error *err)
{
	if (reader->too_many)
		return true;
	reader->too_many = true;
	return capture_say(reader->capture, err, reader->capture->path,
			   "members behind the first %d that are known are not "
			   "read",
			   MEMBERS_MAX);
}

/* What is never read of a running machine without more care than this. */
static bool is_risky(const struct member_reader *reader)
{
	const struct format *format = reader->member->format;

	/*
	 * Opening the traces of a cache is enough to hang; and of sysfs each
	 * of the thousands of files leaves an inode behind.
	 */
	return reader->options->live &&
	       (!format || format->timed || format->mixed || format->of_cache ||
		span_starts_with(reader->member->own,
				 SPAN("sys/kernel/slab/")));
}

/* *ret_room: one more may be read. */
static bool take_room(struct member_reader *reader, bool *ret_room,
		      struct error *err)
{
	*ret_room = true;
	if (process_member_is_one(reader)) {
		*ret_room = process_member_takes_room(reader);
		return true;
	}
	/* Not all of those of processes that were read are listed. */
	if (reader->capture->member_count <
	    MEMBERS_MAX + reader->processes.read)
		return true;
	*ret_room = false;
	return say_too_many(reader, err);
}

bool member_reader_read(struct member_reader *reader, struct error *err)
{
	const struct capture_options *options = reader->options;
	struct source *input;
	bool ours, room, done;

	if (process_member_is_unwanted(reader))
		return true;
	if (!settle_root(reader, &ours, err))
		return false;
	if (ours && !take_room(reader, &room, err))
		return false;
	if (ours && !room)
		return true;
	if (!ours || is_risky(reader) || !name_member(reader) ||
	    !is_to_be_opened(reader))
		return true;
	if (options->begins)
		options->begins(options->context, reader->name);
	if (!package_member(reader->package, &input, err))
		return !member_is_alone(reader) && pass_over(reader, err);
	done = read_source(reader, input, err);
	if (done || reader->ambiguous)
		return done;
	if (member_is_alone(reader))
		return member_name_error(reader->name, err);
	return pass_over(reader, err);
}
