/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* qsort_r */
#include "symbolize/object_reading.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "symbolize/answer_outbox.h"
#include "symbolize/line_chain.h"
#include "symbolize/reader_confine.h"
#include "symbolize/reader_end.h"
#include "symbolize/symbol_index.h"

/*
 * Places in a batch, at most. Of 2,000 frames of a kernel of 633 MB, each
 * hundred needs some 50 MB; a process more costs 20 ms.
 */
enum { BATCH_PLACES = 256 };

/* A query that has places. */
struct reading_item {
	size_t query;
	size_t begin, count; /* of its places */
};

struct object_reading {
	const struct object_job *job;
	const struct reader_share *share;
	struct bfd_object *object;
	struct symbol_index *index;
	struct reading_item *items;
	struct symbol_place *places;
	size_t item_count;
	size_t place_count, place_capacity;
	unsigned batches; /* processes that are at work */
	struct answer_outbox outbox;
	struct line_chain first, other;
};

/* ---- telling ---- */

static void tell(struct object_reading *reading,
		 const struct answer_message *message)
{
	/* Nobody is there who wants to know. */
	if (!answer_outbox_add(&reading->outbox, message))
		_exit(0);
}

static void flush(struct object_reading *reading)
{
	if (!answer_outbox_flush(&reading->outbox))
		_exit(0);
}

static void tell_reason(struct object_reading *reading, const char *text)
{
	struct answer_message message = {
		.kind = ANSWER_REASON,
		.reason = {text, strlen(text)},
	};

	tell(reading, &message);
	flush(reading);
}

static void tell_status(struct object_reading *reading, size_t query,
			enum frame_status status, unsigned candidates)
{
	struct answer_message message = {
		.kind = ANSWER_STATUS,
		.query = (uint32_t)query,
		.status = status,
		.candidates = candidates,
	};

	tell(reading, &message);
}

static struct answer_text text_of(const char *text)
{
	return (struct answer_text){text, text ? strlen(text) : 0};
}

static void tell_lines(struct object_reading *reading, size_t query,
		       const struct line_chain *chain)
{
	for (size_t i = 0; i < chain->count; i++) {
		struct source_line line = line_chain_line(chain, i);
		struct answer_message message = {
			.kind = ANSWER_LINE,
			.query = (uint32_t)query,
			.sequence = (uint32_t)i,
			.last = i + 1 == chain->count,
			.line = line.line,
			.function = text_of(line.function),
			.file = text_of(line.file),
		};

		tell(reading, &message);
	}
}

/* Answers without what did not fit would be wrong: none are given. */
static _Noreturn void give_up(struct object_reading *reading)
{
	const uint64_t memory = reading->share->memory;
	char text[64];

	snprintf(text, sizeof(text), "it needs more than %.1f %s of memory",
		 (double)memory / (memory >> 30 ? 1 << 30 : 1 << 20),
		 memory >> 30 ? "GiB" : "MiB");
	tell_reason(reading, text);
	_exit(0);
}

/* ---- places ---- */

static bool make_room(struct object_reading *reading)
{
	size_t capacity = 2 * reading->place_capacity + SYMBOL_PLACES_MAX;
	struct symbol_place *places = reading->places;

	if (reading->place_capacity - reading->place_count >= SYMBOL_PLACES_MAX)
		return true;
	places = realloc(places, capacity * sizeof(*places));
	if (!places)
		return false;
	reading->places = places;
	reading->place_capacity = capacity;
	return true;
}

