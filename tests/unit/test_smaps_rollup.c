/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "smaps_rollup", span_of(text),
			  "t1/proc/812/smaps_rollup");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define HEAD "55c0a000-7ffe1000 ---p 00000000 00:00 0     [rollup]\n"

static void rows_are_told_by_pid_in_kib(void **state)
{
	(void)state;
	read_text(HEAD "Rss:                5640 kB\n"
		       "Pss:                 780 kB\n"
		       "Pss_Anon:            724 kB\n"
		       "FilePmdMapped:        0 kB\n");
	assert_clean(&dump, 4);
	assert_counter(&dump, "812", "Rss", 5640, COUNTER_KIB);
	assert_counter(&dump, "812", "Pss_Anon", 724, COUNTER_KIB);
	assert_counter(&dump, "812", "FilePmdMapped", 0, COUNTER_KIB);
	assert_span(dump.counters.table->counter.group, "smaps_rollup");
}

static void a_kernel_thread_has_an_empty_file(void **state)
{
	(void)state;
	read_text("");
	assert_clean(&dump, 0);
}

static void without_a_process_the_scope_is_empty(void **state)
{
	(void)state;
	counter_dump_read(&dump, "smaps_rollup", SPAN(HEAD "Rss: 4 kB\n"),
			  "812.smaps_rollup");
	assert_clean(&dump, 1);
	assert_counter(&dump, "", "Rss", 4, COUNTER_KIB);
}

static void damaged_rows_are_skipped(void **state)
{
	(void)state;
	read_text(HEAD "Rss: 5 MB\nPss: 99999999999999999999 kB\nSwap: 1\n"
		       "Pss_Anon: 8 kB\nPss_File: 1");
	assert_int_equal(dump.counters.count, 1);
	assert_counter(&dump, "812", "Pss_Anon", 8, COUNTER_KIB);
	assert_int_equal(dump.skipped, 4);
	read_text(HEAD "Rss: 5 k");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 1);
	read_text("cat: /proc/812/smaps_rollup: Permission denied\nx\n");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.stray, 2);
}

static void the_rows_of_single_mappings_are_no_sums(void **state)
{
	(void)state;
	read_text("00400000-0040b000 r-xp 00000000 08:01 13  /bin/x\n"
		  "Rss: 5 kB\n");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 2);
}

static void its_first_line_tells_the_format(void **state)
{
	const struct format *format = format_named("smaps_rollup");

	(void)state;
	assert_ptr_equal(format_sniff(SPAN(HEAD "Rss: 4 kB\n")), format);
	assert_ptr_equal(format_sniff(SPAN(HEAD)), format);
	assert_null(format_sniff(SPAN("x\n" HEAD "Rss: 4 kB\n")));
	assert_null(format_sniff(SPAN("Rss:    4 kB\n")));
	assert_null(format_sniff(SPAN("1-2 ---p 00000000 08:01 5  /x\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(rows_are_told_by_pid_in_kib),
		TEST(a_kernel_thread_has_an_empty_file),
		TEST(without_a_process_the_scope_is_empty),
		TEST(damaged_rows_are_skipped),
		TEST(the_rows_of_single_mappings_are_no_sums),
		TEST(its_first_line_tells_the_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
