/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What SLUB's user tracking (slab_debug=U) tells of the objects of one cache,
 * which the path names:
 *
 *   /sys/kernel/debug/slab/CACHE/alloc_traces, free_traces  (5.14 and newer)
 *   /sys/kernel/slab/CACHE/alloc_calls, free_calls          (up to 5.13)
 *
 * Each record begins with a line (mm/slub.c: list_locations(), and
 * slab_debugfs_show() of 5.14):
 *
 *   "%7ld " symbol or "<not-available>" [" waste=%lu/%lu"] " age=%ld[/%ld/%ld]"
 *   " pid=%ld[-%ld]" [" cpus=%*pbl"] [" nodes=%*pbl"]
 *
 * Since 5.18 the frames follow, eight spaces before each, and a blank line;
 * waste= is of 6.1. Where no stack is known there is neither. So a record ends
 * at the next count line, at a blank line, or with the text. The symbol stands
 * among the first frames, but for one in ten, whose frames begin behind it.
 * alloc_calls ends near 4 KB without a word.
 *
 * "<not-available>": never freed, or from before tracking began. Its age is
 * jiffies - 0, which is the kernel's clock itself.
 */
#include "formats/format.h"
#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "formats/slab_path.h"
#include "formats/slab_record.h"
#include "formats/sniff_line.h"

enum open_record {
	OPEN_NOTHING,
	OPEN_RECORD,
	OPEN_SKIPPED, /* its damage was told: its lines are passed over */
	OPEN_OTHER,   /* of a file of the other side */
};

struct slab_traces {
	uint64_t line;	       /* lines before the text now looked at */
	enum slab_side side;   /* what is read */
	enum open_record open; /* what the last lines belong to */
	bool failed;	       /* the sink has failed */
	bool has_other;	       /* lines of the other side's files were passed */
	/* Of the line now read: */
	bool cut;	 /* it has no newline */
	struct span raw; /* as it stands there */
	/* Of the block now read: */
	struct sink *sink;
	struct error *err;
	/* Of lines that grep -r wrote: the path before them. */
	size_t path_length;
	char path[4096];
	struct slab_record record; /* the open one */
};

#define EXPECTED_RECORD "\"<count> <symbol> age=<number> pid=<number>\""

static void damage_at(const struct slab_traces *state, uint64_t line,
		      const char *expected, struct span found, bool stray)
{
	const struct damage damage = {
		.line = line,
		.expected = expected,
		.found = found,
		.stray = stray,
	};

	state->sink->damage(state->sink, &damage);
}

/* The line now read is damaged. */
static void damage(const struct slab_traces *state, const char *expected,
		   bool stray)
{
	damage_at(state, state->line, expected, state->raw, stray);
}

/* ---- records ---- */

static bool deliver(struct slab_traces *state)
{
	struct span path = {state->path, state->path_length};

	path = slab_path_cache(path.length ? path : state->sink->path);
	state->failed = !slab_record_deliver(&state->record, path, state->sink,
					     state->err);
	return !state->failed;
}

static bool close_record(struct slab_traces *state)
{
	enum open_record open = state->open;

	state->open = OPEN_NOTHING;
	if (open != OPEN_RECORD)
		return true;
	if (state->record.facts.has_age)
		return deliver(state);
	damage_at(state, state->record.line, "\"age=<number>\"",
		  slab_record_symbol(&state->record), false);
	return true;
}

static bool open_record(struct slab_traces *state, const struct slab_line *line)
{
	if (slab_record_open(&state->record, line, state->line, state->cut)) {
		state->open = OPEN_RECORD;
		return true;
	}
	state->open = OPEN_SKIPPED;
	damage(state, EXPECTED_RECORD, false);
	return false;
}

/* ---- lines ---- */

static bool is_frame_line(struct span line, struct span *ret)
{
	struct span frame = span_trim_end(line);
	bool indented = span_take_blanks(&frame);

	*ret = frame;
	return frame.length && (frame_text_is_whole(frame) ||
				(indented && !frame_text_has_odd_space(frame)));
}