static void find_places(struct object_reading *reading, size_t query)
{
	struct symbol_place *places;
	enum frame_status status;
	size_t count = 0;

	if (!make_room(reading))
		give_up(reading);
	places = reading->places + reading->place_count;
	status = symbol_index_find(reading->index, reading->job->queries[query],
				   places, &count);
	if (status != FRAME_RESOLVED || !count) {
		tell_status(reading, query, status, 0);
		return;
	}
	reading->items[reading->item_count++] = (struct reading_item){
		.query = query,
		.begin = reading->place_count,
		.count = count,
	};
	reading->place_count += count;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_places(const struct symbol_place *a,
			  const struct symbol_place *b)
{
	int order = compare_numbers(a->section, b->section);

	return order ? order : compare_numbers(a->offset, b->offset);
}

static int compare_items(const void *a, const void *b, void *context)
{
	const struct symbol_place *places = context;
	const struct reading_item *left = a, *right = b;

	return compare_places(&places[left->begin], &places[right->begin]);
}

static void find_all(struct object_reading *reading)
{
	size_t count = reading->job->count;

	reading->items = calloc(count ? count : 1, sizeof(*reading->items));
	if (!reading->items)
		give_up(reading);
	for (size_t i = 0; i < count; i++)
		find_places(reading, i);
	flush(reading);
	if (reading->item_count)
		qsort_r(reading->items, reading->item_count,
			sizeof(*reading->items), compare_items,
			reading->places);
}

/* ---- lines ---- */

/*
 * libbfd, out of memory, goes on with what it has, which it takes for all
 * there is, and so loses lines or callers: malloc() tells us.
 */
static void ask_place(struct object_reading *reading,
		      const struct symbol_place *place,
		      struct line_chain *chain)
{
	line_chain_clear(chain);
	errno = 0;
	bfd_object_lines(reading->object, place->section, place->offset,
			 line_chain_add, chain);
	if (chain->no_memory || errno == ENOMEM)
		give_up(reading);
}

static bool add_distinct(uint64_t *hashes, unsigned *count, uint64_t hash)
{
	for (unsigned i = 0; i < *count; i++)
		if (hashes[i] == hash)
			return false;
	hashes[(*count)++] = hash;
	return true;
}

/* How many different answers the places of an item have; first is of one. */
static unsigned ask_places(struct object_reading *reading,
			   const struct reading_item *item)
{
	const struct symbol_place *places = reading->places + item->begin;
	uint64_t hashes[SYMBOL_PLACES_MAX];
	unsigned distinct = 0;

	ask_place(reading, &places[0], &reading->first);
	add_distinct(hashes, &distinct, line_chain_hash(&reading->first));
	for (size_t i = 1; i < item->count && i < SYMBOL_PLACES_MAX; i++) {
		ask_place(reading, &places[i], &reading->other);
		add_distinct(hashes, &distinct,
			     line_chain_hash(&reading->other));
	}
	return distinct;
}

static void answer_item(struct object_reading *reading,
			const struct reading_item *item)
{
	unsigned distinct = ask_places(reading, item);

	if (distinct > 1)
		tell_status(reading, item->query, FRAME_AMBIGUOUS, distinct);
	else if (!reading->first.count)
		tell_status(reading, item->query, FRAME_NO_LINE, 0);
	else
		tell_lines(reading, item->query, &reading->first);
	/* The next may be the one that it crashes at. */
	flush(reading);
}

static void answer_items(struct object_reading *reading, size_t begin,
			 size_t end)
{
	for (size_t i = begin; i < end; i++)
		answer_item(reading, &reading->items[i]);
}

/* ---- batches ---- */

/* Wait until no more than so many batches are at work. */
static void wait_for_batches(struct object_reading *reading, unsigned most)
{
	while (reading->batches > most) {
		struct reason why = {""};
		int status = 0;
		pid_t pid = waitpid(-1, &status, 0);

		if (pid < 0 && errno == EINTR)
			continue;
		if (pid < 0)
			break;
		reading->batches--;
		if (reader_end_describe(status, &why))
			tell_reason(reading, why.text);
	}
}

static void begin_batch(struct object_reading *reading, size_t begin,
			size_t end)
{
	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid > 0) {
		reading->batches++;
		return;
	}
	if (pid == 0)
		reader_confine_child(parent);
	answer_items(reading, begin, end);
	if (pid == 0)
		_exit(0);
}

static size_t divided_up(size_t a, size_t b)
{
	return a / b + (a % b != 0);
}

/* As many batches for each processor as for the others. */
static size_t batch_size(const struct object_reading *reading)
{
	size_t width = reading->share->width, batches;

	if (reading->share->batch)
		return reading->share->batch;
	batches = divided_up(reading->place_count, BATCH_PLACES);
	batches = divided_up(batches, width) * width;
	return divided_up(reading->place_count, batches);
}

/* The end of the batch that begins there. */
static size_t end_batch(const struct object_reading *reading, size_t begin)
{
	size_t places = 0, end = begin, most = batch_size(reading);

	while (end < reading->item_count && places < most)
		places += reading->items[end++].count;
	return end;
}

/*
 * The first question makes libbfd read the sections, and the list of units up
 * to the one that answers: what all batches share. False: it cannot.
 */
static bool ask_first(struct object_reading *reading)
{
	const struct reading_item *last;

	if (!reading->item_count)
		return true;
	last = &reading->items[reading->item_count - 1];
	ask_place(reading, &reading->places[last->begin], &reading->first);
	if (reading->first.count)
		return true;
	errno = 0;
	if (bfd_object_answers(reading->object))
		return true;
	if (errno == ENOMEM)
		give_up(reading);
	tell_reason(reading, "its debug information cannot be read by libbfd");
	return false;
}

static void answer_in_batches(struct object_reading *reading)
{
	size_t begin, end;

	for (begin = 0; begin < reading->item_count; begin = end) {
		end = end_batch(reading, begin);
		wait_for_batches(reading, reading->share->width - 1);
		begin_batch(reading, begin, end);
	}
	wait_for_batches(reading, 0);
}

void object_reading_run(const struct object_job *job,
			const struct reader_share *share)
{
	struct object_reading reading = {
		.job = job,
		.share = share,
		.outbox = {.fd = READER_PIPE},
	};
	const struct object_section *sections;
	const struct object_symbol *symbols;
	size_t section_count = 0, symbol_count = 0;
	struct reason why = {""};

	errno = 0;
	if (!bfd_object_open(&reading.object, READER_FILE, job->size, &why)) {
		if (errno == ENOMEM)
			give_up(&reading);
		tell_reason(&reading, why.text);
		return;
	}
	sections = bfd_object_sections(reading.object, &section_count);
	symbols = bfd_object_symbols(reading.object, &symbol_count);
	reading.index = symbol_index_create(
		sections, section_count, symbols, symbol_count,
		bfd_object_is_relocatable(reading.object));
	if (!reading.index)
		give_up(&reading);
	find_all(&reading);
	if (!ask_first(&reading))
		return;
	/* Another process would cost more than it is worth. */
	if (reading.place_count <= BATCH_PLACES / 2)
		answer_items(&reading, 0, reading.item_count);
	else
		answer_in_batches(&reading);
}
