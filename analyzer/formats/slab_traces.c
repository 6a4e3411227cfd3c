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
#include "model/stack_class.h"
#include "formats/format.h"
#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "formats/path_prefix.h"
#include "formats/slab_path.h"

/* Sixteen frames of the longest names are 10 KB. */
#define STACK_MAX ((size_t)64 << 10)
/* Of a count line: 8192 CPUs, every other one, are 20 KB. */
#define FACTS_MAX ((size_t)64 << 10)

/* Which of the two kinds of file is read. */
enum slab_side {
	SIDE_ALLOC,
	SIDE_FREE,
};

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
	/* Of the open record: */
	bool has_age;
	bool is_available;    /* not "<not-available>" */
	bool cut;	      /* the text ended inside of it */
	size_t symbol_length; /* of the symbol's line in stack */
	size_t stack_length;  /* frames stand behind that line */
	size_t facts_length;
	struct record record; /* its spans lie in facts */
	struct object_facts objects;
	/* Of lines that grep -r wrote: the path before them. */
	size_t path_length;
	char path[4096];
	char facts[FACTS_MAX];
	char stack[STACK_MAX];
};

#define EXPECTED_RECORD "\"<count> <symbol> age=<number> pid=<number>\""

static void damage_at(uint64_t line, struct sink *sink, const char *expected,
		      struct span found, bool stray)
{
	const struct damage damage = {
		.line = line,
		.expected = expected,
		.found = found,
		.stray = stray,
	};

	sink->damage(sink, &damage);
}

static void damage(const struct slab_traces *state, struct sink *sink,
		   const char *expected, struct span found, bool stray)
{
	damage_at(state->line, sink, expected, found, stray);
}

/* ---- count lines ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void take_blanks(struct span *line)
{
	while (line->length && memchr(" \t", line->at[0], 2))
		*line = span_skip(*line, 1);
}

static struct span trim_end(struct span line)
{
	while (line.length && memchr(" \t\r", span_end(line)[-1], 3))
		line.length--;
	return line;
}

static const struct span not_available = {"<not-available>", 15};

static bool is_symbol(struct span symbol)
{
	return span_equal(symbol, not_available) || frame_text_is_whole(symbol);
}

/* What stands before the first fact. */
static struct span symbol_before_facts(struct span line)
{
	static const struct span keys[] = {{" waste=", 7}, {" age=", 5}};
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *at = span_find(line, keys[i]);

		if (at)
			line = span_between(line.at, at);
	}
	return trim_end(line);
}

static struct span first_word(struct span line)
{
	const char *space =
		line.length ? memchr(line.at, ' ', line.length) : NULL;

	return span_between(line.at, space ? space : span_end(line));
}

/*
 * Take the symbol of a count line: "f+0x1/0x2 [mod]"; a word of any kind where
 * an age follows, "(____ptrval____)"; or what a cut has left of a symbol.
 */
static bool take_symbol(struct span *line, struct span *ret)
{
	struct span symbol = symbol_before_facts(*line);

	if (!is_symbol(symbol)) {
		symbol = first_word(*line);
		if (!symbol.length ||
		    (!span_find(symbol, SPAN("+0x")) &&
		     !span_starts_with(span_skip(*line, symbol.length),
				       SPAN(" age="))))
			return false;
	}
	*ret = symbol;
	*line = span_skip(*line, symbol.length);
	return true;
}

static void take_digits(struct span *line)
{
	while (line->length && is_digit(line->at[0]))
		*line = span_skip(*line, 1);
}

struct count_line {
	struct span count; /* digits */
	struct span symbol;
	struct span facts; /* " age=…" and so on */
};

/* Whether a line begins a record, damaged or not. */
static bool split_count_line(struct span line, struct count_line *ret)
{
	struct count_line found;

	line = trim_end(line);
	take_blanks(&line);
	found.count = line;
	take_digits(&line);
	found.count.length -= line.length;
	if (!found.count.length || !span_take(&line, SPAN(" ")))
		return false;
	take_blanks(&line);
	if (!take_symbol(&line, &found.symbol))
		return false;
	found.facts = line;
	*ret = found;
	return true;
}

