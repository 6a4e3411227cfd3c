/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/budget_build.h"
#include "tests/support/dump_reader.h"
#include "tests/support/text_buffer.h"

static struct text_buffer areas, pages;
static struct dump_reading area_reading, page_reading;
static struct counters counters;
static struct budget_facts facts;

static int teardown(void **state)
{
	(void)state;
	text_buffer_deinit(&areas);
	text_buffer_deinit(&pages);
	dump_reading_deinit(&area_reading);
	dump_reading_deinit(&page_reading);
	counters_deinit(&counters);
	facts = (struct budget_facts){0};
	return 0;
}

static void add_area(const char *caller, unsigned count, const char *kind)
{
	text_buffer_format(&areas,
			   "0xffffc90000000000-0xffffc90000009000 %7u %s "
			   "pages=%u %s\n",
			   (count + 1) * 4096, caller, count, kind);
}

/* frames: the innermost first, each " symbol+0x1/0x2\n" */
static void add_pages(unsigned order, const char *frames)
{
	text_buffer_format(&pages,
			   "Page allocated via order %u, mask 0x1(X), pid 1, "
			   "tgid 1 (x), ts 5 ns\nPFN 0x1 type Unmovable "
			   "Block 0 type Unmovable Flags 0x0()\n%s\n",
			   order, frames);
}

static void read_one(struct dump_reading *reading,
		     const struct text_buffer *text)
{
	const struct way way = {.name = "at once"};
	const struct question question = {0};
	struct error err;

	dump_reading_deinit(reading);
	assert_true(dump_reading_init(reading, text_buffer_span(text), &way,
				      &question, &err));
}

static void tell_kib(const char *name, uint64_t value)
{
	const struct counter counter = {
		.group = SPAN("meminfo"),
		.name = span_of(name),
		.value = value,
		.unit = COUNTER_KIB,
	};
	struct error err;

	assert_true(counters_add(&counters, &counter, &err));
}

static void learn(void)
{
	facts.counters = &counters;
	if (areas.length)
		read_one(&area_reading, &areas);
	if (pages.length)
		read_one(&page_reading, &pages);
	budget_facts_from_stacks(&facts,
				 areas.length ? &area_reading.snapshot : NULL,
				 pages.length ? &page_reading.snapshot : NULL);
}

static void nothing_is_learned_of_nothing(void **state)
{
	(void)state;
	learn();
	assert_false(facts.has_vmallocinfo);
	assert_int_equal(facts.stacks, STACKS_UNKNOWN);
	assert_null(facts.stacks_from);
}

static void memory_of_vmalloc_is_summed_and_no_other(void **state)
{
	(void)state;
	add_area("alloc_large_system_hash+0x1/0x2", 8, "vmalloc N0=8");
	add_area("bpf_prog_alloc+0x1/0x2", 2, "vmalloc");
	add_area("drm_gem_vmap+0x1/0x2 [drm]", 100, "vmap");
	add_area("acpi_os_map_iomem+0x1/0x2", 50, "phys=0x1000 ioremap");
	learn();
	assert_true(facts.has_vmallocinfo);
	assert_u64(facts.vmalloc_bytes, 10 * 4096);
	assert_u64(facts.page_size, 4096);
}

static void an_area_of_a_thread_shows_that_stacks_are_there(void **state)
{
	(void)state;
	add_area("module_alloc+0x1/0x2", 8, "vmalloc");
	add_area("dup_task_struct.constprop.0+0x1/0x2", 4, "vmalloc");
	learn();
	assert_int_equal(facts.stacks, STACKS_IN_VMALLOC);
	assert_string_equal(facts.stacks_from, "vmallocinfo");
}

static void where_no_area_is_a_stack_they_are_elsewhere(void **state)
{
	(void)state;
	add_area("module_alloc+0x1/0x2", 8, "vmalloc");
	add_area("copy_process+0x1/0x2", 4, "vmap");
	add_area("copy_process+0x1/0x2 [evil]", 4, "vmalloc");
	learn();
	assert_int_equal(facts.stacks, STACKS_IN_PAGES);
}

static void areas_that_are_not_all_do_not_tell_where_stacks_are(void **state)
{
	(void)state;
	tell_kib("VmallocUsed", 10000);
	add_area("module_alloc+0x1/0x2", 2424, "vmalloc"); /* 9696 KiB */
	learn();
	assert_int_equal(facts.stacks, STACKS_UNKNOWN);
	add_area("bpf_prog_alloc+0x1/0x2", 1, "vmalloc");
	learn();
	assert_int_equal(facts.stacks, STACKS_IN_PAGES);
	/* Address space, on kernels of old. */
	facts = (struct budget_facts){0};
	tell_kib("VmallocUsed", 99999);
	learn();
	assert_int_equal(facts.stacks, STACKS_UNKNOWN);
	tell_kib("VmallocChunk", 1);
	learn();
	assert_int_equal(facts.stacks, STACKS_IN_PAGES);
}

