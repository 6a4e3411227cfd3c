/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "meminfo", span_of(text), "proc/meminfo");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void a_row_is_a_counter_of_the_machine(void **state)
{
	(void)state;
	read_text("MemTotal:        1004788 kB\n"
		  "Active(anon):      16392 kB\n"
		  "VmallocTotal:   34359738367 kB\n"
		  "HugePages_Total:       4\n");
	assert_clean(&dump, 4);
	assert_counter(&dump, "", "MemTotal", 1004788, COUNTER_KIB);
	assert_counter(&dump, "", "Active(anon)", 16392, COUNTER_KIB);
	assert_counter(&dump, "", "VmallocTotal", 34359738367, COUNTER_KIB);
	assert_counter(&dump, "", "HugePages_Total", 4, COUNTER_NUMBER);
	assert_u64(dump.sink.lines, 4);
	assert_span(dump.counters.table->counter.group, "meminfo");
}

static void labels_that_no_kernel_has_are_kept(void **state)
{
	(void)state;
	read_text("KgslShmemUsage:  12 kB\nIon Cache:  3 kB\n");
	assert_clean(&dump, 2);
	assert_counter(&dump, "", "KgslShmemUsage", 12, COUNTER_KIB);
	assert_counter(&dump, "", "Ion Cache", 3, COUNTER_KIB);
}

static void a_row_with_a_node_is_of_that_node(void **state)
{
	(void)state;
	read_text("Node 0 MemTotal:       500 kB\n"
		  "Node 0 HugePages_Free:   2\n"
		  "Node 12 MemTotal:      400 kB\n");
	assert_clean(&dump, 3);
	assert_counter(&dump, "node 0", "MemTotal", 500, COUNTER_KIB);
	assert_counter(&dump, "node 0", "HugePages_Free", 2, COUNTER_NUMBER);
	assert_counter(&dump, "node 12", "MemTotal", 400, COUNTER_KIB);
	assert_string_equal(dump.remarks.at ? dump.remarks.at : "", "");
}

static void noise_around_rows_is_taken_off(void **state)
{
	(void)state;
	read_text("[   12.345678] MemTotal:\t5 kB\r\n"
		  "> MemFree:   4 kB  \n"
		  "\n"
		  "/proc/meminfo:Cached:  3 kB\n"
		  "sys/devices/system/node/node1/meminfo:Node 1 Slab:  2 kB\n");
	assert_clean(&dump, 4);
	assert_counter(&dump, "", "MemTotal", 5, COUNTER_KIB);
	assert_counter(&dump, "", "MemFree", 4, COUNTER_KIB);
	assert_counter(&dump, "", "Cached", 3, COUNTER_KIB);
	assert_counter(&dump, "node 1", "Slab", 2, COUNTER_KIB);
}

static void of_several_snapshots_the_last_one_holds(void **state)
{
	(void)state;
	read_text("zzz ***Fri Jan 2 10:00:01 UTC 2015\n"
		  "MemTotal: 9 kB\nMemFree: 5 kB\n"
		  "zzz ***Fri Jan 2 10:00:31 UTC 2015\n"
		  "MemTotal: 9 kB\nMemFree: 4 kB\n"
		  "zzz ***Fri Jan 2 10:01:01 UTC 2015\n"
		  "MemTotal: 9 kB\nMemFree: 3 kB\n");
	assert_clean(&dump, 2);
	assert_counter(&dump, "", "MemFree", 3, COUNTER_KIB);
	assert_string_equal(dump.remarks.at,
			    "3 snapshots in it: the last one is taken\n");
}

static void a_row_that_cannot_be_read_is_skipped(void **state)
{
	static const char *const rows[] = {
		"MemFree: 99999999999999999999 kB",
		"MemFree: 12 MB",
		"MemFree: 12 kBx",
		"MemFree: 12x",
		"MemFree: 12 13",
	};
	char text[200];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(rows); i++) {
		snprintf(text, sizeof(text), "MemTotal: 5 kB\n%s\nSlab: 1 kB\n",
			 rows[i]);
		read_text(text);
		assert_int_equal(dump.counters.count, 2);
		assert_int_equal(dump.skipped, 1);
		assert_int_equal(dump.stray, 0);
		assert_u64(dump.damages[0].line, 2);
		assert_span(dump.damages[0].found, rows[i]);
	}
}

static void other_text_is_stray(void **state)
{
	static const char *const lines[] = {
		"cat: /proc/meminfo: Permission denied",
		"12:30:01 up 5 days",
		"Every 2.0s: cat /proc/meminfo",
		"             total       used       free",
		"Mem:",
	};
	char text[200];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(lines); i++) {
		snprintf(text, sizeof(text), "%s\nMemTotal: 5 kB\n", lines[i]);
		read_text(text);
		assert_int_equal(dump.counters.count, 1);
		assert_int_equal(dump.stray, 1);
		assert_int_equal(dump.skipped, 0);
	}
	assert_rubbish("meminfo", "rubbish\n", NULL);
}

/* "Slab:  1845 kB" holds numbers that were never there. */
static void check_cut(const struct collector *cut, size_t length)
{
	const struct counter *free = counter_dump_find(cut, "", "MemFree");
	const struct counter *huge =
		counter_dump_find(cut, "", "HugePages_Free");

	assert_true(!free || free->value == 1845);
	assert_true(!huge || huge->value == 123);
	assert_true((huge != NULL) == (length == 47));
}

static void a_number_that_the_end_of_the_file_cut_is_not_taken(void **state)
{
	(void)state;
	counter_dump_cut("meminfo",
			 SPAN("MemFree:      1845 kB\nHugePages_Free:      "
			      "123\n"),
			 NULL, check_cut);
	read_text("MemTotal: 5 kB");
	assert_clean(&dump, 1);
}

static void assert_sniffed(const char *text, size_t at)
{
	const struct format *format = format_sniff(span_of(text));

	assert_non_null(format);
	assert_string_equal(format->name, "meminfo");
	assert_ptr_equal(format->sniff(span_of(text)), text + at);
}

static void a_row_that_all_kernels_have_decides(void **state)
{
	(void)state;
	assert_sniffed("MemTotal:        1004788 kB\n", 0);
	assert_sniffed("x\nNode 0 MemTotal:       500 kB\n", 2);
	assert_sniffed("zzz ***\n/proc/meminfo:MemTotal:  500 kB\n", 8);
	assert_sniffed("MemFree:         1004788 kB\n", 0);
	assert_sniffed("MemTotal: x\nMemTotal: 5 kB\n", 12);
	assert_null(format_sniff(SPAN("MemTotal\n")));
	assert_null(format_sniff(SPAN("xMemTotal: 5\n")));
	assert_null(format_sniff(SPAN("Rss:                 884 kB\n")));
	assert_null(format_sniff(SPAN("Node 0 active_anon:5kB\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_row_is_a_counter_of_the_machine),
		TEST(labels_that_no_kernel_has_are_kept),
		TEST(a_row_with_a_node_is_of_that_node),
		TEST(noise_around_rows_is_taken_off),
		TEST(of_several_snapshots_the_last_one_holds),
		TEST(a_row_that_cannot_be_read_is_skipped),
		TEST(other_text_is_stray),
		TEST(a_number_that_the_end_of_the_file_cut_is_not_taken),
		TEST(a_row_that_all_kernels_have_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
