/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/format_fuzzer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/stack_table.h"

/* The path of the second member, where there are two. */
static const char second_path[] = "second/member";

/* How the text is handed on. */
struct way {
	const struct text_scan *scan;
	size_t block;  /* least bytes in a block; 0: all at once */
	size_t member; /* where the second member begins; 0: there is none */
	uint64_t last; /* what is told last: then the sink fails; 0: no end */
	bool careful;
};

/* What a format told its sink, in order. */
struct outcome {
	struct sink sink; /* first: the format hands it back */
	struct stack_table stacks;
	const struct stack *stack; /* of the record before */
	FILE *file;
	char *text;
	size_t length;
	uint64_t *lines; /* of the records */
	size_t count, room;
	uint64_t last_damage; /* the largest line of a damage */
	uint64_t told;	      /* records and counters */
	uint64_t last;	      /* as the way has it */
	bool failed;
};

static void put_span(FILE *file, const char *name, struct span span)
{
	if (!span.length)
		return;
	fprintf(file, " %s=%zu:", name, span.length);
	fwrite(span.at, 1, span.length, file);
}

/* A stack as it goes into the key: what stack_table makes of its text. */
static void put_stack(struct outcome *outcome, const struct record *record)
{
	struct stack *stack;
	struct error err;
	bool done = stack_table_intern(&outcome->stacks, record->stack, &stack,
				       NULL, &err);

	assert(done);
	assert(!record->same_stack || stack == outcome->stack);
	outcome->stack = stack;
	put_span(outcome->file, "stack", stack->text);
}

static void put_objects(FILE *file, const struct object_facts *objects)
{
	fprintf(file,
		" waste %" PRIu64 " %d age %" PRIu64 "/%" PRIu64 "/%" PRIu64
		" now %" PRIu64 " pid %" PRIu32 "-%" PRIu32,
		objects->waste_bytes, objects->has_waste, objects->age_min,
		objects->age_mean, objects->age_max, objects->jiffies_now,
		objects->pid_min, objects->pid_max);
}

static void note_line(struct outcome *outcome, uint64_t line)
{
	assert(line > 0);
	if (outcome->count == outcome->room) {
		outcome->room = outcome->room ? 2 * outcome->room : 16;
		outcome->lines =
			realloc(outcome->lines,
				outcome->room * sizeof(*outcome->lines));
		if (!outcome->lines)
			abort();
	}
	outcome->lines[outcome->count++] = line;
}

/* Whether the sink takes one more; never again once it did not. */
static bool take_one(struct outcome *outcome, struct error *err)
{
	assert(!outcome->failed);
	if (!outcome->last || ++outcome->told < outcome->last)
		return true;
	outcome->failed = true;
	return error_set(err, ERROR_IO, "the sink has failed");
}

static bool take_record(struct sink *sink, const struct record *record,
			struct error *err)
{
	struct outcome *outcome = (struct outcome *)sink;
	FILE *file = outcome->file;
	unsigned i;

	assert(record->order <= ORDER_MAX);
	note_line(outcome, record->line);
	fprintf(file,
		"record %" PRIu64 ": count %" PRIu64 " units %" PRIu64
		" ts %" PRIu64 " pfn %" PRIu64 " evidence %u order %u%s%s",
		record->line, record->count, record->units, record->alloc_ts_ns,
		record->pfn, record->evidence, record->order,
		record->memcg_offline ? " offline" : "",
		record->unfinished ? " unfinished" : "");
	put_span(file, "page", record->page_line);
	put_span(file, "memcg", record->memcg);
	for (i = 0; i < FIELD_COUNT; i++) {
		fprintf(file, " %u", i);
		put_span(file, "field", record->fields[i]);
	}
	if (record->objects)
		put_objects(file, record->objects);
	put_stack(outcome, record);
	putc('\n', file);
	return take_one(outcome, err);
}

static bool take_counter(struct sink *sink, const struct counter *counter,
			 struct error *err)
{
	struct outcome *outcome = (struct outcome *)sink;

	assert(counter->group.length && counter->name.length);
	fputs("counter", outcome->file);
	put_span(outcome->file, "group", counter->group);
	put_span(outcome->file, "scope", counter->scope);
	put_span(outcome->file, "name", counter->name);
	put_span(outcome->file, "text", counter->text);
	fprintf(outcome->file, " value %" PRIu64 " unit %d\n", counter->value,
		(int)counter->unit);
	return take_one(outcome, err);
}

static void take_damage(struct sink *sink, const struct damage *damage)
{
	struct outcome *outcome = (struct outcome *)sink;

	assert(damage->expected);
	assert(damage->line > 0);
	if (damage->line > outcome->last_damage)
		outcome->last_damage = damage->line;
	fprintf(outcome->file, "%s %" PRIu64 ": not %s",
		damage->stray ? "stray" : "skipped", damage->line,
		damage->expected);
	put_span(outcome->file, "found", damage->found);
	putc('\n', outcome->file);
}

static void take_remark(struct sink *sink, const char *text)
{
	struct outcome *outcome = (struct outcome *)sink;

	assert(text[0]);
	fprintf(outcome->file, "remark %s\n", text);
}

/* The next lines of at least `least` bytes. Copied: nobody may look around. */
static char *take_block(struct span *rest, size_t least, size_t *ret_length)
{
	size_t length = rest->length;
	const char *newline;
	char *copy;

	if (least && least < length) {
		newline = memchr(rest->at + least - 1, '\n',
				 length - (least - 1));
		if (newline)
			length = (size_t)(newline + 1 - rest->at);
	}
	copy = malloc(length);
	if (!copy)
		abort();
	memcpy(copy, rest->at, length);
	*rest = span_skip(*rest, length);
	*ret_length = length;
	return copy;
}

