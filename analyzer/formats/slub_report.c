/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Objects that remained in a cache when it was destroyed, as SLUB reports them
 * in a log (mm/slub.c: list_slab_objects()), a report for each slab:
 *
 *   =====…
 *   BUG <cache> (<taint>): Objects remaining in <cache> on …_shutdown()
 *   -----…
 *
 *   Slab 0x… objects=21 used=2 fp=0x… flags=…
 *   Object 0x… @offset=448
 *   Allocated in <symbol> age=<jiffies> cpu=0 pid=7
 *    <frame>
 *   Freed in …
 *
 * The line of the slab stands behind the objects in newer kernels; those in
 * between, Call Traces, are of the reporting task. Without slab_debug=U there
 * are no tracks. Its "used=" tells how many objects remain, and so how many of
 * the log are lost. Corruption is reported in a like way: told in a remark.
 */
#include "formats/colours.h"
#include "formats/count_remark.h"
#include "formats/format.h"
#include "formats/log_prefix.h"
#include "formats/remark_names.h"
#include "formats/seen_records.h"
#include "formats/slub_object.h"
#include "formats/sniff_line.h"
#include "formats/text_cursor.h"
#include "model/stack_class.h"

/* A longer line keeps its colours. */
#define PLAIN_MAX 2048

struct slub_report {
	uint64_t line; /* lines read */
	bool failed;   /* the sink has failed */
	/* Of the block now read: */
	struct sink *sink;
	struct error *err;

	char plain[PLAIN_MAX]; /* a line without its colours */
	/* Of the report of a slab: */
	bool in_report;
	bool nameless; /* its first line is not there */
	struct slub_text cache;
	uint64_t listed;       /* objects that it lists */
	uint64_t slab_line;    /* where "used=" stands; 0: nowhere yet */
	struct slub_text slab; /* its address */
	uint64_t used;

	struct slub_object object;

	/* Of the caches reported so far: */
	struct slub_text last_cache; /* that objects were counted of */
	struct seen_records seen;
	bool counts;	  /* a record was handed on */
	bool behind_loss; /* lines were lost since the report began */
	uint64_t repeats, after_loss, lost_lines, unlisted;
	uint64_t nameless_objects;
	struct remark_names corrupted, destroyed;
};

/* ---- records ---- */

static bool deliver(struct slub_report *state, struct record *record)
{
	field_set wanted = state->sink->wanted;

	record->units = record->count;
	record->alloc_ts_ns = TS_NONE;
	record->pfn = PFN_NONE;
	record->evidence = EVIDENCE_OBJECT;
	record->objects = &state->object.facts;
	record->fields[FIELD_CACHE] = slub_text_span(&state->cache);
	if (!(wanted & 1u << FIELD_PID))
		record->fields[FIELD_PID].length = 0;
	if (!(wanted & 1u << FIELD_CPU))
		record->fields[FIELD_CPU].length = 0;
	state->last_cache = state->cache;
	state->counts = true;
	state->failed = !state->sink->record(state->sink, record, state->err);
	return !state->failed;
}

/* An address is hashed, but one for each object of a boot. */
static bool note_object(struct slub_report *state, struct span stack,
			bool *ret_again)
{
	const struct span pieces[] = {
		slub_text_span(&state->cache),
		slub_text_span(&state->object.address),
		slub_text_span(&state->object.offset),
		slub_text_span(&state->object.pid),
		stack,
	};

	*ret_again = false;
	if (span_starts_with(pieces[1], SPAN("0x(")))
		return true;
	return seen_records_note(&state->seen, pieces,
				 sizeof(pieces) / sizeof(pieces[0]),
				 ret_again) ||
	       error_no_memory(state->err);
}

static bool close_object(struct slub_report *state)
{
	struct record record = {
		.stack = slub_object_stack(&state->object),
		.count = 1,
		.line = state->object.first_line,
		.unfinished = state->object.cut,
		.fields =
			{
				[FIELD_PID] =
					slub_text_span(&state->object.pid),
				[FIELD_CPU] =
					slub_text_span(&state->object.cpu),
			},
	};
	bool again;

	if (!state->object.open)
		return true;
	state->object.open = false;
	state->object.stack.open = false;
	if (!note_object(state, record.stack, &again))
		return false;
	state->last_cache = state->cache;
	state->repeats += again;
	state->after_loss += !again && state->behind_loss && !state->nameless;
	state->nameless_objects += !again && state->nameless;
	return again || deliver(state, &record);
}

