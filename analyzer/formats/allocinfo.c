/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/allocinfo (6.10 and newer, CONFIG_MEM_ALLOC_PROFILING): what each line
 * of the kernel's source that allocates has allocated and not freed.
 *
 *   "allocinfo - version: 1.0"                    2.0 since 6.18
 *   "#     <size>  <calls> <tag info>"
 *   "%12lli %8llu FILE:LINE[ [MODULE]] func:FUNC[ KEY:VALUE]… "
 *
 * (lib/alloc_tag.c). There is no stack: the function stands for one, and the
 * site is a field. All rows are of live allocations, zeros too; size and calls
 * are summed over CPUs without a lock, so a site that allocates on one CPU and
 * frees on another may be below zero for a moment. "accurate:no" (2.0): the
 * allocations before profiling began are missing.
 *
 * The same rows stand in logs, the ten largest of them and with the sizes of
 * string_get_size(), below "Memory allocations:" (6.10, mm/show_mem.c) or
 * "Memory allocations (profiling is currently turned on):" (6.18). People paste
 * them sorted, without the header, through grep, and through numfmt.
 *
 * What is damage: a line that begins as a row does, with a size and calls, and
 * is none, is a skipped record. Any other text is stray, but in a log, which is
 * full of it: what follows a line with a log's prefix, or the header of the
 * table there, is passed over, and so is what begins with two numbers as long
 * as no table is being read.
 */
#include "formats/count_remark.h"
#include "formats/frame_text.h"
#include "formats/log_prefix.h"

/* More than KSYM_NAME_LEN (512) and the name of any module. */
#define NAMES_MAX 4096

/* What a site can be below zero by, as a number without a sign. */
#define NEGATIVE_FROM ((uint64_t)1 << 63)

static const struct span version_line = {"allocinfo - version: ", 21};
static const struct span table_line = {"Memory allocations", 18};
static const struct span func_mark = {" func:", 6};

struct allocinfo {
	uint64_t line;
	uint64_t tables; /* headers of a dump or of a log's table */
	uint64_t negative, inaccurate;
	bool rounded;  /* sizes in human units were seen */
	bool log;      /* text between rows is a log's */
	bool partial;  /* a table of a log was read */
	bool in_table; /* a row would not surprise here */
	bool spaced;   /* the last row ended in a space, as printed */
	char stack[NAMES_MAX + 8];
};

struct row {
	uint64_t size, calls;
	struct span site, module, function;
	bool negative, rounded, inaccurate, spaced;
};

static void skip_spaces(struct span *line)
{
	while (line->length && (line->at[0] == ' ' || line->at[0] == '\t'))
		*line = span_skip(*line, 1);
}