static bool parse_whole(struct span text, uint64_t *ret)
{
	return span_take_u64(&text, ret) && !text.length;
}

/* Numbers that a character divides; returns how many, 0: something else. */
static size_t parse_numbers(struct span text, char separator, size_t most,
			    uint64_t *ret)
{
	const char mark[] = {separator};
	size_t count = 0;

	do {
		if (count == most || !span_take_u64(&text, &ret[count]))
			return 0;
		count++;
	} while (span_take(&text, (struct span){mark, 1}));
	return text.length ? 0 : count;
}

static bool parse_waste(struct slab_traces *state, struct span value)
{
	uint64_t waste[2];

	if (parse_numbers(value, '/', 2, waste) != 2)
		return false;
	state->objects.has_waste = true;
	state->objects.waste_bytes = waste[0];
	return true;
}

static bool parse_age(struct slab_traces *state, struct span value)
{
	struct object_facts *objects = &state->objects;
	uint64_t age[3];
	size_t count = parse_numbers(value, '/', 3, age);

	if (count != 1 && count != 3)
		return false;
	state->has_age = true;
	if (!state->is_available) {
		objects->jiffies_now = age[count - 1];
		return true;
	}
	objects->age_min = age[0];
	objects->age_mean = age[count / 2];
	objects->age_max = age[count - 1];
	return true;
}

static bool parse_pid(struct slab_traces *state, struct span value)
{
	uint64_t pid[2];
	size_t count = parse_numbers(value, '-', 2, pid);

	if (!count || pid[0] > UINT32_MAX || pid[count - 1] > UINT32_MAX)
		return false;
	state->objects.pid_min = (uint32_t)pid[0];
	state->objects.pid_max = (uint32_t)pid[count - 1];
	state->record.fields[FIELD_PID] = value;
	return true;
}

/* "0-3,7", as the kernel prints sets of CPUs and nodes */
static bool is_number_list(struct span value)
{
	size_t i;

	for (i = 0; i < value.length; i++)
		if (!is_digit(value.at[i]) && !memchr("-,", value.at[i], 2))
			return false;
	return true;
}

static bool parse_fact(struct slab_traces *state, struct span fact)
{
	struct span *fields = state->record.fields;

	if (span_take(&fact, SPAN("waste=")))
		return parse_waste(state, fact);
	if (span_take(&fact, SPAN("age=")))
		return parse_age(state, fact);
	if (span_take(&fact, SPAN("pid=")))
		return parse_pid(state, fact);
	if (span_take(&fact, SPAN("cpus="))) {
		fields[FIELD_CPU] = fact;
		return is_number_list(fact);
	}
	if (span_take(&fact, SPAN("nodes="))) {
		fields[FIELD_NODE] = fact;
		return is_number_list(fact);
	}
	/* What kernels to come may add. */
	return fact.length && memchr(fact.at, '=', fact.length);
}

static bool parse_facts(struct slab_traces *state, struct span facts)
{
	for (;;) {
		const char *space;
		struct span fact;

		take_blanks(&facts);
		if (!facts.length)
			return true;
		space = memchr(facts.at, ' ', facts.length);
		fact = span_between(facts.at, space ? space : span_end(facts));
		if (!parse_fact(state, fact))
			return false;
		facts = span_skip(facts, fact.length);
	}
}

/* A copy that outlives the block. */
static bool keep(struct slab_traces *state, struct span *text)
{
	char *at = state->facts + state->facts_length;

	if (text->length > FACTS_MAX - state->facts_length)
		return false;
	if (text->length)
		memcpy(at, text->at, text->length);
	state->facts_length += text->length;
	text->at = at;
	return true;
}

