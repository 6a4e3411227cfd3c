/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "mm_stat", span_of(text),
			  "sys/devices/virtual/block/zram12/mm_stat");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void columns_have_names_by_their_place(void **state)
{
	(void)state;
	read_text("  4096   74   12288  0  12289     5        6      7   8\n");
	assert_clean(&dump, 9);
	assert_counter(&dump, "zram12", "orig_data_size", 4096, COUNTER_BYTES);
	assert_counter(&dump, "zram12", "compr_data_size", 74, COUNTER_BYTES);
	assert_counter(&dump, "zram12", "mem_used_total", 12288, COUNTER_BYTES);
	assert_counter(&dump, "zram12", "mem_limit", 0, COUNTER_BYTES);
	assert_counter(&dump, "zram12", "mem_used_max", 12289, COUNTER_BYTES);
	assert_counter(&dump, "zram12", "same_pages", 5, COUNTER_PAGES);
	assert_counter(&dump, "zram12", "pages_compacted", 6, COUNTER_PAGES);
	assert_counter(&dump, "zram12", "huge_pages", 7, COUNTER_PAGES);
	assert_counter(&dump, "zram12", "huge_pages_since", 8, COUNTER_PAGES);
	assert_span(dump.counters.table->counter.group, "mm_stat");
}

static void older_kernels_have_fewer_and_newer_ones_more(void **state)
{
	(void)state;
	read_text("1 2 3 4 5 6 7\n");
	assert_clean(&dump, 7);
	read_text("1 2 3 4 5 6 7 8 9 10 11\n");
	assert_clean(&dump, 9);
}

static void a_line_that_may_be_cut_is_not_taken(void **state)
{
	static const char *const texts[] = {
		"1 2 3 4 5 6\n",
		"1 2 3 4 5 6 7",
		"1 2 3 4 5 6 x\n",
		"1 2 3 4 5 6 7 -8\n",
		"99999999999999999999 2 3 4 5 6 7\n",
		"rubbish\n",
		"cat: mm_stat: No such device\n",
	};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(texts); i++)
		assert_rubbish("mm_stat", texts[i], "sys/block/zram0/mm_stat");
}

static void the_path_tells_the_device(void **state)
{
	(void)state;
	counter_dump_read(&dump, "mm_stat", SPAN("1 2 3 4 5 6 7\n"),
			  "zram3/mm_stat.txt");
	assert_counter(&dump, "zram3", "mem_used_total", 3, COUNTER_BYTES);
	counter_dump_read(&dump, "mm_stat", SPAN("1 2 3 4 5 6 7\n"), "mm_stat");
	assert_counter(&dump, "", "mem_used_total", 3, COUNTER_BYTES);
	assert_null(format_named("mm_stat")->sniff);
	assert_false(format_named("mm_stat")->of_process);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(columns_have_names_by_their_place),
		TEST(older_kernels_have_fewer_and_newer_ones_more),
		TEST(a_line_that_may_be_cut_is_not_taken),
		TEST(the_path_tells_the_device),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
