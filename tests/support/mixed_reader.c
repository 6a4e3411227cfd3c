/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/mixed_reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

struct bytes {
	struct span rest;
	size_t part;
};

struct text_taker {
	struct mixed_taker taker; /* first: it is handed back */
	struct tally_plan plan;
	struct text_buffer *text;
};

static ssize_t read_bytes(void *context, void *buffer, size_t length)
{
	struct bytes *bytes = context;

	if (length > bytes->rest.length)
		length = bytes->rest.length;
	if (bytes->part && length > bytes->part)
		length = bytes->part;
	if (length)
		memcpy(buffer, bytes->rest.at, length);
	bytes->rest = span_skip(bytes->rest, length);
	return (ssize_t)length;
}

static bool begin(struct mixed_taker *taker, struct mixed_part *part,
		  struct error *err)
{
	(void)err;
	part->wanted = true;
	part->plan = ((struct text_taker *)taker)->plan;
	part->plan.path = part->path;
	return true;
}

static void add_rows(struct text_buffer *text, const struct snapshot *snapshot)
{
	const struct row *row;

	for (row = snapshot->rows; row; row = row->hh.next) {
		struct span stack = row->key.stack->text, line = SPAN("");
		struct span detail = snapshot_detail(snapshot, row);

		span_take_line(&stack, &line);
		text_buffer_add(text, line);
		if (detail.length) {
			text_buffer_add(text, SPAN(" "));
			text_buffer_add(text, detail);
		}
		text_buffer_format(text, " = %" PRIu64 "\n",
				   row->tally.records);
	}
}

static void add_part(struct text_buffer *text, const struct mixed_part *part,
		     const struct snapshot *snapshot)
{
	const struct loss *loss = &snapshot->loss;
	const struct remark *remark;
	unsigned i;

	text_buffer_format(text, "%s ", part->format->name);
	text_buffer_add(text, part->path);
	text_buffer_format(text,
			   "%s%" PRIu64 " records of %" PRIu64 ", %" PRIu64
			   " units, %" PRIu64 " skipped\n",
			   part->path.length ? " " : "", snapshot->entries,
			   snapshot->counted.records, snapshot->counted.units,
			   loss->records);
	for (remark = snapshot->remarks; remark; remark = remark->next)
		text_buffer_format(text, "  %s\n", remark->text);
	for (i = 0; i < loss->event_count; i++)
		text_buffer_format(text, "  line %" PRIu64 ": \"%s\"\n",
				   loss->events[i].line, loss->events[i].found);
	add_rows(text, snapshot);
}

static bool end(struct mixed_taker *taker, const struct mixed_part *part,
		struct snapshot *snapshot, struct error *err)
{
	(void)err;
	if (snapshot->seen != snapshot->counted.records +
				      snapshot->filtered.records +
				      snapshot->loss.records)
		abort();
	if (!part->format->counts)
		add_part(((struct text_taker *)taker)->text, part, snapshot);
	snapshot_deinit(snapshot);
	return true;
}

static void add_counters(struct text_buffer *text,
			 const struct counters *counters)
{
	const struct counter_entry *entry;

	for (entry = counters->table; entry; entry = entry->hh.next) {
		const struct counter *counter = &entry->counter;

		text_buffer_add(text, counter->group);
		text_buffer_add(text, SPAN(" "));
		text_buffer_add(text, counter->scope);
		text_buffer_add(text,
				counter->scope.length ? SPAN(" ") : SPAN(""));
		text_buffer_add(text, counter->name);
		text_buffer_add(text, SPAN(" = "));
		if (counter->unit == COUNTER_TEXT)
			text_buffer_add(text, counter->text);
		else
			text_buffer_format(text, "%" PRIu64, counter->value);
		text_buffer_add(text, SPAN("\n"));
	}
}

static bool read_source(struct source *source, const struct mixed_way *way,
			struct text_taker *taker, struct mixed_facts *ret,
			struct error *err)
{
	struct ingest_options options = {
		.plan = taker->plan,
		.format = way->only,
		.block_size = way->block_size,
		.threads = 1,
	};
	struct ingest_head head;
	bool done;

	if (!ingest_look(source, &head, err))
		return false;
	done = mixed_text_read(source, &head, &options,
			       mixed_head_look(ingest_head_text(&head)).log,
			       &taker->taker, ret, err);
	ingest_head_deinit(&head);
	return done;
}

bool mixed_reader_read(struct span bytes, const struct mixed_way *way,
		       struct text_buffer *ret, struct mixed_facts *ret_facts,
		       struct error *err)
{
	struct bytes input = {bytes, way->part};
	struct source_io io = {.read = read_bytes, .context = &input};
	struct filter filter = {0};
	struct counters counters = {0};
	struct text_taker taker = {
		.taker = {begin, end},
		.plan = {.filter = &filter,
			 .began_ns = TS_NONE,
			 .learn = true,
			 .counters = &counters},
		.text = ret,
	};
	struct source *source;
	bool done;

	if (!source_create_io(io, SOURCE_STREAM, "text", &source, err))
		return false;
	done = read_source(source, way, &taker, ret_facts, err);
	if (done)
		add_counters(ret, &counters);
	source_destroy(source);
	counters_deinit(&counters);
	return done;
}