static bool open_facts(struct slab_traces *state, struct count_line line)
{
	return parse_whole(line.count, &state->record.count) &&
	       keep(state, &line.facts) && parse_facts(state, line.facts);
}

/* ---- records ---- */

/* False: it does not fit. */
static bool add_frame(struct slab_traces *state, struct span frame)
{
	char *at = state->stack + state->stack_length;

	if (frame.length + 2 > STACK_MAX - state->stack_length)
		return false;
	*at = ' ';
	memcpy(at + 1, frame.at, frame.length);
	at[1 + frame.length] = '\n';
	state->stack_length += frame.length + 2;
	return true;
}

/*
 * The frames. The first of them is the symbol, or the allocator's part that was
 * inlined nowhere, kstrdup(), which the symbol follows. The walk skips a fixed
 * number of frames, though: behind a tail call the symbol is not among them.
 */
static struct span stack_of(const struct slab_traces *state)
{
	struct span whole = {state->stack, state->stack_length};
	struct span symbol = {state->stack, state->symbol_length};
	struct span frames = span_skip(whole, symbol.length);

	if (!frames.length)
		return whole;
	if (state->cut || span_starts_with(frames, symbol) ||
	    span_find(frames, symbol))
		return frames;
	return whole;
}

static bool deliver(struct slab_traces *state, struct sink *sink,
		    struct error *err)
{
	static const enum record_field optional[] = {FIELD_PID, FIELD_CPU,
						     FIELD_NODE};
	struct record *record = &state->record;
	struct span path = {state->path, state->path_length};
	size_t i;

	for (i = 0; i < sizeof(optional) / sizeof(optional[0]); i++)
		if (!(sink->wanted & 1u << optional[i]))
			record->fields[optional[i]] = (struct span){0};
	record->fields[FIELD_CACHE] =
		slab_path_cache(path.length ? path : sink->path);
	record->stack = stack_of(state);
	record->objects = &state->objects;
	record->unfinished = state->cut;
	state->failed = !sink->record(sink, record, err);
	return !state->failed;
}

static struct span symbol_of(const struct slab_traces *state)
{
	if (!state->symbol_length)
		return not_available;
	return (struct span){state->stack, state->symbol_length - 1};
}

static bool close_record(struct slab_traces *state, struct sink *sink,
			 struct error *err)
{
	enum open_record open = state->open;

	state->open = OPEN_NOTHING;
	if (open != OPEN_RECORD)
		return true;
	if (state->has_age)
		return deliver(state, sink, err);
	damage_at(state->record.line, sink, "\"age=<number>\"",
		  symbol_of(state), false);
	return true;
}

static void init_record(struct slab_traces *state)
{
	state->has_age = false;
	state->cut = false;
	state->symbol_length = 0;
	state->stack_length = 0;
	state->facts_length = 0;
	state->record = (struct record){
		.evidence = EVIDENCE_OBJECT,
		.alloc_ts_ns = TS_NONE,
		.pfn = PFN_NONE,
		.line = state->line,
	};
	state->objects = (struct object_facts){
		.age_min = AGE_NONE,
		.age_mean = AGE_NONE,
		.age_max = AGE_NONE,
		.jiffies_now = AGE_NONE,
	};
}

/*
 * A number at the very end of a text that was cut may have been longer. An age
 * is not believed then; what may stand behind it says less.
 */
static bool is_cut_in_age(struct span facts)
{
	const char *age = span_find(facts, SPAN(" age="));

	return age &&
	       !memchr(age + 1, ' ', (size_t)(span_end(facts) - (age + 1)));
}

