/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memrchr */
#include "input/mixed_text.h"

#include <stdlib.h>

#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "input/mixed_boot.h"
#include "input/mixed_heading.h"
#include "input/mixed_lane.h"
#include "input/mixed_search.h"
#include "input/mixed_window.h"
#include "input/stream_lines.h"

enum {
	BLOCK_SIZE = 256 << 10,
	/* Lines at its end stay for the next: they may be part of what decides
	 * there. */
	WINDOW_REST = 16 << 10,
	/* A report is over after so many windows without another one. */
	/* So many lines may stand above the version of a boot. */
	VERSION_LINES = 8,
	QUIET_WINDOWS = MIXED_REPORT_SIZE / MIXED_WINDOW_SIZE,
};

struct mixed_text {
	const struct ingest_options *options;
	struct mixed_search search;
	struct mixed_channels channels;
	struct mixed_lanes lanes;
	struct mixed_facts facts;
	bool of_log;
	bool in_lanes; /* lines are taken apart by who printed them */
	/* Else, who takes the lines now; NULL: nobody. */
	struct mixed_channel *direct;
	struct mixed_channel nobody; /* takes a table that does not count */
	unsigned quiet;		     /* windows without a record of it */
	uint64_t tail_time;	     /* of the last line of the window before */
	struct mixed_boot boot;	     /* the last that began */
	bool zero;		     /* lines of it stood above its version */
	struct span window;	     /* all that is to be searched now */
	struct mixed_window lines;
	char path[4096]; /* of the heading */
};

/* ---- passing lines on ---- */

static void note_unread(struct mixed_text *text, struct span lines)
{
	struct span line;

	/* In a log the most is of no format. */
	while (!text->of_log && span_take_line(&lines, &line))
		text->facts.unread += !frame_text_is_blank(line);
}

static bool pass_lanes(struct mixed_text *text, struct span lines,
		       struct error *err)
{
	uint64_t number = text->lines.line;
	struct span line;
	bool taken;

	while (lines.length) {
		const char *begin = lines.at;

		span_take_line(&lines, &line);
		if (!mixed_lanes_line(&text->lanes,
				      span_between(begin, lines.at), ++number,
				      &taken, err))
			return false;
		if (!taken)
			note_unread(text, line);
	}
	return true;
}

static bool pass_piece(struct mixed_text *text, struct span lines,
		       struct error *err)
{
	if (text->in_lanes && text->lanes.open)
		return pass_lanes(text, lines, err);
	if (text->direct && !text->in_lanes)
		return mixed_channel_give(text->direct, lines,
					  text->lines.line + 1, err);
	note_unread(text, lines);
	return true;
}

/* All lines up to `to` go where lines now go. */
static bool pass(struct mixed_text *text, const char *to, struct error *err)
{
	while (text->lines.at < to) {
		const char *end = mixed_window_piece(&text->lines, to);

		if (!pass_piece(text, span_between(text->lines.at, end), err))
			return false;
		mixed_window_move(&text->lines, end);
	}
	return true;
}

/* Whatever was read is over. */
static bool stop(struct mixed_text *text, struct error *err)
{
	text->direct = NULL;
	text->in_lanes = false;
	return mixed_lanes_end(&text->lanes, err);
}

static const char *behind(const struct mixed_text *text, struct span line)
{
	const char *end = span_end(line);

	return end < span_end(text->window) ? end + 1 : end;
}

/* The line above at, which is the start of one; false: it is not there. */
static bool line_above(const struct mixed_text *text, const char *at,
		       const char *floor, struct span *ret)
{
	if (at <= floor)
		return false;
	*ret = span_line_around(text->window, at - 1);
	return ret->at >= floor;
}

/* ---- boots ---- */

/* Of the line above at; UINT64_MAX: it has none. */
static uint64_t time_above(const struct mixed_text *text, const char *at)
{
	struct span line;

	return line_above(text, at, text->window.at, &line)
		       ? log_prefix_parse(line).time_ns
		       : text->tail_time;
}

