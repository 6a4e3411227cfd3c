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
 * allocations before profiling began are missing. While profiling is off
 * (sysctl vm.mem_profiling) nothing is counted, and all rows may be of 0 bytes.
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
#include "formats/allocinfo_row.h"
#include "formats/count_remark.h"
#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "formats/sniff_line.h"

static const struct span version_line = {"allocinfo - version: ", 21};
static const struct span table_line = {"Memory allocations", 18};

struct allocinfo {
	uint64_t line;
	uint64_t tables; /* headers of a dump or of a log's table */
	uint64_t negative, inaccurate;
	uint64_t rows, held; /* read; of them not of 0 bytes */
	bool rounded;	     /* sizes in human units were seen */
	bool log;	     /* text between rows is a log's */
	bool partial;	     /* a table of a log was read */
	bool in_table;	     /* a row would not surprise here */
	bool spaced;	     /* the last row ended in a space, as printed */
	bool off; /* a header says that nothing is counted any more */
	char stack[ALLOCINFO_NAMES_MAX + 8];
};

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

static struct span build_stack(struct allocinfo *state,
			       const struct allocinfo_row *row)
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

static bool deliver(struct allocinfo *state, const struct allocinfo_row *row,
		    struct sink *sink, struct error *err)
{
	const struct record record = {
		.stack = build_stack(state, row),
		.count = row->calls,
		.units = row->size,
		.alloc_ts_ns = TS_NONE,
		.pfn = PFN_NONE,
		.line = state->line,
		.fields[FIELD_SITE] = row->site,
	};

	state->in_table = true;
	state->spaced = row->spaced;
	state->rows++;
	state->held += row->size != 0;
	state->negative += row->negative;
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
		state->off |=
			table && span_find(line, SPAN("turned off)")) != NULL;
		state->log |= table;
		state->partial |= table;
		state->in_table = true;
		state->tables++;
		return;
	}
	if (is_column_header(line))
		return;
	if (allocinfo_row_begins(line) && (state->in_table || !state->log)) {
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
static bool is_cut(const struct allocinfo *state,
		   const struct allocinfo_row *row, bool whole)
{
	return !whole && state->spaced && !row->spaced;
}

static bool read_line(struct allocinfo *state, struct span raw, bool whole,
		      struct sink *sink, struct error *err)
{
	struct span line = raw;
	struct allocinfo_row row;
	size_t prefix;

	span_drop(&line, SPAN("\r"));
	if (!allocinfo_row_parse(line, &row)) {
		prefix = log_prefix_length(line);
		state->log |= is_of_log(line, prefix);
		line = span_skip(line, prefix);
		if (frame_text_is_blank(line))
			return true;
		if (!prefix || !allocinfo_row_parse(line, &row)) {
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

/* The kernel lists sites that nobody counts as well. */
static void remark_off(const struct allocinfo *state, struct sink *sink)
{
	if (state->rows && !state->held)
		sink->remark(sink, "all its sizes are 0: memory allocation "
				   "profiling was off (sysctl "
				   "vm.mem_profiling=1)");
	else if (state->off)
		sink->remark(sink, "memory allocation profiling had been "
				   "turned off: what was allocated since is "
				   "missing");
}

static void remark(const struct allocinfo *state, struct sink *sink)
{
	remark_off(state, sink);
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
	if (state->partial && state->held)
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

static bool is_decisive(struct span head, struct span line)
{
	struct allocinfo_row ignored;

	(void)head;
	span_drop(&line, SPAN("\r"));
	if (allocinfo_row_parse(line, &ignored))
		return true;
	line = span_skip(line, log_prefix_length(line));
	return allocinfo_row_parse(line, &ignored) ||
	       span_starts_with(line, version_line) || is_table_header(line);
}

static const char *allocinfo_sniff(struct span head)
{
	const struct span marks[] = {version_line, table_line,
				     allocinfo_row_mark};
	const char *first = NULL;
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		const char *at = sniff_line(head, marks[i], is_decisive);

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

/* What the kernel lists in full goes before the largest rows in a log. */
static const char *const allocinfo_openings[] = {
	"allocinfo - version: ",
	"Memory allocations",
	NULL,
};

const struct format format_allocinfo = {
	.name = "allocinfo",
	.title = "/proc/allocinfo (6.10+): bytes by the line that allocates",
	.state_size = sizeof(struct allocinfo),
	.paths = allocinfo_paths,
	.openings = allocinfo_openings,
	.noun = "allocation",
	.unit = UNIT_BYTE,
	.identity = 1u << FIELD_SITE,
	.sniff = allocinfo_sniff,
	.block = allocinfo_block,
	.finish = allocinfo_finish,
};
