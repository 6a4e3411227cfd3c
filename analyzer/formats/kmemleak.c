/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /sys/kernel/debug/kmemleak: objects that nothing points to any more, and
 * what the kernel prints of them into its log when kmemleak is verbose
 * (mm/kmemleak.c: print_unreferenced()):
 *
 *   "unreferenced object[ (percpu)| (phys)] 0x%08lx (size %zu):"
 *   "  comm "%s", pid %d, jiffies %lu[ (age %d.%03ds)]"
 *   "  hex dump (first %zu bytes[ on cpu %d]):"	one or two rows of it
 *   "  backtrace[ (crc %x)]:"			up to 16 frames
 *
 * The kinds are of 6.17, the cpu of 6.12; the age was there up to 6.7, the
 * addresses before frames up to 6.1. Some objects have no hex dump, some no
 * frames. There is no line between records. In a log each line begins with
 * "kmemleak: " (5.1), and other text may stand between any two.
 *
 * A record begins with its first line, and nothing but that: what a hex dump
 * or the name of a task may look like is beyond counting. What dump=ADDRESS
 * asks for ("Object 0x… (size …):") need not be a leak: it is passed over.
 */
#include "formats/count_remark.h"
#include "formats/format.h"
#include "formats/frame_text.h"
#include "formats/kmemleak_line.h"
#include "formats/log_frame.h"
#include "formats/log_prefix.h"
#include "formats/seen_records.h"
#include "formats/sniff_line.h"
#include "formats/text_cursor.h"
#include "model/stack_class.h"

/* MAX_TRACE of mm/kmemleak.c */
#define FRAMES_MAX 16

/* So many lines of others may stand between those of one record. */
#define FOREIGN_MAX 8

/* A name is of 15 bytes; the rest of a line that looks like one is not. */
#define COMM_MAX 64
#define PID_MAX	 SPAN_U64_DIGITS

enum part {
	PART_NONE, /* no record is open */
	PART_HEAD, /* its first line was read */
	PART_NAME, /* the name of the task goes on */
	PART_TASK, /* the task was read */
	PART_FRAMES,
};

struct kmemleak {
	uint64_t line; /* lines before the text now looked at */
	enum part part;
	bool tagged;	   /* the lines of the record begin with "kmemleak: " */
	bool cut;	   /* its last line has no newline */
	bool has_stack;	   /* "backtrace:" was read */
	unsigned hex_rows; /* that may follow */
	unsigned foreign;  /* lines of others, since its first */
	unsigned frames;
	struct kmemleak_head head; /* but for its kind: */
	uint64_t head_line;
	bool has_creation;
	struct creation creation;
	size_t kind_length, comm_length, pid_length;
	char kind[16], comm[COMM_MAX], pid[PID_MAX];
	struct seen_records known;
	uint64_t listed, repeats, bare, found;
	struct stack_text stack;
};

/* ---- records ---- */

/* Whether the same object was reported before. */
static bool is_repeat(struct kmemleak *state, bool *ret, struct error *err)
{
	const uint64_t words[] = {
		state->head.address,
		state->head.size,
		state->creation.jiffies,
	};
	const struct span pieces[] = {
		{(const char *)words, sizeof(words)},
		{state->kind, state->kind_length},
	};

	*ret = false;
	/* An address that is hidden, or none, is that of many. */
	if (!state->head.has_address || !state->head.address ||
	    !state->has_creation)
		return true;
	return seen_records_note(&state->known, pieces,
				 sizeof(pieces) / sizeof(pieces[0]), ret) ||
	       error_no_memory(err);
}

static bool deliver(struct kmemleak *state, bool unfinished, struct sink *sink,
		    struct error *err)
{
	const struct record record = {
		.stack = log_frame_stack(&state->stack),
		.count = 1,
		.units = state->head.size,
		.alloc_ts_ns = TS_NONE,
		.pfn = PFN_NONE,
		.line = state->head_line,
		.evidence = EVIDENCE_UNREFERENCED,
		.unfinished = unfinished,
		.creation = state->has_creation ? &state->creation : NULL,
		.fields[FIELD_COMM] = {state->comm, state->comm_length},
		.fields[FIELD_PID] = {state->pid, state->pid_length},
		.fields[FIELD_KIND] = {state->kind, state->kind_length},
	};

	state->listed++;
	state->bare += !record.stack.length && !unfinished;
	return sink->record(sink, &record, err);
}

/* unfinished: the input ends here, and the record may go on. */
static bool close_record(struct kmemleak *state, bool unfinished,
			 struct sink *sink, struct error *err)
{
	enum part part = state->part;
	bool repeat;