static bool begin_boot(struct mixed_text *text, struct error *err)
{
	text->facts.boots++;
	return stop(text, err) && mixed_channels_boot(&text->channels, err);
}

/* Whether one of the lines that follow tells the version, and which boot. */
static bool is_above_version(const struct mixed_text *text, struct span line)
{
	struct span rest = span_between(line.at, span_end(text->window));
	unsigned i;

	for (i = 0; i < VERSION_LINES && span_take_line(&rest, &line); i++) {
		line = span_skip(line, log_prefix_length(line));
		if (span_starts_with(line, SPAN("Linux version ")))
			return true;
	}
	return false;
}

/* "[    0.000000]" behind a later time. */
static bool take_zero(struct mixed_text *text, struct span line,
		      struct error *err)
{
	uint64_t above = time_above(text, line.at);

	if (above == UINT64_MAX || above == 0)
		return true;
	text->zero = is_above_version(text, line);
	return text->zero ||
	       (pass(text, line.at, err) && begin_boot(text, err));
}

/* The log of the boot before may stand there again. */
static bool take_boot(struct mixed_text *text, struct span line,
		      struct error *err)
{
	struct mixed_boot boot;

	mixed_boot_read(&boot, span_between(line.at, span_end(text->window)));
	if (mixed_boot_is_same(&boot, &text->boot))
		return true;
	text->boot = boot;
	return begin_boot(text, err);
}

/* "Linux version …": the release, and in a log the begin of a boot. */
static bool take_version(struct mixed_text *text, struct span line,
			 struct error *err)
{
	static const char name[] = "version";
	struct log_prefix prefix = log_prefix_parse(line);
	struct mixed_channel *channel;
	const char *next = behind(text, line);
	bool first = text->zero || time_above(text, line.at) != 0;

	if (text->direct && strcmp(text->direct->part.format->name, name) == 0)
		return true;
	text->zero = false;
	if (!pass(text, line.at, err) ||
	    (prefix.of_log && first && !take_boot(text, line, err)))
		return false;
	if (!stop(text, err) ||
	    !mixed_channels_find(&text->channels, format_named(name), &channel,
				 err) ||
	    !mixed_channel_renew(channel, err) ||
	    !mixed_channel_give(channel,
				span_between(line.at + prefix.length, next),
				text->lines.line + 1, err))
		return false;
	mixed_window_move(&text->lines, next);
	return true;
}

/* ---- headings ---- */

/* Files of processes and symbols are for those who look for them. */
static bool is_part(const struct mixed_text *text, const struct format *format)
{
	const struct format *only = text->options->format;

	return format && !format->mixed && !format->of_process &&
	       !format->of_symbols && !format->ours &&
	       (!only || only == format);
}

static bool take_heading(struct mixed_text *text, struct span line,
			 struct error *err)
{
	struct mixed_heading heading;

	if (!pass(text, line.at, err) || !stop(text, err) ||
	    !mixed_channels_end(&text->channels, err))
		return false;
	if (!mixed_heading_parse(line, &heading))
		return true;
	text->channels.path = (struct span){text->path, 0};
	if (heading.path.length <= sizeof(text->path)) {
		memcpy(text->path, heading.path.at, heading.path.length);
		text->channels.path.length = heading.path.length;
	}
	mixed_window_move(&text->lines, behind(text, line));
	text->quiet = 0;
	return !is_part(text, heading.format) ||
	       mixed_channels_find(&text->channels, heading.format,
				   &text->direct, err);
}

/* ---- formats ---- */

/* The format that a hit is of: what stands between records is of theirs. */
static const struct format *leader(const struct format *format)
{
	size_t i;

	for (i = 0; formats[i]; i++)
		if (formats[i]->companion == format)
			return formats[i];
	return format;
}

static struct span without_prefix(struct span line)
{
	span_drop(&line, SPAN("\r"));
	return span_skip(line, log_prefix_length(line));
}