static void add_frame(struct slab_traces *state, struct span frame)
{
	state->record.cut |= state->cut;
	if (state->cut && !frame_text_is_whole(frame))
		return;
	if (!stack_text_add(&state->record.stack, frame))
		damage(state, "no more than 64 KiB of frames", true);
}

static void take_frame(struct slab_traces *state, struct span frame)
{
	switch (state->open) {
	case OPEN_NOTHING:
		/* The rest of a record whose count is not there. */
		if (frame_text_is_whole(frame))
			state->open = OPEN_SKIPPED;
		damage(state, EXPECTED_RECORD, state->open == OPEN_NOTHING);
		return;
	case OPEN_RECORD:
		add_frame(state, frame);
		return;
	case OPEN_SKIPPED:
	case OPEN_OTHER:
		return;
	}
}

static void take_wrapped_fact(struct slab_traces *state, struct span line)
{
	state->record.cut |= state->cut;
	if (slab_record_add_facts(&state->record, span_trim_end(line)))
		return;
	state->open = OPEN_SKIPPED;
	damage(state, EXPECTED_RECORD, false);
}

/* ---- paths that grep -r has put before the lines ---- */

/* Another path is another cache, and ends a record. */
static bool enter_path(struct slab_traces *state, struct span path)
{
	struct span known = {state->path, state->path_length};

	if (span_equal(known, path))
		return true;
	if (!close_record(state))
		return false;
	/* Of a path that is too long, the end is what tells. */
	if (path.length > sizeof(state->path))
		path = span_skip(path, path.length - sizeof(state->path));
	memcpy(state->path, path.at, path.length);
	state->path_length = path.length;
	return true;
}

static bool pass_other(struct slab_traces *state)
{
	if (!close_record(state))
		return false;
	state->open = OPEN_OTHER;
	state->has_other = true;
	return true;
}

/* ---- the careful way: line by line ---- */

/* A line that holds the cut end of one record and the start of another. */
static bool take_glued(struct slab_traces *state, struct span line,
		       const struct slab_line *glued)
{
	bool stray = false;

	if (slab_line_is_cut(span_between(line.at, glued->count.at))) {
		if (!close_record(state))
			return false;
	} else {
		stray = state->open != OPEN_RECORD;
		state->open = OPEN_NOTHING;
	}
	damage(state, "the rest of the record", stray);
	open_record(state, glued);
	return true;
}

static bool take_count_line(struct slab_traces *state, struct span line,
			    const struct slab_line *count)
{
	struct slab_line glued;

	if (!close_record(state))
		return false;
	if (!open_record(state, count) && slab_line_find_glued(line, &glued))
		open_record(state, &glued);
	return true;
}

static bool take_blank(struct slab_traces *state)
{
	state->record.cut |= state->cut;
	return close_record(state);
}

static bool take_bare_line(struct slab_traces *state, struct span line)
{
	struct slab_line count;
	struct span frame;

	if (frame_text_is_blank(line) ||
	    span_equal(span_trim_end(line), SPAN("No data")))
		return take_blank(state);
	if (slab_line_split(line, &count))
		return take_count_line(state, line, &count);
	if (state->open == OPEN_RECORD &&
	    slab_record_is_wrapped(&state->record, line)) {
		take_wrapped_fact(state, line);
		return true;
	}
	if (is_frame_line(line, &frame)) {
		take_frame(state, frame);
		return true;
	}
	if (slab_line_find_glued(line, &count))
		return take_glued(state, line, &count);
	state->record.cut |= state->cut;
	damage(state, EXPECTED_RECORD, true);
	return true;
}

static bool take_line(struct slab_traces *state)
{
	enum slab_side other =
		state->side == SLAB_ALLOC ? SLAB_FREE : SLAB_ALLOC;
	struct span line = state->raw, path;

	/* No log or path begins with a space, and most lines do. */
	if (span_starts_with(line, SPAN(" ")))
		return take_bare_line(state, line);
	line = span_skip(line, log_prefix_length(line));
	if (slab_path_take(state->side, &line, &path)) {
		if (!enter_path(state, path))
			return false;
	} else if (slab_path_take(other, &line, &path)) {
		return pass_other(state);
	}
	return take_bare_line(state, line);
}

