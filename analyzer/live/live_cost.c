/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_cost.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define STACKS "sys/kernel/debug/page_owner_stacks/show_stacks"

enum {
	RECORD_BYTES = 650, /* of page_owner, as seen on 6.12 */
	/* Assumed of real machines; an emulated one took 40 us. */
	RECORD_US = 15,
	STACKS_LIMIT = 8 << 20,
	MEMINFO_CAPACITY = 8192,
};

/* "MemTotal:  1004116 kB", in pages. */
static bool meminfo_pages(struct span text, struct span name, uint64_t *ret)
{
	uint64_t page_kib = (uint64_t)sysconf(_SC_PAGESIZE) / 1024;
	struct span line;
	uint64_t kib;

	while (span_take_line(&text, &line)) {
		if (!span_take(&line, name))
			continue;
		span_take_blanks(&line);
		if (!span_take_u64(&line, &kib) || !page_kib)
			return false;
		*ret = kib / page_kib;
		return true;
	}
	return false;
}

/* The pages in use: none has more than one record. */
static uint64_t used_pages(const struct live_machine *machine)
{
	char buffer[MEMINFO_CAPACITY];
	struct span text =
		live_file_read(live_machine_root(machine), "proc/meminfo",
			       buffer, sizeof(buffer));
	uint64_t total, unused;

	if (!meminfo_pages(text, SPAN("MemTotal:"), &total) ||
	    !meminfo_pages(text, SPAN("MemFree:"), &unused) || unused > total)
		return 0;
	return total - unused;
}

/* Pages of all stacks, where the kernel counts them and the text is small. */
static uint64_t counted_pages(const struct live_machine *machine,
			      uint64_t *ret_bytes)
{
	char *buffer = malloc(STACKS_LIMIT);
	struct span text, line;
	uint64_t sum = 0, pages;

	if (!buffer)
		return 0;
	text = live_file_read(live_machine_root(machine), STACKS, buffer,
			      STACKS_LIMIT);
	*ret_bytes = text.length;
	if (text.length == STACKS_LIMIT)
		text.length = 0;
	while (span_take_line(&text, &line)) {
		if (!span_take(&line, SPAN("nr_base_pages: ")) ||
		    !span_take_u64(&line, &pages))
			continue;
		if (__builtin_add_overflow(sum, pages, &sum))
			sum = UINT64_MAX;
	}
	free(buffer);
	return sum;
}

static const char *drains(const struct live_machine *machine)
{
	return live_machine_older(machine, 6, 1) == ANSWER_YES
		       ? "; before Linux 6.1 each record takes many times "
			 "longer"
		       : "";
}

static void owner_cost(const struct live_machine *machine, struct offer *offer,
		       char *ret, size_t capacity)
{
	uint64_t stacks_bytes, used = used_pages(machine);
	uint64_t counted = counted_pages(machine, &stacks_bytes);
	bool by_stack = counted && (!used || counted < used);

	offer->records = by_stack ? counted : used;
	if (__builtin_mul_overflow(offer->records, RECORD_BYTES,
				   &offer->bytes) ||
	    __builtin_mul_overflow(offer->records, RECORD_US, &offer->ms))
		offer->bytes = offer->ms = 0;
	offer->ms /= 1000;
	snprintf(ret, capacity,
		 "%s; a record is taken to be %d bytes and to need 10 to 20 "
		 "us%s",
		 by_stack ? "page_owner_stacks counts as many pages, but no "
			    "early ones; a block of pages has one record"
			  : "as many pages are in use; some have no record, "
			    "a block of pages has one",
		 RECORD_BYTES, drains(machine));
}

static void stacks_cost(const struct live_machine *machine, struct offer *offer,
			char *ret, size_t capacity)
{
	counted_pages(machine, &offer->bytes);
	snprintf(ret, capacity, "milliseconds");
}

static void traces_cost(const struct live_machine *machine, struct offer *offer,
			char *ret, size_t capacity)
{
	(void)machine;
	snprintf(ret, capacity,
		 "%" PRIu64 " files, for each of which the kernel walks all "
		 "objects of a slab cache: milliseconds, seconds where there "
		 "are millions of objects",
		 offer->files);
}

static void kmemleak_cost(const struct live_machine *machine,
			  struct offer *offer, char *ret, size_t capacity)
{
	(void)machine;
	(void)offer;
	snprintf(ret, capacity,
		 "the kernel walks all objects that it knows of: seconds, "
		 "minutes on large machines");
}

static void process_cost(const struct live_machine *machine,
			 struct offer *offer, char *ret, size_t capacity)
{
	(void)machine;
	snprintf(ret, capacity,
		 "%" PRIu64 " files; smaps_rollup walks the page tables of "
		 "each process: some ms for each GiB",
		 offer->files);
}

static const struct {
	const char *source;
	void (*estimate)(const struct live_machine *machine,
			 struct offer *offer, char *ret, size_t capacity);
} costs[] = {
	{"page_owner", owner_cost},   {"page_owner_stacks", stacks_cost},
	{"slab_traces", traces_cost}, {"kmemleak", kmemleak_cost},
	{"processes", process_cost},
};

bool live_cost_estimate(const struct live_machine *machine, struct offer *offer,
			struct arena *arena, struct error *err)
{
	char how[400];
	size_t i;

	for (i = 0; i < sizeof(costs) / sizeof(costs[0]); i++) {
		if (strcmp(costs[i].source, offer->source->name) != 0)
			continue;
		costs[i].estimate(machine, offer, how, sizeof(how));
		offer->how = arena_string(arena, span_of(how));
		return offer->how || error_no_memory(err);
	}
	return true;
}