	state->part = PART_NONE;
	if (part == PART_NONE)
		return true;
	if (!is_repeat(state, &repeat, err))
		return false;
	if (!repeat)
		return deliver(state, unfinished, sink, err);
	state->repeats++;
	return true;
}

static void damage(const struct kmemleak *state, struct span found,
		   struct sink *sink)
{
	const struct damage damage = {
		.line = state->line,
		.expected = "\"unreferenced object 0x<address> (size "
			    "<bytes>):\"",
		.found = found,
	};

	sink->damage(sink, &damage);
}

static bool open_record(struct kmemleak *state, struct span line, bool tagged,
			struct sink *sink, struct error *err)
{
	struct kmemleak_head head;

	if (!close_record(state, false, sink, err))
		return false;
	if (!kmemleak_line_split_head(line, &head)) {
		damage(state, line, sink);
		return true;
	}
	state->part = PART_HEAD;
	state->tagged = tagged;
	state->has_stack = false;
	state->has_creation = false;
	state->hex_rows = state->foreign = state->frames = 0;
	state->head = head;
	state->head_line = state->line;
	state->kind_length = head.kind.length;
	if (head.kind.length)
		memcpy(state->kind, head.kind.at, head.kind.length);
	state->comm_length = state->pid_length = 0;
	state->stack.length = 0;
	return true;
}

/* ---- the lines of a record ---- */

static void add_comm(struct kmemleak *state, struct span text)
{
	size_t room = COMM_MAX - state->comm_length;

	if (text.length > room)
		text.length = room;
	memcpy(state->comm + state->comm_length, text.at, text.length);
	state->comm_length += text.length;
}

/* "softirq" and "hardirq" are of any time. */
static bool is_starting(const struct kmemleak_task *task)
{
	return span_equal(task->pid, SPAN("0")) &&
	       (span_equal(task->comm, SPAN("swapper")) ||
		span_equal(task->comm, SPAN("swapper/0")));
}

static void take_task(struct kmemleak *state, const struct kmemleak_task *task)
{
	add_comm(state, task->comm);
	if (task->pid.length <= sizeof(state->pid)) {
		memcpy(state->pid, task->pid.at, task->pid.length);
		state->pid_length = task->pid.length;
	}
	state->has_creation = true;
	/* A log has several scans: ages of different moments tell no rate. */
	state->creation = (struct creation){
		.jiffies = task->jiffies,
		.age_ns = task->has_age && !state->tagged ? task->age_ns
							  : TS_NONE,
		.starting = is_starting(task),
	};
	state->part = PART_TASK;
}

/* The name, or how it goes on where it has a newline in it. */
static bool read_name(struct kmemleak *state, struct span line)
{
	struct kmemleak_task task;

	if (kmemleak_line_split_task(line, &task)) {
		take_task(state, &task);
		return true;
	}
	/* A line that was cut, and not by the name. */
	if (line.length > COMM_MAX - state->comm_length ||
	    state->comm_length >= COMM_MAX - 1)
		return false;
	add_comm(state, line);
	add_comm(state, SPAN("\n"));
	state->part = PART_NAME;
	return true;
}

/* Those that every part may be followed by. */
static bool read_opening(struct kmemleak *state, struct span line)
{
	if (kmemleak_line_is_backtrace(line)) {
		state->part = PART_FRAMES;
		state->has_stack = true;
		return true;
	}
	return kmemleak_line_is_hex_dump(line, &state->hex_rows);
}

static bool read_frame(struct kmemleak *state, struct span line)
{
	struct log_frame frame;

	if (!log_frame_parse(line, &frame))
		return false;
	/* A frame beyond those that there can be is somebody else's. */
	if (state->foreign && state->frames >= FRAMES_MAX)
		return false;
	state->frames += frame.kind == LOG_FRAME_WHOLE;
	log_frame_add(&state->stack, &frame);
	return true;
}

/* Whether the line, without blanks before it, is one of the record. */
static bool read_part(struct kmemleak *state, struct span line)
{
	if (state->hex_rows && kmemleak_line_is_hex_row(line)) {
		state->hex_rows--;
		return true;
	}
	switch (state->part) {
	case PART_NONE:
		return true;
	case PART_HEAD:
		if (span_take(&line, SPAN("comm \"")))
			return read_name(state, line);
		return read_opening(state, line);
	case PART_NAME:
		return read_name(state, line) || read_opening(state, line);
	case PART_TASK:
		return read_opening(state, line);
	case PART_FRAMES:
		return read_frame(state, line);
	}
	return true;
}

