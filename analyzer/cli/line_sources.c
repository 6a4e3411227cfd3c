/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/line_sources.h"

#include <stdlib.h>

#include "cli/symbol_setup.h"

/* The build id of the kernel, as the capture tells; empty: it does not. */
static struct span kernel_id(const struct reading *reading)
{
	const struct counter *counter =
		counters_find(&reading->capture.counters, "notes",
			      (struct span){"", 0}, "build_id");

	return counter ? counter->text : (struct span){"", 0};
}

/* Whether no module was built anew between the two. */
static bool have_same_modules(const struct reading *a, const struct reading *b)
{
	const struct counter_entry *entry;
	const struct counter *other;

	for (entry = a->capture.counters.table; entry; entry = entry->hh.next) {
		const struct counter *own = &entry->counter;

		if (!span_equal(own->group, SPAN("notes")))
			continue;
		other = counters_find(&b->capture.counters, "notes", own->scope,
				      "build_id");
		if (other && !span_equal(own->text, other->text))
			return false;
	}
	return true;
}

static bool is_same_kernel(const struct reading *a, const struct reading *b)
{
	const char *releases[] = {a->capture.kernel, b->capture.kernel};

	return (!releases[0] || !releases[1] ||
		strcmp(releases[0], releases[1]) == 0) &&
	       span_equal(kernel_id(a), kernel_id(b)) &&
	       have_same_modules(a, b);
}

/* Tell what the capture knows of the files that ran. */
static bool expect_build_ids(struct reading *reading)
{
	const struct counter_entry *entry;
	struct arena *arena = &reading->places;

	for (entry = reading->capture.counters.table; entry;
	     entry = entry->hh.next) {
		const struct counter *counter = &entry->counter;
		const char *module = NULL, *id;

		if (!span_equal(counter->group, SPAN("notes")))
			continue;
		if (counter->scope.length) {
			module = arena_string(arena, counter->scope);
			if (!module)
				return false;
		}
		id = arena_string(arena, counter->text);
		if (!id || !symbolizer_expect(reading->symbolizer, module, id))
			return false;
	}
	return true;
}

static bool open_symbolizer(struct cli *cli, struct reading *reading)
{
	reading->symbolizer = symbol_setup(cli, reading->capture.kernel);
	reading->owns_symbolizer = reading->symbolizer != NULL;
	return reading->owns_symbolizer;
}

bool line_sources_open(struct cli *cli, struct reading *readings, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (readings[i].symbolizer)
			continue;
		if (i && is_same_kernel(&readings[0], &readings[i]))
			readings[i].symbolizer = readings[0].symbolizer;
		else if (!open_symbolizer(cli, &readings[i]))
			return false;
		/* A module may have been loaded since. */
		if (!expect_build_ids(&readings[i]))
			return false;
	}
	return true;
}

bool line_sources_share(const struct reading *owner, struct reading *reading)
{
	if (!owner->symbolizer || !is_same_kernel(owner, reading))
		return true;
	reading->symbolizer = owner->symbolizer;
	return expect_build_ids(reading);
}

/* ---- whose frame it is ---- */

struct frame_range {
	const struct frame *begin, *end;
	size_t reading;
};

static int compare_ranges(const void *left, const void *right)
{
	const struct frame_range *a = left, *b = right;

	return ((uintptr_t)a->begin > (uintptr_t)b->begin) -
	       ((uintptr_t)a->begin < (uintptr_t)b->begin);
}

static size_t count_stacks(const struct capture *capture)
{
	size_t count = 0, i;

	for (i = 0; i < capture->source_count; i++)
		count += HASH_COUNT(capture->sources[i].snapshot.stacks.table);
	return count;
}

static void add_ranges(struct frame_owners *owners,
		       const struct snapshot *snapshot, size_t reading)
{
	const struct stack *stack;

	for (stack = snapshot->stacks.table; stack; stack = stack->hh.next)
		if (stack->frames)
			owners->ranges[owners->count++] = (struct frame_range){
				stack->frames,
				stack->frames + stack->frame_count, reading};
}

bool frame_owners_init(struct frame_owners *owners,
		       const struct reading *readings, size_t count)
{
	size_t stacks = 0, i, j;

	for (i = 1; i < count; i++)
		if (readings[i].owns_symbolizer)
			stacks += count_stacks(&readings[i].capture);
	if (!stacks)
		return true;
	owners->ranges = calloc(stacks, sizeof(*owners->ranges));
	if (!owners->ranges)
		return false;
	for (i = 1; i < count; i++)
		for (j = 0; readings[i].owns_symbolizer &&
			    j < readings[i].capture.source_count;
		     j++)
			add_ranges(owners,
				   &readings[i].capture.sources[j].snapshot, i);
	qsort(owners->ranges, owners->count, sizeof(*owners->ranges),
	      compare_ranges);
	return true;
}

void frame_owners_deinit(struct frame_owners *owners)
{
	free(owners->ranges);
	*owners = (struct frame_owners){0};
}

size_t frame_owners_find(const struct frame_owners *owners,
			 const struct frame *frame)
{
	size_t low = 0, high = owners->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct frame_range *range = &owners->ranges[middle];

		if ((uintptr_t)frame < (uintptr_t)range->begin)
			high = middle;
		else if ((uintptr_t)frame >= (uintptr_t)range->end)
			low = middle + 1;
		else
			return range->reading;
	}
	return 0;
}