static bool open_record(struct slab_traces *state, struct count_line line,
			struct span raw, bool cut, struct sink *sink)
{
	init_record(state);
	state->is_available = !span_equal(line.symbol, not_available);
	state->cut = cut;
	if ((!state->is_available || add_frame(state, line.symbol)) &&
	    open_facts(state, line) && !(cut && is_cut_in_age(line.facts))) {
		state->symbol_length = state->stack_length;
		state->open = OPEN_RECORD;
		return true;
	}
	state->open = OPEN_SKIPPED;
	damage(state, sink, EXPECTED_RECORD, raw, false);
	return false;
}

/* ---- lines ---- */

/* Whether a space stands where no frame has one: before "[module]" only. */
static bool has_odd_space(struct span frame)
{
	const char *at = frame.at, *end = span_end(frame);

	while (at < end && (at = memchr(at, ' ', (size_t)(end - at)))) {
		if (at + 1 == end || (at[1] != '[' && at[-1] != ']'))
			return true;
		at++;
	}
	return false;
}

static bool is_frame_line(struct span line, struct span *ret)
{
	struct span frame = line;

	take_blanks(&frame);
	frame = trim_end(frame);
	*ret = frame;
	return frame.length && (frame_text_is_whole(frame) ||
				(frame.at != line.at && !has_odd_space(frame)));
}

static void take_frame(struct slab_traces *state, struct span frame,
		       struct span raw, bool cut, struct sink *sink)
{
	switch (state->open) {
	case OPEN_NOTHING:
		/* The rest of a record whose count is not there. */
		if (frame_text_is_whole(frame))
			state->open = OPEN_SKIPPED;
		damage(state, sink, EXPECTED_RECORD, raw,
		       state->open == OPEN_NOTHING);
		return;
	case OPEN_RECORD:
		state->cut |= cut;
		if (cut && !frame_text_is_whole(frame))
			return;
		if (!add_frame(state, frame))
			damage(state, sink, "no more than 64 KiB of frames",
			       raw, true);
		return;
	case OPEN_SKIPPED:
	case OPEN_OTHER:
		return;
	}
}

/* The other end of a count line that a mail program broke. */
static bool is_wrapped_fact(const struct slab_traces *state, struct span line)
{
	take_blanks(&line);
	return state->open == OPEN_RECORD &&
	       state->stack_length == state->symbol_length &&
	       (span_starts_with(line, SPAN("waste=")) ||
		span_starts_with(line, SPAN("age=")) ||
		span_starts_with(line, SPAN("pid=")) ||
		span_starts_with(line, SPAN("cpus=")) ||
		span_starts_with(line, SPAN("nodes=")));
}

static void take_wrapped_fact(struct slab_traces *state, struct span line,
			      struct span raw, bool cut, struct sink *sink)
{
	line = trim_end(line);
	state->cut |= cut;
	if (keep(state, &line) && parse_facts(state, line))
		return;
	state->open = OPEN_SKIPPED;
	damage(state, sink, EXPECTED_RECORD, raw, false);
}

/* ---- paths that grep -r has put before the lines ---- */

static bool take_path_of(enum slab_side side, struct span *line,
			 struct span *ret)
{
	static const struct span names[][2] = {
		[SIDE_ALLOC] = {{"alloc_traces", 12}, {"alloc_calls", 11}},
		[SIDE_FREE] = {{"free_traces", 11}, {"free_calls", 10}},
	};

	return path_prefix_take(line, names[side][0], ret) ||
	       path_prefix_take(line, names[side][1], ret);
}

/* Another path is another cache, and ends a record. */
static bool enter_path(struct slab_traces *state, struct span path,
		       struct sink *sink, struct error *err)
{
	struct span known = {state->path, state->path_length};

	if (span_equal(known, path))
		return true;
	if (!close_record(state, sink, err))
		return false;
	/* Of a path that is too long, the end is what tells. */
	if (path.length > sizeof(state->path))
		path = span_skip(path, path.length - sizeof(state->path));
	memcpy(state->path, path.at, path.length);
	state->path_length = path.length;
	return true;
}

