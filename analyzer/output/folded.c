/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Folded stacks, for flame graphs: "outer;inner;function_[module] bytes". Of
 * two captures both numbers, as difffolded.pl has them. docs/reports.md
 */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/quote.h"
#include "output/output.h"
#include "output/text_builder.h"

struct folded {
	const char *stack; /* in the arena of table */
	uint64_t amounts[2];
};

struct folding {
	struct text_table table; /* for its arena */
	struct folded *stacks;
	size_t count;
};

/* ---- names ---- */

/* A space ends a stack and a semicolon a frame; nothing else is sacred. */
static void put_name(struct text_builder *builder, struct span text)
{
	while (text.length) {
		char piece[5] = "_";
		uint32_t code;
		size_t length = quote_utf8(text, &code);

		if (length && code != ' ' && code != ';') {
			memcpy(piece, text.at, length);
			piece[length] = '\0';
		}
		text_builder_put(builder, piece);
		text = span_skip(text, length ? length : 1);
	}
}

static void put_separator(struct text_builder *builder)
{
	if (builder->length)
		text_builder_put(builder, ";");
}

/* What was inlined is marked as `perf script` marks it. */
static void put_frame(struct text_builder *builder, const struct frame *frame)
{
	size_t i;

	put_separator(builder);
	put_name(builder, frame_is_address(frame) ? frame->text : frame->name);
	if (frame->module.length) {
		text_builder_put(builder, "_[");
		put_name(builder, frame->module);
		text_builder_put(builder, "]");
	}
	for (i = frame->place_count; i-- > 0;) {
		struct span name = frame->places[i].function;

		if (!frame_place_is_inlined(frame, i))
			continue;
		put_separator(builder);
		put_name(builder, name.length ? name : SPAN("(unknown)"));
		text_builder_put(builder, "_[i]");
	}
}

static void put_stack(struct text_builder *builder, const struct stack *stack)
{
	size_t i;

	for (i = stack->frame_count; i-- > 0;)
		put_frame(builder, &stack->frames[i]);
}

/* The lines of a value of --by=stack, from its end. */
static void put_lines(struct text_builder *builder, struct span value)
{
	while (value.length) {
		const char *newline;
		struct frame frame;
		struct span line;

		span_drop(&value, SPAN("\n"));
		newline = span_find_last(value, '\n');
		line = newline ? span_between(newline + 1, span_end(value))
			       : value;
		value.length -= line.length;
		span_take_blanks(&line);
		if (!line.length)
			continue;
		frame_split(line, &frame);
		put_frame(builder, &frame);
	}
}

/* Each value is a frame, so that `--by=comm,stack` has tasks for roots. */
static void put_values(struct text_builder *builder,
		       const struct report *report,
		       const struct report_row *row)
{
	size_t i;

	for (i = 0; report->keys[i]; i++) {
		struct span value = row->values[i];

		if (value.length && strcmp(report->keys[i], "stack") == 0) {
			put_lines(builder, value);
			continue;
		}
		put_separator(builder);
		put_name(builder, value.length ? value : SPAN("(none)"));
	}
}

static const char *fold(struct folding *folding, const struct report *report,
			const struct report_row *row)
{
	struct text_builder builder = {.table = &folding->table};

	text_builder_put(&builder, "");
	if (report->keys)
		put_values(&builder, report, row);
	else if (row->stack)
		put_stack(&builder, row->stack);
	if (!builder.length)
		text_builder_put(&builder, "(no_stack)");
	return builder.text;
}

/* ---- stacks ---- */

/* Objects of no known size are counted. */
static uint64_t amount(const struct report_side *side,
		       const struct tally *tally)
{
	return side->unit == UNIT_OBJECT ? tally->records
					 : tally->units * side->unit_bytes;
}

static bool gather(struct folding *folding, const struct report *report,
		   const struct output_options *options)
{
	struct row_cursor cursor = {0};
	const struct report_row *row;
	unsigned side;

	folding->stacks =
		calloc(report->row_count + 1, sizeof(*folding->stacks));
	if (!folding->stacks)
		return false;
	while ((row = output_next_row(report, options, &cursor))) {
		struct folded *folded = &folding->stacks[folding->count++];

		assert(folding->count <= report->row_count);
		output_ask_stack(options, row);
		folded->stack = fold(folding, report, row);
		if (!folded->stack || folding->table.no_memory)
			return false;
		for (side = 0; side < report->side_count; side++)
			folded->amounts[side] =
				amount(&report->sides[side], row->sides[side]);
	}
	return true;
}

static int compare_stacks(const void *left, const void *right)
{
	const struct folded *a = left, *b = right;

	return strcmp(a->stack, b->stack);
}

/* A dump that lies can make up any number. */
static uint64_t add(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* Stacks that differ in offsets alone are one here. */
static void merge(struct folding *folding)
{
	struct folded *stacks = folding->stacks;
	size_t count = 0, i;

	qsort(stacks, folding->count, sizeof(*stacks), compare_stacks);
	for (i = 0; i < folding->count; i++) {
		struct folded *last = count ? &stacks[count - 1] : NULL;

		if (!last || strcmp(last->stack, stacks[i].stack) != 0) {
			stacks[count++] = stacks[i];
			continue;
		}
		last->amounts[0] = add(last->amounts[0], stacks[i].amounts[0]);
		last->amounts[1] = add(last->amounts[1], stacks[i].amounts[1]);
	}
	folding->count = count;
}

static void write_stacks(const struct folding *folding,
			 const struct report *report, FILE *file)
{
	size_t i;

	for (i = 0; i < folding->count; i++) {
		const struct folded *folded = &folding->stacks[i];

		if (!folded->amounts[0] && !folded->amounts[1])
			continue;
		fprintf(file, "%s %" PRIu64, folded->stack, folded->amounts[0]);
		if (report->side_count == 2)
			fprintf(file, " %" PRIu64, folded->amounts[1]);
		putc('\n', file);
	}
}

static bool write_folded(const struct report *report,
			 const struct output_options *options, FILE *file,
			 struct error *err)
{
	struct folding folding = {0};
	bool done = gather(&folding, report, options);

	if (done) {
		merge(&folding);
		write_stacks(&folding, report, file);
	}
	free(folding.stacks);
	text_table_deinit(&folding.table);
	return done || error_no_memory(err);
}

const struct output output_folded = {
	.name = "folded",
	.title = "folded stacks, for flame graphs",
	.write = write_folded,
};