/* Where a dump begins whose deciding line is this one. */
static const char *first_line(const struct mixed_text *text,
			      const struct format *format, const char *at)
{
	struct span line;

	while (format->precedes &&
	       line_above(text, at, text->lines.at, &line) &&
	       format->precedes(without_prefix(line)))
		at = line.at;
	return at;
}

/* Whether what a lane has now is not ended by a record of format. */
static bool is_within(const struct mixed_text *text,
		      const struct mixed_channel *now,
		      const struct format *format)
{
	const char *const *inner = now ? now->part.format->inner : NULL;

	return now && ((inner && format_is_listed(format, inner)) ||
		       (now == &text->nobody && now->part.format == format));
}

static bool begin_in_lane(struct mixed_text *text, struct span line,
			  struct span caller, struct mixed_channel *channel,
			  struct error *err)
{
	if (!pass(text, line.at, err) || (!text->in_lanes && !stop(text, err)))
		return false;
	text->in_lanes = true;
	if (mixed_lanes_go_on(&text->lanes, caller, channel, line))
		return true;
	return mixed_lanes_begin(&text->lanes, caller, channel, err);
}

static bool begin_direct(struct mixed_text *text, const char *begin,
			 struct mixed_channel *channel, struct error *err)
{
	if (!pass(text, begin, err) || !stop(text, err))
		return false;
	text->direct = channel;
	text->quiet = 0;
	return true;
}

/* *channel is nobody where a better table was counted. */
static bool begin_table(struct mixed_text *text, const char *begin, int rank,
			struct mixed_channel **channel, struct error *err)
{
	const struct format *format = (*channel)->part.format;
	bool taken;

	/* What is kept of the table before is to be counted first. */
	if (!pass(text, begin, err) ||
	    !(text->in_lanes ? mixed_lanes_end_of(&text->lanes, *channel, err)
			     : stop(text, err)) ||
	    !mixed_channel_table(*channel, rank, text->lines.line + 1, &taken,
				 err))
		return false;
	if (taken)
		return true;
	text->nobody.part.format = format;
	*channel = &text->nobody;
	return true;
}

static bool take_format(struct mixed_text *text, struct span line,
			const struct format *found, struct error *err)
{
	const struct format *format = leader(found);
	struct span caller = log_prefix_parse(line).caller;
	int rank = mixed_search_opening(format, line);
	const char *begin = first_line(text, format, line.at);
	struct mixed_channel *channel;

	if (text->in_lanes && caller.length && rank < 0 &&
	    is_within(text, mixed_lanes_channel(&text->lanes, caller), format))
		return true;
	if (!mixed_channels_find(&text->channels, format, &channel, err) ||
	    (rank >= 0 && !begin_table(text, begin, rank, &channel, err)))
		return false;
	return caller.length ? begin_in_lane(text, line, caller, channel, err)
			     : begin_direct(text, begin, channel, err);
}

static bool take(struct mixed_text *text, const struct mixed_finder *finder,
		 struct span line, struct error *err)
{
	switch (finder->mark) {
	case MARK_FORMAT:
	case MARK_OPENING:
		return take_format(text, line, finder->format, err);
	case MARK_HEADING:
		return take_heading(text, line, err);
	case MARK_VERSION:
		return take_version(text, line, err);
	case MARK_ZERO:
		return take_zero(text, line, err);
	}
	return true;
}

/* ---- windows ---- */

/* Whether the format that is being read has another record there. */
static bool goes_on(const struct mixed_text *text)
{
	const struct format *format = text->direct->part.format;
	const struct format *companion = format->companion;

	return !format->reported || !format->sniff ||
	       format->sniff(text->window) ||
	       (companion && companion->sniff &&
		companion->sniff(text->window));
}

static const struct mixed_finder *next_mark(struct mixed_text *text,
					    const char *from)
{
	const struct format *current = text->direct && !text->in_lanes
					       ? text->direct->part.format
					       : NULL;

	return mixed_search_next(&text->search, from, current);
}

