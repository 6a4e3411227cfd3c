/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/gate_sample.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/text_buffer.h"

static void must(bool done)
{
	if (!done)
		abort();
}

/* "do_leak[leaky]" as " do_leak+0x10/0x40 [leaky]" */
static void add_frame(struct text_buffer *text, struct span word)
{
	const char *bracket = memchr(word.at, '[', word.length);
	struct span name = word;

	if (span_starts_with(word, SPAN("0x"))) {
		text_buffer_format(text, " %.*s\n", (int)word.length, word.at);
		return;
	}
	if (bracket)
		name = span_between(word.at, bracket);
	text_buffer_format(text, " %.*s+0x10/0x40", (int)name.length, name.at);
	if (bracket)
		text_buffer_format(text, " %.*s",
				   (int)(word.length - name.length), bracket);
	text_buffer_add(text, SPAN("\n"));
}

static struct stack *make_stack(struct gate_sample *sample,
				const struct sample_row *row)
{
	struct span rest = span_of(row->frames), word;
	struct text_buffer text = {0};
	struct stack *stack;
	struct error err;

	while (span_take_word(&rest, &word)) {
		add_frame(&text, word);
		span_take_blanks(&rest);
	}
	must(stack_table_intern(&sample->stacks, text_buffer_span(&text),
				&stack, NULL, &err));
	text_buffer_deinit(&text);
	stack->class.blamed = 0;
	stack->class.category = row->category;
	if (stack->frame_count)
		stack->class.module = stack->frames[0].module;
	return stack;
}

static const struct tally *make_side(struct report *report,
				     const struct sample_row *row,
				     unsigned side, struct row_set *set)
{
	struct tally *tally = arena_alloc(&report->arena, sizeof(*tally));

	must(tally);
	tally->units = row->units[side];
	tally->records = row->records[side];
	if (row->cache) {
		tally->objects.objects = row->records[side];
		tally->objects.unsized = row->unsized;
	}
	set->categories[row->category].units += row->units[side];
	set->categories[row->category].records += row->records[side];
	return tally;
}

static void add_row(struct gate_sample *sample, const struct sample_row *row)
{
	struct report *report = row->cache ? &sample->objects : &sample->report;
	struct report_row *made = &report->rows[report->row_count++];
	struct keyed_row keyed = {
		.stack = make_stack(sample, row),
		.category = row->category,
		.suspect = !row->harmless,
	};
	unsigned side;

	if (row->cache)
		keyed.detail = span_of(row->cache);
	report_row_init(report, made, &keyed);
	for (side = 0; side < 2; side++)
		made->sides[side] =
			make_side(report, row, side,
				  &sample->sets[row->cache ? 1 : 0][side]);
	made->growth.units = (int64_t)(row->units[1] - row->units[0]);
	made->growth.records = (int64_t)(row->records[1] - row->records[0]);
	made->kept = made->fresh = SHARE_NONE;
	made->verdict = row->verdict;
}

static void set_up(struct gate_sample *sample, struct report *report,
		   size_t count, unsigned kind)
{
	unsigned side;

	report->side_count = 2;
	report->rows =
		arena_alloc(&report->arena, count * sizeof(*report->rows));
	must(report->rows);
	for (side = 0; side < 2; side++)
		report->sides[side] = (struct report_side){
			.path = side ? "new" : "old",
			.format = kind ? "slab_traces" : "page_owner",
			.snapshot = &sample->snapshots[kind],
			.set = &sample->sets[kind][side],
			.unit = kind ? UNIT_BYTE : UNIT_PAGE,
			.unit_bytes = kind ? 1 : 4096,
			.began_ns = TS_NONE,
		};
}

void gate_sample_init(struct gate_sample *sample, const struct sample_row *rows,
		      size_t count)
{
	struct error err;
	size_t i;

	*sample = (struct gate_sample){0};
	sample->snapshots[1].identity = 1u << FIELD_CACHE;
	set_up(sample, &sample->report, count, 0);
	set_up(sample, &sample->objects, count, 1);
	for (i = 0; i < count; i++)
		add_row(sample, &rows[i]);
	must(report_arrange(&sample->report, SORT_RANK, false, &err) &&
	     report_arrange(&sample->objects, SORT_RANK, false, &err));
	sample->report.objects = &sample->objects;
	sample->input = (struct gate_input){
		.report = &sample->report,
		.unaccounted_reason = "nobody said",
		.today = SPAN("2026-11-23"),
	};
}

void gate_sample_deinit(struct gate_sample *sample)
{
	report_deinit(&sample->report);
	report_deinit(&sample->objects);
	stack_table_deinit(&sample->stacks);
}