/* What was not listed of a slab is not counted twice either. */
static bool note_slab(struct slub_report *state, bool *ret_again)
{
	const struct span pieces[] = {
		slub_text_span(&state->cache),
		slub_text_span(&state->slab),
	};

	*ret_again = false;
	if (span_starts_with(pieces[1], SPAN("0x(")))
		return true;
	return seen_records_note(&state->seen, pieces,
				 sizeof(pieces) / sizeof(pieces[0]),
				 ret_again) ||
	       error_no_memory(state->err);
}

/* Objects that the slab holds and the log does not list. */
static bool close_report(struct slub_report *state)
{
	struct record record = {.line = state->slab_line};
	bool told = state->slab_line != 0, again;

	if (!close_object(state))
		return false;
	state->in_report = false;
	state->slab_line = 0;
	if (!told || state->used <= state->listed)
		return true;
	if (!note_slab(state, &again))
		return false;
	if (again)
		return true;
	record.count = state->used - state->listed;
	state->unlisted += record.count;
	slub_object_clear(&state->object);
	return deliver(state, &record);
}

static void open_report(struct slub_report *state, struct span cache)
{
	state->in_report = true;
	state->nameless = false;
	state->behind_loss = false;
	state->listed = 0;
	slub_text_keep(&state->cache, cache);
}

/* ---- lines ---- */

static bool take_object(struct slub_report *state, const struct slub_line *line)
{
	if (!close_object(state))
		return false;
	/* A log may begin in the middle of a report. */
	if (!state->in_report) {
		open_report(state, SPAN(""));
		state->nameless = true;
	}
	slub_object_open(&state->object, line, state->line);
	state->listed++;
	return true;
}

/* No slab has more than 32767 objects, and none holds more than it has. */
static void take_slab(struct slub_report *state, const struct slub_line *line)
{
	if (!state->in_report || state->slab_line ||
	    line->used > line->slab_objects || line->slab_objects > 32767)
		return;
	state->slab_line = state->line;
	slub_text_keep(&state->slab, line->address);
	state->used = line->used;
}

/* Objects before it tell the cache better than this line. */
static void take_destroy(struct slub_report *state,
			 const struct slub_line *line)
{
	struct slub_text cache;

	slub_text_keep(&cache, line->cache);
	if (!span_equal(slub_text_span(&cache),
			slub_text_span(&state->last_cache)))
		remark_names_add(&state->destroyed, line->cache);
	state->last_cache.length = 0;
}

static bool take_known(struct slub_report *state, const struct slub_line *line)
{
	switch (line->kind) {
	case SLUB_LINE_RULE:
		/* The second one stands below the line that names it. */
		if (!state->listed && !state->slab_line)
			return true;
		return close_report(state);
	case SLUB_LINE_REMAINING:
		if (!close_report(state))
			return false;
		open_report(state, line->cache);
		return true;
	case SLUB_LINE_CORRUPTED:
		remark_names_add(&state->corrupted, line->cache);
		return close_report(state);
	case SLUB_LINE_SLAB:
		if (!close_object(state))
			return false;
		take_slab(state, line);
		return true;
	case SLUB_LINE_OBJECT:
		return take_object(state, line);
	case SLUB_LINE_DUMPED:
		return close_report(state);
	case SLUB_LINE_ALLOCATED:
		slub_object_track(&state->object, line);
		return true;
	case SLUB_LINE_FREED:
	case SLUB_LINE_NO_STACK:
		state->object.stack.open = false;
		return true;
	case SLUB_LINE_DESTROY:
		if (!close_report(state))
			return false;
		take_destroy(state, line);
		return true;
	}
	return true;
}

static bool take_line(struct slub_report *state, struct span text)
{
	struct slub_line line;

	if (log_line_tells_loss(text)) {
		state->lost_lines += state->object.open;
		if (!close_object(state))
			return false;
		state->behind_loss = true;
		return true;
	}
	if (slub_line_parse(text, &line))
		return take_known(state, &line);
	log_stack_take(&state->object.stack, text);
	return true;
}

static bool slub_report_block(void *context, struct span lines,
			      struct sink *sink, struct error *err)
{
	struct slub_report *state = context;
	struct text_cursor cursor = {
		.rest = lines,
		.line = state->line,
		.prefixed = true,
	};
	struct span line;