static void feed(const struct format *format, void *state, struct span text,
		 size_t least, struct outcome *outcome)
{
	struct error err;
	size_t length;
	char *block;
	bool done;

	while (text.length && !outcome->failed) {
		block = take_block(&text, least, &length);
		done = format->block(state, (struct span){block, length},
				     &outcome->sink, &err);
		assert(done == !outcome->failed);
		memset(block, '\n', length); /* it was only borrowed */
		free(block);
	}
}

static int compare_lines(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return left < right ? -1 : left > right;
}

/*
 * Each record begins in a line of its own, and in one that was read. Some
 * formats do not count a last line that has no newline. What is left of an
 * allocation in a trace may be several blocks.
 */
static void check_lines(const struct format *format, struct outcome *outcome)
{
	bool strict = !format->companion;
	uint64_t lines = outcome->sink.lines + 1;
	size_t i;

	assert(outcome->last_damage <= lines);
	if (!outcome->count)
		return;
	qsort(outcome->lines, outcome->count, sizeof(*outcome->lines),
	      compare_lines);
	for (i = 1; i < outcome->count; i++)
		assert(!strict || outcome->lines[i - 1] < outcome->lines[i]);
	assert(outcome->lines[outcome->count - 1] <= lines);
}

static void run(const struct format *format, const char *path, struct span text,
		const struct way *way, struct outcome *ret)
{
	void *state = calloc(1, format->state_size);
	struct span rest = span_skip(text, way->member);
	struct error err;
	bool done;

	*ret = (struct outcome){
		.sink = {.record = take_record,
			 .counter = take_counter,
			 .damage = take_damage,
			 .remark = take_remark,
			 .scan = way->scan,
			 .path = span_of(path),
			 .wanted = (1u << FIELD_COUNT) - 1,
			 .careful = way->careful},
		.last = way->last,
	};
	ret->file = open_memstream(&ret->text, &ret->length);
	if (!state || !ret->file)
		abort();
	if (way->member) {
		feed(format, state, span_between(text.at, rest.at), way->block,
		     ret);
		ret->sink.path = span_of(second_path);
	}
	feed(format, state, rest, way->block, ret);
	done = format->finish(state, ENDING_INPUT, &ret->sink, &err);
	assert(done || ret->failed);
	fprintf(ret->file, "lines %" PRIu64 " page %" PRIu64 "\n",
		ret->sink.lines, ret->sink.page_size);
	fclose(ret->file);
	if (!ret->failed)
		check_lines(format, ret);
	stack_table_deinit(&ret->stacks);
	free(ret->lines);
	free(state);
}

static void compare(const struct outcome *a, const struct outcome *b)
{
	if (a->length == b->length && memcmp(a->text, b->text, a->length) == 0)
		return;
	fputs("---- one way:\n", stderr);
	fwrite(a->text, 1, a->length, stderr);
	fputs("---- another way:\n", stderr);
	fwrite(b->text, 1, b->length, stderr);
	abort();
}

/* All ways to divide the text, or its two members. */
static void run_all(const struct format *format, const char *path,
		    struct span text, size_t member, size_t block)
{
	const struct way ways[] = {
		{text_scan_best(), 0, member, 0, false},
		{text_scan_portable(), 0, member, 0, false},
		{text_scan_portable(), 0, member, 0, true},
		{text_scan_best(), 1, member, 0, false},
		{text_scan_portable(), 1, member, 0, true},
		{text_scan_best(), block, member, 0, false},
	};
	struct outcome first, other;
	size_t i;

	run(format, path, text, &ways[0], &first);
	for (i = 1; i < sizeof(ways) / sizeof(ways[0]); i++) {
		run(format, path, text, &ways[i], &other);
		compare(&first, &other);
		free(other.text);
	}
	free(first.text);
}

/* Whatever is a record is one wherever parsing began. */
static void check_resync(const struct format *format, struct span text,
			 size_t from)
{
	struct span rest;
	const char *at;

	if (!format->resync || from >= text.length)
		return;
	at = memchr(text.at + from, '\n', text.length - from);
	if (!at)
		return;
	rest = span_skip(text, (size_t)(at + 1 - text.at));
	at = format->resync(rest);
	assert(!at || (at >= rest.at && at < span_end(rest)));
	if (at)
		assert(format->resync(span_between(at, span_end(rest))) == at);
}

static void check_sniff(const struct format *format, struct span text)
{
	const char *at;

	format_sniff(text);
	if (!format->sniff)
		return;
	at = format->sniff(text);
	assert(!at || (at >= text.at && at < span_end(text)));
}

void format_fuzzer_run(const struct format *format, const char *path,
		       const uint8_t *data, size_t size)
{
	struct way failing = {text_scan_best(), 0, 0, 0, false};
	struct outcome outcome;
	struct span text;

	if (size < 1)
		return;
	text = (struct span){(const char *)data + 1, size - 1};
	check_sniff(format, text);
	check_resync(format, text, data[0]);
	run_all(format, path, text, 0, 2 + (size_t)data[0] * 8);
	if (format->joined)
		run_all(format, path, text, text.length * data[0] / 256, 0);
	for (failing.last = 1; failing.last <= 3; failing.last++) {
		run(format, path, text, &failing, &outcome);
		free(outcome.text);
	}
}