static bool pass_other(struct slab_traces *state, struct sink *sink,
		       struct error *err)
{
	if (!close_record(state, sink, err))
		return false;
	state->open = OPEN_OTHER;
	state->has_other = true;
	return true;
}

/* ---- a record glued by cat to the line that another was cut in ---- */

/* How far into a line it is looked for: no line of ours is longer. */
#define GLUE_MAX 1024

/* The record that begins inside of line, behind what is left of another. */
static bool find_glued(struct span line, struct span *ret)
{
	struct span rest = line;
	struct count_line count;

	take_blanks(&rest);
	take_digits(&rest);
	while (rest.length > 1 && rest.at - line.at < GLUE_MAX) {
		bool begins = rest.at[0] == ' ' && is_digit(rest.at[1]);

		rest = span_skip(rest, 1);
		if (begins && split_count_line(rest, &count) &&
		    span_find(count.facts, SPAN(" age="))) {
			*ret = rest;
			return true;
		}
	}
	return false;
}

/* Whether text is what a cut has left of a count line. */
static bool is_cut_count(struct span text)
{
	take_blanks(&text);
	return text.length && is_digit(text.at[0]);
}

/* A line that holds the cut end of one record and the start of another. */
static bool take_glued(struct slab_traces *state, struct span line,
		       struct span glued, struct span raw, bool cut,
		       struct sink *sink, struct error *err)
{
	struct count_line count;
	bool stray = false;

	if (is_cut_count(span_between(line.at, glued.at))) {
		if (!close_record(state, sink, err))
			return false;
	} else {
		stray = state->open != OPEN_RECORD;
		state->open = OPEN_NOTHING;
	}
	damage(state, sink, "the rest of the record", raw, stray);
	split_count_line(glued, &count);
	open_record(state, count, raw, cut, sink);
	return true;
}

static bool take_count_line(struct slab_traces *state, struct span line,
			    struct count_line count, struct span raw, bool cut,
			    struct sink *sink, struct error *err)
{
	struct span glued;

	if (!close_record(state, sink, err))
		return false;
	if (!open_record(state, count, raw, cut, sink) &&
	    find_glued(line, &glued)) {
		split_count_line(glued, &count);
		open_record(state, count, raw, cut, sink);
	}
	return true;
}

static bool take_bare_line(struct slab_traces *state, struct span line,
			   struct span raw, bool cut, struct sink *sink,
			   struct error *err)
{
	struct count_line count;
	struct span frame, glued;

	if (frame_text_is_blank(line) ||
	    span_equal(trim_end(line), SPAN("No data"))) {
		state->cut |= cut;
		return close_record(state, sink, err);
	}
	if (split_count_line(line, &count))
		return take_count_line(state, line, count, raw, cut, sink, err);
	if (is_wrapped_fact(state, line)) {
		take_wrapped_fact(state, line, raw, cut, sink);
		return true;
	}
	if (is_frame_line(line, &frame)) {
		take_frame(state, frame, raw, cut, sink);
		return true;
	}
	if (find_glued(line, &glued))
		return take_glued(state, line, glued, raw, cut, sink, err);
	state->cut |= cut;
	damage(state, sink, EXPECTED_RECORD, raw, true);
	return true;
}

static bool take_line(struct slab_traces *state, struct span raw, bool cut,
		      struct sink *sink, struct error *err)
{
	enum slab_side other =
		state->side == SIDE_ALLOC ? SIDE_FREE : SIDE_ALLOC;
	struct span line = raw, path;

	/* No log or path begins with a space, and most lines do. */
	if (raw.length && raw.at[0] == ' ')
		return take_bare_line(state, line, raw, cut, sink, err);
	line = span_skip(line, log_prefix_length(line));
	if (take_path_of(state->side, &line, &path)) {
		if (!enter_path(state, path, sink, err))
			return false;
	} else if (take_path_of(other, &line, &path)) {
		return pass_other(state, sink, err);
	}
	return take_bare_line(state, line, raw, cut, sink, err);
}