/* Read the window up to limit, which is the start of a line or its end. */
static bool read_window(struct mixed_text *text, const char *limit,
			struct error *err)
{
	const struct mixed_finder *finder;
	const char *from = text->window.at;

	mixed_window_begin(&text->lines);
	mixed_search_window(&text->search, text->window);
	if (text->direct) {
		text->quiet = goes_on(text) ? 0 : text->quiet + 1;
		if (text->quiet > QUIET_WINDOWS)
			text->direct = NULL;
	}
	while ((finder = next_mark(text, from)) && finder->next < limit) {
		struct span line = span_line_around(text->window, finder->next);

		from = behind(text, line);
		if (!take(text, finder, line, err))
			return false;
	}
	return text->lines.at >= limit || pass(text, limit, err);
}

/* Whether the line may be of a dump that is only known below it. */
static bool is_held(struct span line)
{
	size_t i;

	line = without_prefix(line);
	for (i = 0; formats[i]; i++)
		if (formats[i]->precedes && formats[i]->precedes(line))
			return true;
	return false;
}

/* Up to where the window can be read while more text follows. */
static const char *limit_of(const struct mixed_text *text)
{
	const char *begin = text->window.at, *newline, *at;
	const char *floor = begin + text->window.length / 2;
	size_t length = text->window.length;
	struct span line;

	newline = length > WINDOW_REST
			  ? memrchr(begin, '\n', length - WINDOW_REST)
			  : NULL;
	at = newline ? newline + 1 : span_end(text->window);
	while (line_above(text, at, floor, &line) && is_held(line))
		at = line.at;
	return at;
}

/* Read what the window holds, up to its last line. */
static bool read_all(struct mixed_text *text, bool last, struct error *err)
{
	const char *limit;

	text->window = mixed_window_text(&text->lines);
	if (!text->window.length)
		return true;
	limit = last ? span_end(text->window) : limit_of(text);
	if (!read_window(text, limit, err))
		return false;
	text->tail_time = time_above(text, text->lines.at);
	mixed_window_drop(&text->lines);
	return true;
}

static bool read_stream(struct mixed_text *text, struct source *source,
			struct stream_lines *stream, struct error *err)
{
	struct progress_sink *progress = text->options->progress;
	uint64_t read, total;
	struct span lines;

	for (;;) {
		if (!stream_lines_next(stream, &lines, err))
			return false;
		if (!lines.length)
			break;
		while (!mixed_window_add(&text->lines, &lines))
			if (!read_all(text, false, err))
				return false;
		source_progress(source, &read, &total);
		if (progress)
			progress->report(progress, read, total, 0);
	}
	return read_all(text, true, err) && stop(text, err) &&
	       mixed_channels_end(&text->channels, err);
}

bool mixed_text_read(struct source *source, struct ingest_head *head,
		     const struct ingest_options *options, bool of_log,
		     struct mixed_taker *taker, struct mixed_facts *ret,
		     struct error *err)
{
	size_t size = options->block_size ? options->block_size : BLOCK_SIZE;
	struct mixed_text *text = calloc(1, sizeof(*text));
	struct stream_lines *stream;
	bool done;

	if (!text)
		return error_no_memory(err);
	text->options = options;
	text->of_log = of_log;
	text->tail_time = UINT64_MAX;
	text->channels.taker = taker;
	text->channels.options = options;
	text->channels.of_log = of_log;
	mixed_search_init(&text->search, options->format);
	done = stream_lines_create(source, head->bytes + LINE_MAX_LENGTH,
				   head->plain ? 0 : head->length, size,
				   options->threads != 1, &stream, err);
	if (done) {
		done = read_stream(text, source, stream, err);
		stream_lines_destroy(stream);
	}
	if (done) {
		*ret = text->facts;
		ret->lines = text->lines.line;
		ret->unread += of_log ? 0 : text->channels.strays;
	}
	mixed_lanes_deinit(&text->lanes);
	mixed_channels_deinit(&text->channels);
	free(text);
	return done;
}
