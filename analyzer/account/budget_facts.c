/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the stacks of a capture tell for its budget. */
#include "account/budget_build.h"
#include "account/page_size.h"

/* So much of what vmalloc() took may be taken or freed while files are read. */
#define MISSING_PERCENT 3

#define LIST(names) names, sizeof(names) / sizeof(names[0])

/* Who takes the stack of a thread; each may be inlined into the next one. */
static const char *const stack_makers[] = {
	"alloc_thread_stack_node",
	"alloc_thread_info_node",
	"alloc_thread_info",
	"dup_task_struct",
	"copy_process",
	"_do_fork",
	"do_fork",
	"kernel_clone",
	"fork_idle",
};

/* What may stand between them and the page allocator itself. */
static const char *const page_allocators[] = {
	"post_alloc_hook",	  "prep_new_page",
	"get_page_from_freelist", "alloc_pages",
	"__alloc_pages",	  "__alloc_pages_nodemask",
	"__alloc_pages_slowpath", "alloc_pages_node",
	"alloc_pages_current",	  "alloc_pages_mpol",
	"__alloc_frozen_pages",	  "__alloc_frozen_pages_nolock",
	"alloc_frozen_pages",	  "alloc_kmem_pages_node",
	"__get_free_pages",	  "get_free_pages",
	"__alloc_pages_node",	  "alloc_pages_exact",
	"set_page_owner",	  "__set_page_owner",
};

static bool is_one_of(struct span name, const char *const *names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (span_equal(name, span_of(names[i])))
			return true;
	return false;
}

static bool is_stack_maker(const struct frame *frame)
{
	return !frame->module.length &&
	       is_one_of(frame->name, LIST(stack_makers));
}

/* "__vmalloc_node_range", "vm_area_alloc_pages" … */
static bool is_vmalloc(const struct frame *frame)
{
	return span_find(frame->name, SPAN("vmalloc")) ||
	       span_equal(frame->name, SPAN("vm_area_alloc_pages")) ||
	       span_equal(frame->name, SPAN("alloc_vmap_stack"));
}

/*
 * Where the pages of a thread's stack are, by one call stack. One that takes
 * something else for the thread, such as its task_struct, tells nothing.
 */
static enum stack_place place_of(const struct stack *stack)
{
	bool vmalloc = false, direct = true;
	size_t i;

	for (i = 0; i < stack->frame_count; i++) {
		const struct frame *frame = &stack->frames[i];

		if (is_stack_maker(frame))
			return vmalloc	     ? STACKS_IN_VMALLOC
			       : direct && i ? STACKS_IN_PAGES
					     : STACKS_UNKNOWN;
		vmalloc |= is_vmalloc(frame);
		direct &= is_one_of(frame->name, LIST(page_allocators));
	}
	return STACKS_UNKNOWN;
}

/* By pages: a name may be mistaken, most of them are not. */
static enum stack_place place_by_pages(const struct snapshot *pages)
{
	uint64_t sums[STACKS_IN_PAGES + 1] = {0};
	const struct row *row;

	for (row = pages->rows; row; row = row->hh.next) {
		uint64_t *sum = &sums[place_of(row->key.stack)];

		if (__builtin_add_overflow(*sum, row->tally.units, sum))
			*sum = UINT64_MAX;
	}
	if (sums[STACKS_IN_VMALLOC] > sums[STACKS_IN_PAGES])
		return STACKS_IN_VMALLOC;
	return sums[STACKS_IN_PAGES] ? STACKS_IN_PAGES : STACKS_UNKNOWN;
}

/*
 * Whether all is listed that the kernel counts as taken by vmalloc(), but for
 * what came or went meanwhile. Where it counts none the list is all there is.
 */
