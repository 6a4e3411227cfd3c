/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_reader.h"

#include <stdlib.h>

#include "formats/frame_text.h"
#include "formats/log_prefix.h"
#include "formats/text_cursor.h"
#include "formats/trace_frame.h"
#include "formats/trace_remarks.h"

/* ---- whose stack comes ---- */

static bool grow_cpus(struct trace_cpus *cpus, uint32_t cpu)
{
	struct trace_open_events *slots;
	size_t count = cpus->count ? cpus->count : 64;

	while (count <= cpu)
		count *= 2;
	slots = realloc(cpus->slots, count * sizeof(*slots));
	if (!slots)
		return false;
	memset(slots + cpus->count, 0, (count - cpus->count) * sizeof(*slots));
	cpus->slots = slots;
	cpus->count = count;
	return true;
}

/* *ret is NULL where the processor is one too many. False: no memory. */
static bool events_of(struct trace_reader *reader,
		      const struct trace_line *line,
		      struct trace_open_events **ret)
{
	struct trace_cpus *cpus = &reader->cpus;
	uint32_t cpu = trace_line_cpu(line);
	struct trace_open_events *events = &cpus->untold;

	*ret = NULL;
	if (cpu != TRACE_CPU_NONE) {
		if (cpu >= TRACE_CPUS_MAX)
			return true;
		if (cpu >= cpus->count && !grow_cpus(cpus, cpu))
			return error_no_memory(reader->err);
		events = &cpus->slots[cpu];
	}
	/* A stack that comes may be of an event that was lost. */
	if (events->losses != cpus->losses)
		events->count = 0;
	events->losses = cpus->losses;
	*ret = events;
	return true;
}

/*
 * A stack is an event of its own, and lines are in the order of time: those of
 * other processors may stand between. An interrupt comes between as well, and
 * has its stack first.
 */
static bool push_event(struct trace_reader *reader,
		       const struct trace_line *line, uint64_t key)
{
	struct trace_open_events *events;

	if (!events_of(reader, line, &events))
		return false;
	if (!events)
		return true;
	if (events->count == TRACE_DEPTH) {
		memmove(&events->keys[0], &events->keys[1],
			(TRACE_DEPTH - 1) * sizeof(events->keys[0]));
		events->count--;
	}
	events->keys[events->count++] = key;
	return true;
}

static bool pop_event(struct trace_reader *reader,
		      const struct trace_line *line, uint64_t *ret_key)
{
	struct trace_open_events *events;

	if (!events_of(reader, line, &events))
		return false;
	*ret_key = TRACE_KEY_NONE;
	if (!events)
		reader->counts.beyond_cpus++;
	else if (events->count)
		*ret_key = events->keys[--events->count];
	return true;
}

/* ---- stacks ---- */

static void open_stack(struct trace_reader *reader, uint64_t target)
{
	reader->open = true;
	reader->in_user = false;
	reader->target = target;
	reader->lines.length = 0;
}

static bool close_stack(struct trace_reader *reader)
{
	struct span lines = stack_text_span(&reader->lines);
	struct trace_entry *entry;
	uint32_t stack;

	reader->open = false;
	if (!lines.length || reader->target == TRACE_KEY_NONE)
		return true;
	entry = trace_live_find(&reader->live, reader->target);
	reader->lines.length = 0;
	if (!entry)
		return true;
	if (!trace_stacks_of_lines(&reader->stacks, lines, &stack, reader->err))
		return false;
	/* Of a stack of programs' frames alone the call site is left. */
	if (trace_stacks_text(&reader->stacks, stack).length)
		entry->stack = stack;
	return true;
}

/* False: the line is none of the stack's, as far as it alone can tell. */
static bool take_frame(struct trace_reader *reader, struct span line)
{
	enum trace_frame_kind kind = trace_frame_kind(line);

	if (kind == TRACE_FRAME_USER)
		reader->in_user = true;
	if (kind != TRACE_FRAME_KERNEL)
		return false;
	if (!reader->in_user && reader->target != TRACE_KEY_NONE &&
	    reader->lines.length + line.length + 1 <= STACK_TEXT_MAX) {
		stack_text_add_line(&reader->lines, line);
		stack_text_add_line(&reader->lines, SPAN("\n"));
	}
	return true;
}

/* ---- lines ---- */

static bool is_kernel_stack(struct span event)
{
	return span_equal(event, SPAN("<stack trace>")) ||
	       span_equal(event, SPAN("kernel_stack"));
}

static bool is_user_stack(struct span event)
{
	return span_equal(event, SPAN("<user stack trace>")) ||
	       span_equal(event, SPAN("user_stack"));
}

