/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memrchr */
#include "input/log_choice.h"

#include "base/quote.h"
#include "input/member_place.h"

enum group {
	GROUP_KERNEL, /* dev/kmsg */
	GROUP_DMESG,
	GROUP_JOURNAL,
	GROUP_FILE, /* of syslog */
	GROUP_OTHER,
	GROUP_ROTATED,
};

/* ---- names ---- */

static struct span name_of(struct span path)
{
	const char *slash =
		path.length ? memrchr(path.at, '/', path.length) : NULL;

	return slash ? span_between(slash + 1, span_end(path)) : path;
}

/* "kern.log.2", "messages-20261101": how old it is; false: neither. */
static bool parse_age(struct span name, uint64_t *ret)
{
	uint64_t number;
	size_t i;

	for (i = 1; i + 1 < name.length; i++) {
		struct span rest = span_skip(name, i + 1), digits;

		if ((name.at[i] != '.' && name.at[i] != '-') ||
		    !span_take_digits(&rest, &digits) ||
		    (rest.length && rest.at[0] != '.'))
			continue;
		if (!span_take_u64(&digits, &number))
			return false;
		*ret = name.at[i] == '-' ? UINT64_MAX - number : number;
		return true;
	}
	return false;
}

static enum group group_of(struct span path, struct span name)
{
	static const struct span of_syslog[] = {
		{"kern.log", 8}, {"messages", 8}, {"syslog", 6}};
	size_t i;

	if (span_equal(name, SPAN("kmsg")))
		return GROUP_KERNEL;
	if (span_find(name, SPAN("dmesg")))
		return GROUP_DMESG;
	if (span_starts_with(name, SPAN("journal")) ||
	    span_find(path, SPAN("/journal")))
		return GROUP_JOURNAL;
	for (i = 0; i < sizeof(of_syslog) / sizeof(of_syslog[0]); i++)
		if (span_starts_with(name, of_syslog[i]))
			return GROUP_FILE;
	return GROUP_OTHER;
}

void log_candidate_name(struct log_candidate *candidate, struct span path)
{
	struct span name = name_of(path);

	candidate->age = 0;
	candidate->group = group_of(path, name);
	if (candidate->group != GROUP_OTHER && parse_age(name, &candidate->age))
		candidate->group = GROUP_ROTATED;
}

bool log_candidate_is_better(const struct log_candidate *a,
			     const struct log_candidate *b)
{
	if (!a->path || !b->path)
		return a->path;
	if (!a->parts != !b->parts)
		return a->parts;
	if (a->group != b->group)
		return a->group < b->group;
	if (a->age != b->age)
		return a->age < b->age;
	if (a->entries != b->entries)
		return a->entries > b->entries;
	return strcmp(a->path, b->path) < 0;
}

/* ---- what was read ---- */

static void take_sources(struct capture *capture, struct log_stash *stash)
{
	size_t kept = 0, i;

	for (i = 0; i < capture->source_count; i++) {
		const struct capture_source *source = &capture->sources[i];

		if (source->rank == SOURCE_OF_LOG)
			stash->sources[stash->source_count++] = *source;
		else
			capture->sources[kept++] = *source;
	}
	capture->source_count = kept;
}

static void take_counters(struct capture *capture, struct log_stash *stash)
{
	stash->told = capture->told;
	stash->reported = capture->reported;
	stash->reported_path = capture->reported_path;
	capture->told = capture->reported = (struct counters){0};
	capture->reported_path = NULL;
}

static void put_back(struct capture *capture, const struct log_stash *stash)
{
	size_t i;

	for (i = 0; i < stash->source_count; i++)
		capture->sources[capture->source_count++] = stash->sources[i];
	capture->told = stash->told;
	capture->reported = stash->reported;
	capture->reported_path = stash->reported_path;
}

static void drop(struct log_stash *stash)
{
	size_t i;

	for (i = 0; i < stash->source_count; i++)
		capture_source_deinit(&stash->sources[i]);
	counters_deinit(&stash->told);
	counters_deinit(&stash->reported);
}

void log_choice_begin(struct member_reader *reader, struct log_stash *stash)
{
	if (!reader->logs.best.path)
		return;
	take_sources(reader->capture, stash);
	take_counters(reader->capture, stash);
}

static bool leave_out(struct member_reader *reader,
		      const struct log_candidate *log, struct error *err)
{
	struct left_log *left, **end = &reader->logs.left;

	if (!log->path || !log->parts)
		return true;
	left = arena_alloc(&reader->capture->arena, sizeof(*left));
	if (!left)
		return error_no_memory(err);
	left->path = log->path;
	while (*end && strcmp((*end)->path, left->path) < 0)
		end = &(*end)->next;
	left->next = *end;
	*end = left;
	return true;
}

static bool describe(struct member_reader *reader, size_t parts,
		     struct log_candidate *ret, struct error *err)
{
	const struct capture *capture = reader->capture;
	size_t i;

	*ret = (struct log_candidate){
		.path = arena_string(&reader->capture->arena,
				     span_of(reader->name)),
		.parts = parts,
	};
	if (!ret->path)
		return error_no_memory(err);
	log_candidate_name(ret, span_of(ret->path));
	for (i = 0; i < capture->source_count; i++)
		if (capture->sources[i].rank == SOURCE_OF_LOG)
			ret->entries += capture->sources[i].snapshot.entries;
	return true;
}

/* Of two logs that were read, the other is forgotten. */
static void exchange(struct capture *capture, struct log_stash *stash)
{
	struct log_stash loser = {0};

	take_sources(capture, &loser);
	take_counters(capture, &loser);
	put_back(capture, stash);
	drop(&loser);
}

bool log_choice_end(struct member_reader *reader, struct log_stash *stash,
		    bool done, size_t parts, struct error *err)
{
	struct log_candidate read = {0}, *best = &reader->logs.best;
	bool first = !best->path;

	done = done && describe(reader, parts, &read, err);
	if (!done || log_candidate_is_better(best, &read)) {
		if (!first)
			exchange(reader->capture, stash);
		return done && leave_out(reader, &read, err);
	}
	drop(stash);
	done = leave_out(reader, best, err);
	*best = read;
	return done;
}

bool log_choice_conclude(struct member_reader *reader, struct error *err)
{
	char name[QUOTE_CAPACITY];
	const struct left_log *left;

	for (left = reader->logs.left; left; left = left->next) {
		quote_text(span_of(reader->logs.best.path), QUOTE_LIMIT, name,
			   sizeof(name));
		if (!capture_say(reader->capture, err, left->path,
				 "left out: of several logs '%s' is read; they "
				 "may be of different boots",
				 name))
			return false;
	}
	return true;
}