static bool is_complete(const struct budget_facts *facts,
			const struct snapshot *areas)
{
	uint64_t used, chunk = 0, listed = facts->vmalloc_bytes / 1024;

	if (loss_is_any(&areas->loss))
		return false;
	counters_value(facts->counters, "meminfo", SPAN(""), "VmallocChunk",
		       &chunk);
	if (chunk || !counters_value(facts->counters, "meminfo", SPAN(""),
				     "VmallocUsed", &used))
		return true;
	return listed >= used - used / 100 * MISSING_PERCENT;
}

/*
 * An area has one frame, that of who called vmalloc(). The file lists all
 * areas: where none is a stack, and none lacks, stacks are elsewhere.
 */
static enum stack_place place_by_areas(const struct budget_facts *facts,
				       const struct snapshot *areas)
{
	enum stack_place place = STACKS_UNKNOWN;
	const struct row *row;

	for (row = areas->rows; row; row = row->hh.next) {
		const struct stack *stack = row->key.stack;

		if (!stack->frame_count || frame_is_address(stack->frames) ||
		    !span_equal(snapshot_detail(areas, row), SPAN("vmalloc")))
			continue;
		if (is_stack_maker(stack->frames))
			return STACKS_IN_VMALLOC;
		place = STACKS_IN_PAGES;
	}
	return is_complete(facts, areas) ? place : STACKS_UNKNOWN;
}

/* vmap() only maps pages that others took. */
static uint64_t vmalloc_bytes(const struct snapshot *areas, uint64_t page_size)
{
	const struct row *row;
	uint64_t bytes = 0, part;

	for (row = areas->rows; row; row = row->hh.next)
		if (span_equal(snapshot_detail(areas, row), SPAN("vmalloc")) &&
		    (__builtin_mul_overflow(row->tally.units, page_size,
					    &part) ||
		     __builtin_add_overflow(bytes, part, &bytes)))
			bytes = UINT64_MAX;
	return bytes;
}

static void settle(struct budget_facts *facts, enum stack_place place,
		   const char *from)
{
	if (place == STACKS_UNKNOWN)
		return;
	facts->stacks = place;
	facts->stacks_from = from;
}

/* Addresses alone tell what was taken, not by whom. */
static void read_areas(struct budget_facts *facts, const struct snapshot *areas)
{
	uint64_t size = areas->page_size;

	if (!areas->counted.records)
		return;
	if (!size)
		size = facts->page_size ? facts->page_size : PAGE_SIZE_GUESS;
	facts->has_vmallocinfo = true;
	facts->vmalloc_bytes = vmalloc_bytes(areas, size);
}

/* Once for all budgets of the capture: nodes have little to tell it by. */
static void find_page_size(struct budget_facts *facts,
			   const struct snapshot *areas)
{
	if (!facts->page_size && areas && areas->counted.records)
		facts->page_size = areas->page_size;
	if (!facts->page_size)
		facts->page_size = page_size_of(facts->counters);
}

static enum stack_place place_by_config(const struct counters *counters)
{
	const struct counter *option = counters_find(
		counters, "kernel_config", SPAN(""), "CONFIG_VMAP_STACK");

	if (!option || option->unit != COUNTER_TEXT)
		return STACKS_UNKNOWN;
	return span_equal(option->text, SPAN("y")) ? STACKS_IN_VMALLOC
						   : STACKS_IN_PAGES;
}

void budget_facts_from_stacks(struct budget_facts *facts,
			      const struct snapshot *vmallocinfo,
			      const struct snapshot *pages)
{
	enum stack_place place = STACKS_UNKNOWN;

	find_page_size(facts, vmallocinfo);
	if (vmallocinfo) {
		read_areas(facts, vmallocinfo);
		place = place_by_areas(facts, vmallocinfo);
		settle(facts, place, "vmallocinfo");
	}
	/* That no area is a stack is the weaker witness. */
	if (pages && place != STACKS_IN_VMALLOC)
		settle(facts, place_by_pages(pages), "page_owner");
	if (facts->stacks == STACKS_UNKNOWN)
		settle(facts, place_by_config(facts->counters),
		       "CONFIG_VMAP_STACK");
}