static bool take_event(struct trace_reader *reader, trace_event *take,
		       const struct trace_line *line)
{
	uint64_t key = TRACE_KEY_NONE;

	if (!close_stack(reader))
		return false;
	if (is_user_stack(line->event)) {
		open_stack(reader, TRACE_KEY_NONE);
		return true;
	}
	if (is_kernel_stack(line->event)) {
		if (!pop_event(reader, line, &key))
			return false;
		open_stack(reader, key);
		return true;
	}
	if (!take(reader, line, &key) || !push_event(reader, line, key))
		return false;
	/* perf's stacks follow at once. */
	open_stack(reader, key);
	return true;
}

static bool is_frame(struct trace_reader *reader, struct span line)
{
	return reader->open && take_frame(reader, line);
}

static bool note_lost(struct trace_reader *reader, uint64_t lost)
{
	struct trace_counts *counts = &reader->counts;

	reader->cpus.losses++;
	if (__builtin_add_overflow(counts->lost, lost, &counts->lost))
		counts->lost = UINT64_MAX;
	/* The header of a buffer that was not overwritten says 0. */
	counts->has_lost |= lost || span_find(reader->raw, SPAN("[LOST"));
	return close_stack(reader);
}

static bool take_line(struct trace_reader *reader, trace_event *take,
		      struct span line)
{
	struct trace_line event;
	uint64_t lost;

	if (is_frame(reader, line))
		return true;
	if (trace_line_split(line, &event))
		return take_event(reader, take, &event);
	if (frame_text_is_blank(line))
		return close_stack(reader);
	if (trace_line_lost(line, &lost))
		return note_lost(reader, lost);
	/* A log's prefix, or a mail's mark, before a frame. */
	is_frame(reader, span_skip(line, log_prefix_length(line)));
	return true;
}

bool trace_reader_block(struct trace_reader *reader, trace_event *take,
			struct span lines, struct sink *sink, struct error *err)
{
	struct text_cursor cursor = {.rest = lines, .line = reader->line};
	struct span line;

	reader->sink = sink;
	reader->err = err;
	while (text_cursor_next(&cursor, &line)) {
		reader->line = cursor.line;
		reader->raw = cursor.raw;
		if (!take_line(reader, take, line))
			return false;
	}
	return true;
}

/* ---- events ---- */

/* The text of field, where somebody wants it. */
static void set_field(const struct trace_reader *reader,
		      struct trace_fact_set *set, enum record_field field,
		      struct span text)
{
	if (reader->sink->wanted & 1u << field)
		set->fields[field] = text;
}

static bool intern_facts(struct trace_reader *reader,
			 const struct trace_line *line,
			 const struct trace_fields *fields, unsigned evidence,
			 uint32_t *ret)
{
	static const field_set of_task = 1u << FIELD_COMM | 1u << FIELD_PID |
					 1u << FIELD_TGID | 1u << FIELD_CPU;
	struct trace_fact_set set = {.evidence = evidence};
	struct span node = fields->values[TRACE_NODE];

	if (reader->sink->wanted & of_task) {
		struct trace_task task;

		trace_line_task(line, &task);
		set_field(reader, &set, FIELD_COMM, task.comm);
		set_field(reader, &set, FIELD_PID, task.pid);
		set_field(reader, &set, FIELD_TGID, task.tgid);
		set_field(reader, &set, FIELD_CPU, task.cpu);
	}
	/* -1: any node. */
	if (node.length && node.at[0] != '-')
		set_field(reader, &set, FIELD_NODE, node);
	set_field(reader, &set, FIELD_GFP, fields->values[TRACE_GFP]);
	set_field(reader, &set, FIELD_CACHE, fields->values[TRACE_NAME]);
	set_field(reader, &set, FIELD_MIGRATETYPE,
		  fields->values[TRACE_MIGRATETYPE]);
	return trace_facts_intern(&reader->facts, &set, ret, reader->err);
}

bool trace_reader_allocate(struct trace_reader *reader,
			   const struct trace_line *line,
			   const struct trace_fields *fields, uint64_t key,
			   uint64_t units, unsigned evidence)
{
	struct trace_entry *entry = trace_live_find(&reader->live, key);
	uint32_t stack, facts;

	if (!trace_stacks_of_site(&reader->stacks,
				  fields->values[TRACE_CALL_SITE], &stack,
				  reader->err) ||
	    !intern_facts(reader, line, fields, evidence, &facts))
		return false;
	reader->counts.allocations++;
	if (entry)
		reader->counts.replaced++;
	else
		entry = trace_live_add(&reader->live, key);
	if (!entry) {
		if (!trace_live_is_full(&reader->live))
			return error_no_memory(reader->err);
		reader->counts.beyond++;
		return true;
	}
	*entry = (struct trace_entry){
		.key = key,
		.units = units,
		.ts_ns = line->ts_ns,
		.line = reader->line,
		.stack = stack,
		.facts = facts & TRACE_FACTS_MASK,
	};
	return true;
}