static void areas_of_a_damaged_file_do_not_tell_either(void **state)
{
	(void)state;
	add_area("module_alloc+0x1/0x2", 8, "vmalloc");
	text_buffer_format(&areas, "0xffffc90000000000-0xffff");
	learn();
	assert_int_equal(facts.stacks, STACKS_UNKNOWN);
}

static void the_counters_tell_the_page_size_where_no_dump_does(void **state)
{
	(void)state;
	tell_kib("DirectMap4k", 5);
	learn();
	assert_u64(facts.page_size, 4096);
	facts.page_size = 16384;
	learn();
	assert_u64(facts.page_size, 16384);
}

static void addresses_alone_do_not_tell_where_stacks_are(void **state)
{
	(void)state;
	add_area("0xffffffff81000000", 8, "vmalloc");
	learn();
	assert_true(facts.has_vmallocinfo);
	assert_int_equal(facts.stacks, STACKS_UNKNOWN);
}

#define VMALLOCED                                                   \
	" get_page_from_freelist+0x1/0x2\n __alloc_pages+0x1/0x2\n" \
	" __vmalloc_node_range_noprof+0x1/0x2\n"                    \
	" alloc_thread_stack_node+0x1/0x2\n copy_process+0x1/0x2\n"
#define STRAIGHT                                                    \
	" post_alloc_hook+0x1/0x2\n __alloc_pages_noprof+0x1/0x2\n" \
	" dup_task_struct+0x1/0x2\n copy_process+0x1/0x2\n"
#define TASK_STRUCT                                        \
	" __alloc_pages+0x1/0x2\n allocate_slab+0x1/0x2\n" \
	" kmem_cache_alloc_node+0x1/0x2\n dup_task_struct+0x1/0x2\n"

static void stacks_of_pages_tell_by_what_is_between(void **state)
{
	(void)state;
	add_pages(0, VMALLOCED);
	add_pages(3, TASK_STRUCT);
	learn();
	assert_int_equal(facts.stacks, STACKS_IN_VMALLOC);
	assert_string_equal(facts.stacks_from, "page_owner");
	assert_false(facts.has_vmallocinfo);
}

static void stacks_straight_from_the_page_allocator_are_pages(void **state)
{
	(void)state;
	add_pages(2, STRAIGHT);
	add_pages(3, TASK_STRUCT);
	learn();
	assert_int_equal(facts.stacks, STACKS_IN_PAGES);
}

static void what_else_a_thread_needs_tells_nothing(void **state)
{
	(void)state;
	add_pages(3, TASK_STRUCT);
	add_pages(0, " copy_process+0x1/0x2\n");
	add_pages(0, " __alloc_pages+0x1/0x2\n do_leak+0x1/0x2 [leaky]\n");
	learn();
	assert_int_equal(facts.stacks, STACKS_UNKNOWN);
}

static void most_of_the_pages_decide(void **state)
{
	(void)state;
	add_pages(0, VMALLOCED);
	add_pages(2, STRAIGHT);
	learn();
	assert_int_equal(facts.stacks, STACKS_IN_PAGES);
	add_pages(3, VMALLOCED);
	learn();
	assert_int_equal(facts.stacks, STACKS_IN_VMALLOC);
}

static void pages_go_before_an_area_that_is_missing(void **state)
{
	(void)state;
	add_area("module_alloc+0x1/0x2", 8, "vmalloc");
	add_pages(0, VMALLOCED);
	learn();
	assert_int_equal(facts.stacks, STACKS_IN_VMALLOC);
	add_area("copy_process+0x1/0x2", 4, "vmalloc");
	add_pages(4, STRAIGHT);
	learn();
	assert_int_equal(facts.stacks, STACKS_IN_VMALLOC);
	assert_string_equal(facts.stacks_from, "vmallocinfo");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_learned_of_nothing),
		TEST(memory_of_vmalloc_is_summed_and_no_other),
		TEST(an_area_of_a_thread_shows_that_stacks_are_there),
		TEST(where_no_area_is_a_stack_they_are_elsewhere),
		TEST(areas_that_are_not_all_do_not_tell_where_stacks_are),
		TEST(areas_of_a_damaged_file_do_not_tell_either),
		TEST(the_counters_tell_the_page_size_where_no_dump_does),
		TEST(addresses_alone_do_not_tell_where_stacks_are),
		TEST(stacks_of_pages_tell_by_what_is_between),
		TEST(stacks_straight_from_the_page_allocator_are_pages),
		TEST(what_else_a_thread_needs_tells_nothing),
		TEST(most_of_the_pages_decide),
		TEST(pages_go_before_an_area_that_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