/* ---- blocks ---- */

static bool take_block(struct slab_traces *state, struct span lines)
{
	const char *at = lines.at, *end = span_end(lines);

	while (at < end) {
		const char *newline;

		if (state->open == OPEN_RECORD && !state->sink->careful)
			at = slab_record_add_plain_frames(&state->record, at,
							  end, &state->line);
		if (at == end)
			break;
		state->line++;
		newline = memchr(at, '\n', (size_t)(end - at));
		state->cut = !newline;
		state->raw = span_between(at, newline ? newline : end);
		if (!take_line(state))
			return false;
		at = newline ? newline + 1 : end;
	}
	return true;
}

static bool slab_traces_block(void *context, struct span lines,
			      struct sink *sink, struct error *err)
{
	struct slab_traces *state = context;

	state->sink = sink;
	state->err = err;
	return take_block(state, lines);
}

static bool slab_free_traces_block(void *context, struct span lines,
				   struct sink *sink, struct error *err)
{
	struct slab_traces *state = context;

	state->side = SLAB_FREE;
	return slab_traces_block(state, lines, sink, err);
}

static bool slab_traces_finish(void *context, enum ending ending,
			       struct sink *sink, struct error *err)
{
	struct slab_traces *state = context;
	bool done;

	(void)ending;
	state->sink = sink;
	state->err = err;
	done = !state->failed && close_record(state);
	if (done && state->has_other)
		sink->remark(sink, state->side == SLAB_ALLOC
					   ? "lines of free_traces between "
					     "those of alloc_traces were left "
					     "out"
					   : "lines of alloc_traces between "
					     "those of free_traces were left "
					     "out");
	sink->lines = state->line;
	return done;
}

/* ---- sniffing ---- */

static bool is_record_line(struct span head, struct span text)
{
	struct slab_line line;
	struct span ignored;
	uint64_t number;

	(void)head;
	text = span_skip(text, log_prefix_length(text));
	slab_path_take(SLAB_ALLOC, &text, &ignored);
	return slab_line_split(text, &line) &&
	       span_find(line.facts, SPAN(" age=")) &&
	       span_find(line.facts, SPAN(" pid=")) &&
	       slab_line_count(&line, &number);
}

static const char *slab_traces_sniff(struct span head)
{
	if (span_equal(span_trim_end(head), SPAN("No data\n")) ||
	    span_equal(span_trim_end(head), SPAN("No data")))
		return head.at;
	return sniff_line(head, SPAN(" age="), is_record_line);
}

static const char *const slab_traces_paths[] = {
	"sys/kernel/debug/slab/*/alloc_traces",
	"sys/kernel/slab/*/alloc_calls",
	"alloc_traces",
	"alloc_calls",
	NULL,
};

static const char *const slab_free_traces_paths[] = {
	"sys/kernel/debug/slab/*/free_traces",
	"sys/kernel/slab/*/free_calls",
	/* The text does not tell: any name with this word has to do. */
	"*free_traces*",
	"*free_calls*",
	NULL,
};

const struct format format_slab_traces = {
	.name = "slab_traces",
	.title = "slab/*/alloc_traces; alloc_calls before Linux 5.14",
	.state_size = sizeof(struct slab_traces),
	.paths = slab_traces_paths,
	.noun = "object",
	.unit = UNIT_BYTE,
	.identity = 1u << FIELD_CACHE,
	.of_cache = true,
	.sniff = slab_traces_sniff,
	.block = slab_traces_block,
	.finish = slab_traces_finish,
};

const struct format format_slab_free_traces = {
	.name = "slab_free_traces",
	.title = "slab/*/free_traces; free_calls before Linux 5.14",
	.state_size = sizeof(struct slab_traces),
	.paths = slab_free_traces_paths,
	.noun = "object",
	.unit = UNIT_BYTE,
	.identity = 1u << FIELD_CACHE,
	.of_cache = true,
	.block = slab_free_traces_block,
	.finish = slab_traces_finish,
};