bool trace_reader_free(struct trace_reader *reader, uint64_t key)
{
	struct trace_entry *entry = trace_live_find(&reader->live, key);

	if (!entry)
		return false;
	trace_live_remove(&reader->live, entry);
	return true;
}

void trace_reader_damage(struct trace_reader *reader, const char *expected)
{
	const struct damage damage = {
		.line = reader->line,
		.expected = expected,
		.found = reader->raw,
	};

	reader->sink->damage(reader->sink, &damage);
}

/* ---- the end ---- */

static bool deliver(const struct trace_reader *reader, trace_record *fill)
{
	const struct trace_entry *last = NULL;
	size_t i;

	for (i = 0; i < reader->live.count; i++) {
		const struct trace_entry *entry = &reader->live.slots[i];
		struct record record = {
			.stack = trace_stacks_text(&reader->stacks,
						   entry->stack),
			.count = 1,
			.units = entry->units,
			.alloc_ts_ns = entry->ts_ns,
			.pfn = PFN_NONE,
			.line = entry->line,
			.same_stack = last && last->stack == entry->stack,
		};
		struct trace_fact_set set;

		trace_facts_get(&reader->facts, entry->facts, &set);
		record.evidence = set.evidence;
		memcpy(record.fields, set.fields, sizeof(record.fields));
		fill(entry, &record);
		if (!reader->sink->record(reader->sink, &record, reader->err))
			return false;
		last = entry;
	}
	return true;
}

bool trace_reader_finish(struct trace_reader *reader, const char *noun,
			 trace_record *fill, struct sink *sink,
			 struct error *err)
{
	bool done;

	reader->sink = sink;
	reader->err = err;
	done = close_stack(reader);
	if (done) {
		trace_live_sort(&reader->live);
		done = deliver(reader, fill);
	}
	if (done)
		trace_remarks_tell(reader, noun);
	sink->lines = reader->line;
	free(reader->cpus.slots);
	reader->cpus = (struct trace_cpus){0};
	trace_live_deinit(&reader->live);
	trace_stacks_deinit(&reader->stacks);
	trace_facts_deinit(&reader->facts);
	return done;
}

/* ---- which text it is ---- */

/* What begins one of the fields that every event of interest has. */
static const struct span marks[] = {{" ptr=", 5}, {" pfn=", 5}};
#define MARK_COUNT (sizeof(marks) / sizeof(marks[0]))

static const char *first_event(struct span head,
			       bool (*decides)(struct span event),
			       struct span mark)
{
	struct span rest = head;
	const char *hit;

	while ((hit = span_find(rest, mark))) {
		struct span line = span_line_around(head, hit);
		struct trace_line event;

		if (trace_line_split(line, &event) && decides(event.event))
			return line.at;
		rest = span_between(span_end(line), span_end(head));
	}
	return NULL;
}

/* Lines before the first event that tell of lost ones. */
static const char *first_loss(struct span before)
{
	static const struct span losses[] = {
		{"# entries-in-buffer/entries-written: ", 37},
		{"CPU:", 4},
	};
	const char *first = NULL;
	size_t i;

	for (i = 0; i < 2; i++) {
		const char *hit = span_find(before, losses[i]);
		struct span line;
		uint64_t lost;

		if (!hit || (first && hit > first))
			continue;
		line = span_line_around(before, hit);
		if (line.at == hit && trace_line_lost(line, &lost))
			first = hit;
	}
	return first;
}

/* The head of tracefs, "# tracer: nop" and what follows, is of the trace. */
static const char *skip_back(struct span head, const char *at)
{
	while (at > head.at) {
		struct span line = span_line_around(head, at - 1);

		if (!span_starts_with(line, SPAN("#")))
			break;
		at = line.at;
	}
	return at;
}

const char *trace_reader_sniff(struct span head,
			       bool (*decides)(struct span event))
{
	const char *first = NULL, *loss;
	size_t i;

	for (i = 0; i < MARK_COUNT; i++) {
		struct span rest = first ? span_between(head.at, first) : head;
		const char *at = first_event(rest, decides, marks[i]);

		if (at)
			first = at;
	}
	if (!first)
		return NULL;
	loss = first_loss(span_between(head.at, first));
	return skip_back(head, loss ? loss : first);
}
