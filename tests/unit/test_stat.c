/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "stat", span_of(text), "proc/stat");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void the_boot_time_and_numbers_of_processes_are_counters(void **state)
{
	(void)state;
	read_text("ctxt 19497\n"
		  "btime 1795336245\n"
		  "processes 1044\n"
		  "procs_running 2\n"
		  "procs_blocked 1\n");
	assert_clean(&dump, 5);
	assert_counter(&dump, "", "ctxt", 19497, COUNTER_NUMBER);
	assert_counter(&dump, "", "btime", 1795336245, COUNTER_NUMBER);
	assert_counter(&dump, "", "processes", 1044, COUNTER_NUMBER);
	assert_counter(&dump, "", "procs_running", 2, COUNTER_NUMBER);
	assert_counter(&dump, "", "procs_blocked", 1, COUNTER_NUMBER);
}

static void cpus_interrupts_and_rows_of_old_kernels_are_left_out(void **state)
{
	(void)state;
	read_text("cpu  2255 34 2290 22625563 6290 127 456\n"
		  "cpu0 1132 34 1441 11311718 3675 127 438\n"
		  "page 5741 1808\n"
		  "swap 1 0\n"
		  "intr 114930548 113199788 3 0 5 263\n"
		  "disk_io: (2,0):(31,30,5764,1,2)\n"
		  "btime 1062191376\n"
		  "softirq 26222 0 4068\n");
	assert_clean(&dump, 1);
	assert_counter(&dump, "", "btime", 1062191376, COUNTER_NUMBER);
}

static void a_damaged_number_is_skipped_and_other_text_is_stray(void **state)
{
	(void)state;
	read_text("btime 17953x6245\n"
		  "ctxt\n"
		  "processes 18446744073709551616\n"
		  "procs_running 1 2\n"
		  "Linux\n"
		  "  114684 kB\n"
		  "procs_blocked 3");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 5);
	assert_int_equal(dump.stray, 2);
	assert_rubbish("stat", "rubbish\n", NULL);
}

static void a_boot_time_at_the_margin_decides(void **state)
{
	static const char text[] = "cpu  1 2 3\nbtime 5\n";
	const struct format *format = format_sniff(span_of(text));

	(void)state;
	assert_non_null(format);
	assert_string_equal(format->name, "stat");
	assert_ptr_equal(format->sniff(span_of(text)), text + 11);
	assert_null(format_sniff(SPAN(" btime 5\n")));
	assert_null(format_sniff(SPAN("btime x\n")));
	assert_null(format_sniff(SPAN("btime 5 s\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_boot_time_and_numbers_of_processes_are_counters),
		TEST(cpus_interrupts_and_rows_of_old_kernels_are_left_out),
		TEST(a_damaged_number_is_skipped_and_other_text_is_stray),
		TEST(a_boot_time_at_the_margin_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
