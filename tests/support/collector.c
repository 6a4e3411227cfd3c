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
	if (record->objects)
		kept->objects = *record->objects;
	if (record->creation)
		kept->creation = *record->creation;
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

static bool take_counter(struct sink *sink, const struct counter *counter,
			 struct error *err)
{
	struct collector *collector = (struct collector *)sink;

	return counters_add(&collector->counters, counter, err);
}

static void take_remark(struct sink *sink, const char *text)
{
	struct collector *collector = (struct collector *)sink;

	text_buffer_format(&collector->remarks, "%s\n", text);
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
	size_t i;

	*collector = (struct collector){
		.sink.record = take_record,
		.sink.counter = take_counter,
		.sink.damage = take_damage,
		.sink.remark = take_remark,
		.sink.path = span_of(way->path ? way->path : ""),
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
	/* The records stay where they are from now on. */
	for (i = 0; i < collector->count; i++) {
		struct collected *kept = &collector->records[i];

		if (kept->record.objects)
			kept->record.objects = &kept->objects;
		if (kept->record.creation)
			kept->record.creation = &kept->creation;
	}
}

void collector_deinit(struct collector *collector)
{
	stack_table_deinit(&collector->stacks);
	arena_deinit(&collector->arena);
	free(collector->records);
	free(collector->damages);
	counters_deinit(&collector->counters);
	text_buffer_deinit(&collector->remarks);
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
	if (record->objects)
		text_buffer_format(
			text,
			" waste %" PRIu64 " %d age %" PRIu64 "/%" PRIu64
			"/%" PRIu64 " now %" PRIu64 " pid %u-%u",
			record->objects->waste_bytes,
			record->objects->has_waste, record->objects->age_min,
			record->objects->age_mean, record->objects->age_max,
			record->objects->jiffies_now, record->objects->pid_min,
			record->objects->pid_max);
	if (record->creation)
		text_buffer_format(text, " jiffies %" PRIu64 " age %" PRIu64,
				   record->creation->jiffies,
				   record->creation->age_ns);
	text_buffer_add(text, SPAN("\n"));
}

static void print_counter(struct text_buffer *text,
			  const struct counter *counter)
{
	text_buffer_add(text, SPAN("counter"));
	print_span(text, "group", counter->group);
	print_span(text, "scope", counter->scope);
	print_span(text, "name", counter->name);
	print_span(text, "text", counter->text);
	text_buffer_format(text, " %" PRIu64 " unit %d\n", counter->value,
			   (int)counter->unit);
}

void collector_print(const struct collector *collector, struct text_buffer *ret)
{
	const struct counter_entry *entry;
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
	for (entry = collector->counters.table; entry; entry = entry->hh.next)
		print_counter(ret, &entry->counter);
	if (collector->remarks.at)
		text_buffer_format(ret, "%s", collector->remarks.at);
	text_buffer_format(ret, "lines %" PRIu64 "\n", collector->sink.lines);
}