/*
 * Other text may stand between the lines of a record where several CPUs wrote
 * at once; but frames behind it may be those of another report.
 */
static bool ends_record(struct kmemleak *state, struct span line)
{
	line = span_trim_end(line);
	if (state->part == PART_FRAMES &&
	    (!state->tagged || state->frames >= FRAMES_MAX))
		return span_ends_with(line, SPAN(":")) ||
		       span_starts_with(line, SPAN("BUG: ")) ||
		       state->frames >= FRAMES_MAX || ++state->foreign > 1;
	return ++state->foreign > FOREIGN_MAX;
}

/* tagged: "kmemleak: " stood before the line. */
static bool read_bare(struct kmemleak *state, struct span line, bool tagged,
		      struct sink *sink, struct error *err)
{
	bool named = state->part == PART_NAME;
	struct span text = line;
	uint64_t found;

	span_take_blanks(&text);
	if (kmemleak_line_is_head(text))
		return open_record(state, text, tagged, sink, err);
	if (kmemleak_line_split_found(text, &found)) {
		state->found += found;
		return close_record(state, false, sink, err);
	}
	if (kmemleak_line_is_dump(text))
		return close_record(state, false, sink, err);
	if (state->part == PART_NONE || frame_text_is_blank(line))
		return true;
	if (state->tagged && !tagged && !named)
		return true;
	/* A name that goes on may begin with blanks. */
	if (read_part(state, named ? line : text) || !ends_record(state, text))
		return true;
	return close_record(state, false, sink, err);
}

/* ---- blocks ---- */

static bool kmemleak_block(void *context, struct span lines, struct sink *sink,
			   struct error *err)
{
	struct kmemleak *state = context;
	struct text_cursor cursor = {
		.rest = lines,
		.line = state->line,
		.prefixed = true,
	};
	struct span line;

	while (text_cursor_next(&cursor, &line)) {
		bool tagged = kmemleak_take_tag(&line);

		state->line = cursor.line;
		state->cut = cursor.rest.at == span_end(cursor.raw);
		if (!read_bare(state, line, tagged, sink, err))
			return false;
	}
	return true;
}

static void remark(const struct kmemleak *state, struct sink *sink)
{
	count_remark(sink, state->repeats,
		     "object that was listed before is counted once",
		     "objects that were listed before are counted once");
	count_remark(sink, state->known.left_out,
		     "object may have been listed before: there are too many "
		     "to tell",
		     "objects may have been listed before: there are too many "
		     "to tell");
	count_remark(sink, state->bare, "object has no stack",
		     "objects have no stack");
	/* A log that was read twice says twice what was found. */
	if (state->found > state->listed + state->repeats)
		count_remark(sink,
			     state->found - state->listed - state->repeats,
			     "object that the kernel says it has found is not "
			     "listed",
			     "objects that the kernel says it has found are "
			     "not listed");
}

static bool kmemleak_finish(void *context, enum ending ending,
			    struct sink *sink, struct error *err)
{
	struct kmemleak *state = context;
	/* Each record says "backtrace:", even where no frame follows; how many
	 * there are is not said. */
	bool unfinished = ending == ENDING_INPUT &&
			  (state->cut || !state->has_stack ||
			   (state->frames && state->frames < FRAMES_MAX));
	bool done = close_record(state, unfinished, sink, err);

	if (done)
		remark(state, sink);
	seen_records_deinit(&state->known);
	sink->lines = state->line;
	return done;
}

static bool is_record_line(struct span head, struct span line)
{
	struct kmemleak_head ignored;

	(void)head;
	line = span_skip(line, log_prefix_length(line));
	kmemleak_take_tag(&line);
	span_take_blanks(&line);
	return kmemleak_line_split_head(line, &ignored);
}

static const char *kmemleak_sniff(struct span head)
{
	return sniff_line(head, SPAN("unreferenced object "), is_record_line);
}

static const char *const kmemleak_paths[] = {
	"sys/kernel/debug/kmemleak",
	"kmemleak",
	NULL,
};

const struct format format_kmemleak = {
	.name = "kmemleak",
	.title = "kernel/debug/kmemleak, and its reports in logs",
	.state_size = sizeof(struct kmemleak),
	.paths = kmemleak_paths,
	.reported = true,
	.blank_tells = true,
	.noun = "object",
	.unit = UNIT_BYTE,
	.sniff = kmemleak_sniff,
	.block = kmemleak_block,
	.finish = kmemleak_finish,
};