/* ---- the quick way: frames as the kernel prints them ---- */

/*
 * Copy the frames from at on into the stack; returns what is behind them. The
 * first line that is not plain is left to take_line().
 */
static const char *quick_frames(struct slab_traces *state, const char *at,
				const char *end)
{
	static const struct span indent = {"        ", 8};
	size_t length = state->stack_length;
	uint64_t lines = 0;

	while (end - at > 9 && memcmp(at, indent.at, indent.length) == 0) {
		const char *newline =
			memchr(at + 8, '\n', (size_t)(end - at - 8));
		struct span frame;

		if (!newline)
			break;
		/* Only the first line behind a count line may be one. */
		if (!lines && is_wrapped_fact(state, span_between(at, newline)))
			break;
		frame = span_between(at + 8, newline);
		if (!frame.length || (unsigned char)frame.at[0] <= '9' ||
		    span_end(frame)[-1] <= ' ' || has_odd_space(frame) ||
		    frame.length + 2 > STACK_MAX - length)
			break;
		/* One space of the eight is the one that a frame has. */
		memcpy(state->stack + length, at + 7, frame.length + 2);
		length += frame.length + 2;
		at = newline + 1;
		lines++;
	}
	state->stack_length = length;
	state->line += lines;
	return at;
}

static bool take_block(struct slab_traces *state, struct span lines,
		       struct sink *sink, struct error *err)
{
	const char *at = lines.at, *end = span_end(lines);

	while (at < end) {
		const char *newline;

		if (state->open == OPEN_RECORD && !sink->careful)
			at = quick_frames(state, at, end);
		if (at == end)
			break;
		state->line++;
		newline = memchr(at, '\n', (size_t)(end - at));
		if (!take_line(state, span_between(at, newline ? newline : end),
			       !newline, sink, err))
			return false;
		at = newline ? newline + 1 : end;
	}
	return true;
}

static bool slab_traces_block(void *context, struct span lines,
			      struct sink *sink, struct error *err)
{
	struct slab_traces *state = context;

	state->side = SIDE_ALLOC;
	return take_block(state, lines, sink, err);
}

static bool slab_free_traces_block(void *context, struct span lines,
				   struct sink *sink, struct error *err)
{
	struct slab_traces *state = context;

	state->side = SIDE_FREE;
	return take_block(state, lines, sink, err);
}

static bool slab_traces_finish(void *context, enum ending ending,
			       struct sink *sink, struct error *err)
{
	struct slab_traces *state = context;
	bool done = !state->failed && close_record(state, sink, err);

	(void)ending;
	if (done && state->has_other)
		sink->remark(sink, state->side == SIDE_ALLOC
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

static bool is_record_line(struct span line)
{
	struct count_line count;
	struct span ignored;
	uint64_t number;

	line = span_skip(line, log_prefix_length(line));
	take_path_of(SIDE_ALLOC, &line, &ignored);
	return split_count_line(line, &count) &&
	       span_find(count.facts, SPAN(" age=")) &&
	       span_find(count.facts, SPAN(" pid=")) &&
	       parse_whole(count.count, &number);
}

static const char *slab_traces_sniff(struct span head)
{
	struct span rest = head;
	const char *hit;

	if (span_equal(trim_end(head), SPAN("No data\n")) ||
	    span_equal(trim_end(head), SPAN("No data")))
		return head.at;
	while ((hit = span_find(rest, SPAN(" age=")))) {
		const char *begin = hit, *end = span_end(rest);
		const char *newline = memchr(hit, '\n', (size_t)(end - hit));

		while (begin > rest.at && begin[-1] != '\n')
			begin--;
		if (is_record_line(
			    span_between(begin, newline ? newline : end)))
			return begin;
		rest = span_between(newline ? newline + 1 : end, end);
	}
	return NULL;
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
	.block = slab_free_traces_block,
	.finish = slab_traces_finish,
};
