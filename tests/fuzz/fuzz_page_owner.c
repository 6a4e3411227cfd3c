/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as text of each format. What is found must not depend on how the
 * text was divided into blocks, nor on the short cuts of the quick way, nor on
 * the vector code. The first two bytes say which format, and how to divide.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "model/stack_table.h"

/* What a format told its sink, in order. */
struct outcome {
	struct sink sink; /* first: the format hands it back */
	FILE *file;
	char *text;
	size_t length;
	uint64_t units;
};

static void put_span(FILE *file, const char *name, struct span span)
{
	if (!span.length)
		return;
	fprintf(file, " %s=%zu:", name, span.length);
	fwrite(span.at, 1, span.length, file);
}

/* A stack as it goes into the key: what stack_table makes of its text. */
static void put_stack(FILE *file, struct span text)
{
	struct stack_table table = {0};
	struct stack *stack;
	struct error err;
	bool done = stack_table_intern(&table, text, &stack, NULL, &err);

	assert(done);
	put_span(file, "stack", stack->text);
	stack_table_deinit(&table);
}

static bool take_record(struct sink *sink, const struct record *record,
			struct error *err)
{
	struct outcome *outcome = (struct outcome *)sink;
	FILE *file = outcome->file;
	unsigned i;

	(void)err;
	assert(record->line > 0);
	assert(record->order <= ORDER_MAX);
	outcome->units += record->units;
	fprintf(file,
		"record %" PRIu64 ": count %" PRIu64 " pages %" PRIu64
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
	put_stack(file, record->stack);
	putc('\n', file);
	return true;
}

static void take_damage(struct sink *sink, const struct damage *damage)
{
	struct outcome *outcome = (struct outcome *)sink;

	assert(damage->expected);
	assert(damage->line > 0);
	fprintf(outcome->file, "%s %" PRIu64 ": not %s",
		damage->stray ? "stray" : "skipped", damage->line,
		damage->expected);
	put_span(outcome->file, "found", damage->found);
	putc('\n', outcome->file);
}

/* How the text is handed on. */
struct way {
	const struct text_scan *scan;
	size_t block; /* least bytes in a block; 0: all at once */
	bool careful;
};

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

static void run(const struct format *format, struct span text,
		const struct way *way, struct outcome *ret)
{
	void *state = calloc(1, format->state_size);
	struct error err;
	size_t length;
	char *block;
	bool done;

	*ret = (struct outcome){
		.sink = {.record = take_record,
			 .damage = take_damage,
			 .scan = way->scan,
			 .wanted = (1u << FIELD_COUNT) - 1,
			 .careful = way->careful},
	};
	ret->file = open_memstream(&ret->text, &ret->length);
	if (!state || !ret->file)
		abort();
	while (text.length) {
		block = take_block(&text, way->block, &length);
		done = format->block(state, (struct span){block, length},
				     &ret->sink, &err);
		assert(done);
		memset(block, '\n', length); /* it was only borrowed */
		free(block);
	}
	done = format->finish(state, ENDING_INPUT, &ret->sink, &err);
	assert(done);
	fprintf(ret->file, "lines %" PRIu64 "\n", ret->sink.lines);
	fclose(ret->file);
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct way ways[] = {
		{text_scan_best(), 0, false},
		{text_scan_portable(), 0, false},
		{text_scan_portable(), 0, true},
		{text_scan_best(), 1, false},
		{text_scan_portable(), 1, true},
		{text_scan_best(), 0, false},
	};
	const struct format *format;
	struct outcome first, other;
	struct span text;
	size_t i;

	if (size < 2)
		return 0;
	format = formats[data[0] & 1];
	ways[5].block = 2 + (size_t)data[1] * 8;
	text = (struct span){(const char *)data + 2, size - 2};
	format_sniff(text);
	check_resync(format, text, data[1]);
	run(format, text, &ways[0], &first);
	for (i = 1; i < sizeof(ways) / sizeof(ways[0]); i++) {
		run(format, text, &ways[i], &other);
		compare(&first, &other);
		free(other.text);
	}
	free(first.text);
	return 0;
}