	state->sink = sink;
	state->err = err;
	/* The text goes on. */
	state->object.cut = false;
	while (text_cursor_next(&cursor, &line)) {
		state->line = cursor.line;
		line = colours_take_off(line, state->plain,
					sizeof(state->plain));
		if (!take_line(state, line))
			return false;
		if (span_end(cursor.raw) == span_end(lines))
			slub_object_note_cut(&state->object);
	}
	return true;
}

static void remark(const struct slub_report *state, struct sink *sink)
{
	/* free_partial() looks at no others. */
	if (state->counts)
		sink->remark(sink,
			     "the kernel reports what remains in slabs "
			     "that are not full: full ones may hold more");
	count_remark(sink, state->unlisted,
		     "object that remains in a slab is not listed in the log: "
		     "it is counted without a stack",
		     "objects that remain in slabs are not listed in the log: "
		     "they are counted without stacks");
	count_remark(sink, state->nameless_objects,
		     "object remains in a cache that the log does not name: "
		     "the beginning of the report is missing",
		     "objects remain in a cache that the log does not name: "
		     "the beginning of the report is missing");
	count_remark(sink, state->lost_lines,
		     "object lost lines to the log: its stack may lack frames",
		     "objects lost lines to the log: their stacks may lack "
		     "frames");
	count_remark(sink, state->after_loss,
		     "object is listed behind lost lines: its cache is that of "
		     "the report before them",
		     "objects are listed behind lost lines: their cache is "
		     "that of the report before them");
	count_remark(sink, state->repeats,
		     "object is reported again: it is counted once",
		     "objects are reported again: they are counted once");
	remark_names_tell(&state->destroyed, sink,
			  "cache was destroyed with objects in it that the "
			  "log does not list",
			  "caches were destroyed with objects in them that the "
			  "log does not list");
	remark_names_tell(&state->corrupted, sink,
			  "report of SLUB is of corrupted memory, not of "
			  "objects that remain",
			  "reports of SLUB are of corrupted memory, not of "
			  "objects that remain");
}

static bool slub_report_finish(void *context, enum ending ending,
			       struct sink *sink, struct error *err)
{
	struct slub_report *state = context;
	bool done;

	(void)ending;
	state->sink = sink;
	state->err = err;
	done = !state->failed && close_report(state);
	if (done)
		remark(state, sink);
	seen_records_deinit(&state->seen);
	sink->lines = state->line;
	return done;
}

static bool decides(struct span head, struct span line)
{
	char plain[PLAIN_MAX];
	struct slub_line found;

	(void)head;
	line = span_trim_end(line);
	line = span_skip(line, log_prefix_length(line));
	line = colours_take_off(line, plain, sizeof(plain));
	if (!slub_line_parse(line, &found))
		return false;
	switch (found.kind) {
	case SLUB_LINE_REMAINING:
	case SLUB_LINE_CORRUPTED:
	case SLUB_LINE_OBJECT:
	case SLUB_LINE_DESTROY:
		return true;
	case SLUB_LINE_RULE:
	case SLUB_LINE_SLAB:
	case SLUB_LINE_DUMPED:
	case SLUB_LINE_ALLOCATED:
	case SLUB_LINE_FREED:
	case SLUB_LINE_NO_STACK:
		return false;
	}
	return false;
}

/* Where the first line begins that decides, of those with any of the marks. */
static const char *slub_report_sniff(struct span head)
{
	static const struct span marks[] = {
		{"BUG ", 4},
		{"Object 0x", 9},
		{"Slab cache still has objects", 28},
	};

	return sniff_lines(head, marks, sizeof(marks) / sizeof(marks[0]),
			   decides);
}

/* Objects are of the report above, which tells what the last line lacks. */
static bool slub_report_goes_on(struct span report, struct span line)
{
	struct slub_line found;

	(void)report;
	line = span_trim_end(line);
	line = span_skip(line, log_prefix_length(line));
	return slub_line_parse(line, &found) &&
	       (found.kind == SLUB_LINE_OBJECT ||
		found.kind == SLUB_LINE_DESTROY);
}

static const char *const paths[] = {NULL};

const struct format format_slub_report = {
	.name = "slub_report",
	.title = "objects remaining in a cache, as SLUB reports them in a log",
	.state_size = sizeof(struct slub_report),
	.paths = paths,
	.reported = true,
	.noun = "object",
	.unit = UNIT_OBJECT,
	.identity = 1u << FIELD_CACHE,
	.sniff = slub_report_sniff,
	.goes_on = slub_report_goes_on,
	.block = slub_report_block,
	.finish = slub_report_finish,
};
