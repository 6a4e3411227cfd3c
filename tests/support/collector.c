/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/collector.h"

#include <inttypes.h>
#include <stdlib.h>

static void *grow(void *array, size_t count, size_t size)
{
	/* Powers of two: at each one the array becomes twice as large. */
	if (count & (count - 1))
		return array;
	array = realloc(array, (count ? 2 * count : 1) * size);
	if (!array)
		abort();
	return array;
}

static void keep(struct collector *collector, struct span *text)
{
	if (!arena_copy(&collector->arena, *text, text))
		abort();
}

static bool take_record(struct sink *sink, const struct record *record,
			struct error *err)
{
	struct collector *collector = (struct collector *)sink;
	struct collected *kept;
	struct stack *stack;
	unsigned i;

	collector->records = grow(collector->records, collector->count,
				  sizeof(*collector->records));
	kept = &collector->records[collector->count++];
	kept->record = *record;
	if (!stack_table_intern(&collector->stacks, record->stack, &stack, NULL,
				err))
		abort();
	kept->stack = stack;
	keep(collector, &kept->record.stack);
	keep(collector, &kept->record.page_line);
	keep(collector, &kept->record.memcg);
	for (i = 0; i < FIELD_COUNT; i++)
		keep(collector, &kept->record.fields[i]);
	return true;
}

static void take_damage(struct sink *sink, const struct damage *damage)
{
	struct collector *collector = (struct collector *)sink;
	struct damage *kept;

	collector->damages = grow(collector->damages, collector->damage_count,
				  sizeof(*collector->damages));
	kept = &collector->damages[collector->damage_count++];
	*kept = *damage;
	keep(collector, &kept->found);
	if (damage->stray)
		collector->stray++;
	else
		collector->skipped++;
}

/* The next whole lines of at least `least` bytes, in memory of their own. */
static struct span take_block(struct span *rest, size_t least)
{
	const char *newline = NULL;
	struct span block = *rest;
	char *copy;

	if (least && least < rest->length)
		newline = memchr(rest->at + least - 1, '\n',
				 rest->length - (least - 1));
	if (newline)
		block = span_between(rest->at, newline + 1);
	*rest = span_skip(*rest, block.length);
	copy = malloc(block.length);
	if (!copy)
		abort();
	memcpy(copy, block.at, block.length);
	return (struct span){copy, block.length};
}

void collector_read(struct collector *collector, const struct format *format,
		    struct span text, const struct collector_way *way)
{
	void *state = calloc(1, format->state_size);
	struct error err;

	*collector = (struct collector){
		.sink.record = take_record,
		.sink.damage = take_damage,
		.sink.scan =
			way->portable ? text_scan_portable() : text_scan_best(),
		.sink.wanted = (1u << FIELD_COUNT) - 1,
		.sink.careful = way->careful,
	};
	if (!state)
		abort();
	while (text.length) {
		struct span block = take_block(&text, way->block);

		if (!format->block(state, block, &collector->sink, &err))
			abort();
		/* It was borrowed for the call only. */
		memset((char *)block.at, '#', block.length);
		free((char *)block.at);
	}
	if (!format->finish(state, ENDING_INPUT, &collector->sink, &err))
		abort();
	free(state);
}

void collector_deinit(struct collector *collector)
{
	stack_table_deinit(&collector->stacks);
	arena_deinit(&collector->arena);
	free(collector->records);
	free(collector->damages);
	*collector = (struct collector){0};
}

static void print_span(struct text_buffer *text, const char *name,
		       struct span span)
{
	text_buffer_format(text, " %s=%zu:", name, span.length);
	text_buffer_add(text, span);
}

static void print_record(struct text_buffer *text,
			 const struct collected *collected)
{
	const struct record *record = &collected->record;
	unsigned i;

	text_buffer_format(text,
			   "record %" PRIu64 ": count %" PRIu64
			   " pages %" PRIu64 " ts %" PRIu64 " pfn %" PRIu64
			   " evidence %u order %u offline %d unfinished %d",
			   record->line, record->count, record->units,
			   record->alloc_ts_ns, record->pfn, record->evidence,
			   record->order, record->memcg_offline,
			   record->unfinished);
	print_span(text, "page", record->page_line);
	print_span(text, "memcg", record->memcg);
	for (i = 0; i < FIELD_COUNT; i++)
		print_span(text, "field", record->fields[i]);
	print_span(text, "stack", collected->stack->text);
	text_buffer_add(text, SPAN("\n"));
}

void collector_print(const struct collector *collector, struct text_buffer *ret)
{
	size_t i;

	for (i = 0; i < collector->count; i++)
		print_record(ret, &collector->records[i]);
	for (i = 0; i < collector->damage_count; i++) {
		const struct damage *damage = &collector->damages[i];

		text_buffer_format(ret, "%s %" PRIu64 ": not %s",
				   damage->stray ? "stray" : "skipped",
				   damage->line, damage->expected);
		print_span(ret, "found", damage->found);
		text_buffer_add(ret, SPAN("\n"));
	}
	text_buffer_format(ret, "lines %" PRIu64 "\n", collector->sink.lines);
}