static void drop_spaces(struct span *line)
{
	while (line->length &&
	       (span_end(*line)[-1] == ' ' || span_end(*line)[-1] == '\t'))
		line->length--;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

/* The binary exponent of "K", "KiB", "kB" …; 0: no unit, or bytes. */
static bool take_unit(struct span *line, unsigned *ret_shift)
{
	static const char letters[] = "KMGTP";
	struct span rest = *line;
	const char *letter;

	*ret_shift = 0;
	if (rest.length) {
		letter = memchr(letters, rest.at[0] & ~0x20, 5);
		if (letter) {
			*ret_shift = 10 * (unsigned)(letter - letters + 1);
			rest = span_skip(rest, 1);
			span_take(&rest, SPAN("i"));
		}
	}
	span_take(&rest, SPAN("B"));
	if (rest.at == line->at || !rest.length || !is_space(rest.at[0]))
		return false;
	*line = rest;
	return true;
}

/* Digits behind the point in 1/10000, more than string_get_size() prints. */
static uint64_t take_fraction(struct span *line)
{
	uint64_t value = 0;
	unsigned place;

	for (place = 0;
	     line->length && line->at[0] >= '0' && line->at[0] <= '9';
	     place++) {
		if (place < 4)
			value = 10 * value + (uint64_t)(line->at[0] - '0');
		*line = span_skip(*line, 1);
	}
	for (; place < 4; place++)
		value *= 10;
	return value;
}

/* "48.0 MiB", "2.8M", "12K": of show_mem(), and of numfmt in any locale. */
static bool scale_size(struct span *line, struct row *row)
{
	uint64_t fraction = 0, part;
	unsigned shift;

	if (span_take(line, SPAN(".")) || span_take(line, SPAN(",")))
		fraction = take_fraction(line);
	skip_spaces(line);
	if (!take_unit(line, &shift) ||
	    __builtin_mul_overflow(row->size, (uint64_t)1 << shift, &row->size))
		return false;
	part = ((fraction << shift) + 5000) / 10000;
	row->rounded = shift != 0;
	return !__builtin_add_overflow(row->size, part, &row->size);
}

/* "  12345 ", or a size in human units: false where that is none. */
static bool take_size(struct span *line, struct row *row)
{
	struct span rest;

	skip_spaces(line);
	row->negative = span_take(line, SPAN("-"));
	if (!span_take_u64(line, &row->size) || !line->length)
		return false;
	rest = *line;
	if (is_space(rest.at[0]))
		skip_spaces(&rest);
	if (rest.length && (rest.at[0] > '9' || rest.at[0] < '0'))
		return scale_size(line, row) && row->size < NEGATIVE_FROM;
	return is_space(line->at[0]) && row->size < NEGATIVE_FROM;
}

static bool take_numbers(struct span *line, struct row *row)
{
	if (!take_size(line, row))
		return false;
	skip_spaces(line);
	if (!span_take_u64(line, &row->calls) || !line->length ||
	    !is_space(line->at[0]))
		return false;
	skip_spaces(line);
	return true;
}

/* Where c last stands in text, or NULL. */
static const char *find_last(struct span text, char c)
{
	const char *at = span_end(text);

	while (at > text.at)
		if (*--at == c)
			return at;
	return NULL;
}

/* Split text at the last " func:". */
static bool split_function(struct span text, struct span *ret_tag,
			   struct span *ret_rest)
{
	struct span left = text;
	const char *colon;

	while ((colon = find_last(left, ':'))) {
		left = span_between(text.at, colon + 1);
		if (span_drop(&left, func_mark)) {
			*ret_tag = left;
			*ret_rest = span_between(colon + 1, span_end(text));
			return true;
		}
		left.length--;
	}
	return false;
}

/* The name, and " key:value" pairs behind it, whichever come. */
static bool parse_function(struct span rest, struct row *row)
{
	size_t i;

	for (i = 0; i < rest.length && (unsigned char)rest.at[i] > ' '; i++)
		;
	row->function = span_between(rest.at, rest.at + i);
	if (!i)
		return false;
	for (rest = span_skip(rest, i); rest.length;
	     rest = span_skip(rest, i)) {
		struct span pair;
		const char *colon;

		if (!is_space(rest.at[0]))
			return false;
		skip_spaces(&rest);
		for (i = 0; i < rest.length && !is_space(rest.at[i]); i++)
			;
		pair = span_between(rest.at, rest.at + i);
		colon = memchr(pair.at, ':', pair.length);
		if (!colon || colon == pair.at)
			return false;
		row->inaccurate |= span_equal(pair, SPAN("accurate:no"));
	}
	return true;
}

/*
 * Whether a path with spaces or colons is one: not so where a row that was cut
 * is glued to another. Rows have runs of spaces, and " func:" of their own.
 */
static bool is_path(struct span path)
{
	struct span rest = path;
	uint64_t ignored;

	if (!path.length || span_find(path, SPAN("  ")) ||
	    span_find(path, func_mark))
		return false;
	return !span_take_u64(&rest, &ignored) || !rest.length ||
	       !is_space(rest.at[0]);
}

/* "FILE:LINE", "FILE:LINE [MODULE]" */
static bool parse_tag(struct span tag, struct row *row)
{
	struct span path;
	const char *open;

	if (span_ends_with(tag, SPAN("]"))) {
		open = find_last(tag, '[');
		if (!open || open - tag.at < 2 || open[-1] != ' ')
			return false;
		row->module = span_between(open + 1, span_end(tag) - 1);
		if (!row->module.length)
			return false;
		tag = span_between(tag.at, open - 1);
	}
	row->site = path = tag;
	while (path.length && span_end(path)[-1] >= '0' &&
	       span_end(path)[-1] <= '9')
		path.length--;
	if (path.length == tag.length || !span_drop(&path, SPAN(":")))
		return false;
	if (path.length && !memchr(path.at, ' ', path.length) &&
	    !memchr(path.at, ':', path.length))
		return true;
	return is_path(path);
}

static bool parse_row(struct span line, struct row *ret)
{
	struct row row = {.size = 0};
	struct span tag, rest;
	size_t length = line.length;

	drop_spaces(&line);
	row.spaced = line.length != length;
	if (!take_numbers(&line, &row) || !split_function(line, &tag, &rest) ||
	    !parse_function(rest, &row) || !parse_tag(tag, &row) ||
	    row.function.length + row.module.length > NAMES_MAX)
		return false;
	*ret = row;
	return true;
}

/* Whether line begins as a row does, so that it may have been one. */
static bool begins_as_row(struct span line)
{
	struct row ignored = {.size = 0};

	if (take_numbers(&line, &ignored))
		return true;
	return span_find(line, func_mark) != NULL;
}

static bool is_table_header(struct span line)
{
	return span_take(&line, table_line) &&
	       (span_equal(line, SPAN(":")) ||
		span_starts_with(line, SPAN(" (profiling is ")));
}

static bool is_column_header(struct span line)
{
	return span_starts_with(line, SPAN("#")) &&
	       span_find(line, SPAN("<size>")) != NULL;
}

/* A quote mark or a colour is no sign of a log. */
static bool is_of_log(struct span line, size_t prefix)
{
	return prefix && line.at[0] != '>' && line.at[0] != '\033';
}

static struct span build_stack(struct allocinfo *state, const struct row *row)
{
	char *at = state->stack;

	*at++ = ' ';
	memcpy(at, row->function.at, row->function.length);
	at += row->function.length;
	if (row->module.length) {
		*at++ = ' ';
		*at++ = '[';
		memcpy(at, row->module.at, row->module.length);
		at += row->module.length;
		*at++ = ']';
	}
	*at++ = '\n';
	return span_between(state->stack, at);
}

static bool deliver(struct allocinfo *state, const struct row *row,
		    struct sink *sink, struct error *err)
{
	/* Calls are printed without a sign. */
	bool negative = row->negative || row->calls >= NEGATIVE_FROM;
	const struct record record = {
		.stack = build_stack(state, row),
		.count = row->calls < NEGATIVE_FROM ? row->calls : 0,
		.units = row->negative ? 0 : row->size,
		.alloc_ts_ns = TS_NONE,
		.pfn = PFN_NONE,
		.line = state->line,
		.fields[FIELD_SITE] = row->site,
	};

	state->in_table = true;
	state->spaced = row->spaced;
	state->negative += negative;
	state->inaccurate += row->inaccurate;
	state->rounded |= row->rounded;
	return sink->record(sink, &record, err);
}

static void damage(const struct allocinfo *state, struct sink *sink,
		   struct span found, bool stray)
{
	const struct damage damage = {
		.line = state->line,
		.expected = "\"<size> <calls> <file>:<line> func:<name>\"",
		.found = found,
		.stray = stray,
	};

	sink->damage(sink, &damage);
}

/* All that is no row; raw is the line as it stood there. */
static void read_other(struct allocinfo *state, struct span line,
		       struct span raw, struct sink *sink)
{
	bool table = is_table_header(line);
	bool version = span_starts_with(line, version_line);

	if (table || version) {
		state->log |= table;
		state->partial |= table;
		state->in_table = true;
		state->tables++;
		return;
	}
	if (is_column_header(line))
		return;
	if (begins_as_row(line) && (state->in_table || !state->log)) {
		damage(state, sink, raw, false);
		return;
	}
	if (state->log)
		state->in_table = false;
	else
		damage(state, sink, raw, true);
}

/*
 * Whether the name in the last row, which lacks its newline, may have been cut:
 * the kernel ends all rows by a space, and only pastes have none.
 */
static bool is_cut(const struct allocinfo *state, const struct row *row,
		   bool whole)
{
	return !whole && state->spaced && !row->spaced;
}

static bool read_line(struct allocinfo *state, struct span raw, bool whole,
		      struct sink *sink, struct error *err)
{
	struct span line = raw;
	struct row row;
	size_t prefix;

	span_drop(&line, SPAN("\r"));
	if (!parse_row(line, &row)) {
		prefix = log_prefix_length(line);
		state->log |= is_of_log(line, prefix);
		line = span_skip(line, prefix);
		if (frame_text_is_blank(line))
			return true;
		if (!prefix || !parse_row(line, &row)) {
			read_other(state, line, raw, sink);
			return true;
		}
	}
	if (is_cut(state, &row, whole)) {
		damage(state, sink, raw, false);
		return true;
	}
	return deliver(state, &row, sink, err);
}

static bool allocinfo_block(void *context, struct span lines, struct sink *sink,
			    struct error *err)
{
	struct allocinfo *state = context;
	struct span line;

	while (span_take_line(&lines, &line)) {
		bool whole = lines.at != span_end(line);

		state->line++;
		if (!read_line(state, line, whole, sink, err))
			return false;
	}
	return true;
}

static void remark(const struct allocinfo *state, struct sink *sink)
{
	count_remark(sink, state->negative,
		     "row has a negative size: counted as 0 bytes",
		     "rows have a negative size: counted as 0 bytes");
	count_remark(sink, state->inaccurate,
		     "row is marked accurate:no: its size is not the true one, "
		     "its growth is",
		     "rows are marked accurate:no: their size is not the true "
		     "one, its growth is");
	if (state->rounded)
		sink->remark(sink, "sizes are rounded: the text has them in "
				   "human units");
	if (state->partial)
		sink->remark(sink, "the table of a log holds the largest rows "
				   "only");
	if (state->tables > 1)
		count_remark(sink, state->tables, "",
			     "tables are joined: what they say is summed");
}

static bool allocinfo_finish(void *context, enum ending ending,
			     struct sink *sink, struct error *err)
{
	struct allocinfo *state = context;

	(void)ending;
	(void)err;
	remark(state, sink);
	sink->lines = state->line;
	return true;
}

static bool is_decisive(struct span line)
{
	struct row ignored;

	span_drop(&line, SPAN("\r"));
	if (parse_row(line, &ignored))
		return true;
	line = span_skip(line, log_prefix_length(line));
	return parse_row(line, &ignored) ||
	       span_starts_with(line, version_line) || is_table_header(line);
}

/* The first line with mark in it that decides, in text up to end. */
static const char *find_decisive(struct span text, struct span mark)
{
	const char *at;

	while ((at = span_find(text, mark))) {
		struct span before = span_between(text.at, at);
		const char *begin = find_last(before, '\n');
		struct span line;

		begin = begin ? begin + 1 : text.at;
		text = span_between(begin, span_end(text));
		span_take_line(&text, &line);
		if (is_decisive(line))
			return begin;
	}
	return NULL;
}

static const char *allocinfo_sniff(struct span head)
{
	const struct span marks[] = {version_line, table_line, func_mark};
	const char *first = NULL;
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		const char *at = find_decisive(head, marks[i]);

		if (!at)
			continue;
		first = at;
		head = span_between(head.at, at);
	}
	return first;
}

static const char *const allocinfo_paths[] = {
	"proc/allocinfo",
	"allocinfo",
	NULL,
};

const struct format format_allocinfo = {
	.name = "allocinfo",
	.title = "/proc/allocinfo (6.10+): bytes by the line that allocates",
	.state_size = sizeof(struct allocinfo),
	.paths = allocinfo_paths,
	.noun = "allocation",
	.unit = UNIT_BYTE,
	.identity = 1u << FIELD_SITE,
	.sniff = allocinfo_sniff,
	.block = allocinfo_block,
	.finish = allocinfo_finish,
};
