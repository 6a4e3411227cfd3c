/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "smaps", span_of(text), "proc/812/smaps");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define MAPPING "00400000-0040b000 r-xp 00000000 08:01 1310  /bin/x\n"

static void rows_of_all_mappings_are_added_up(void **state)
{
	(void)state;
	read_text(MAPPING "Size:          44 kB\nKernelPageSize: 4 kB\n"
			  "MMUPageSize:    4 kB\nRss:           40 kB\n"
			  "Pss:           20 kB\nTHPeligible:    0\n"
			  "ProtectionKey:  0\nVmFlags: rd ex mr mw me\n"
			  "0040b000-0050b000 rw-p 00000000 00:00 0   [heap]\n"
			  "Size:        1024 kB\nRss:            2 kB\n"
			  "Pss:            2 kB\nSwap:           8 kB\n");
	assert_clean(&dump, 3);
	assert_counter(&dump, "812", "Rss", 42, COUNTER_KIB);
	assert_counter(&dump, "812", "Pss", 22, COUNTER_KIB);
	assert_counter(&dump, "812", "Swap", 8, COUNTER_KIB);
	assert_span(dump.counters.table->counter.group, "smaps");
	read_text("");
	assert_clean(&dump, 0);
}

static void a_sum_stops_at_the_largest_number(void **state)
{
	(void)state;
	read_text(MAPPING "Rss: 18446744073709551615 kB\nRss: 2 kB\n");
	assert_clean(&dump, 1);
	assert_counter(&dump, "812", "Rss", UINT64_MAX, COUNTER_KIB);
}

static void damaged_rows_are_skipped(void **state)
{
	(void)state;
	read_text(MAPPING "Rss: 40 kB\nRss: 41\nPss: x kB\nPss: 1 kB\nSwa");
	assert_int_equal(dump.counters.count, 2);
	assert_counter(&dump, "812", "Rss", 40, COUNTER_KIB);
	assert_int_equal(dump.skipped, 2);
	assert_int_equal(dump.stray, 1);
	read_text(MAPPING "Rss: 40 k");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 1);
}

static void labels_are_bounded(void **state)
{
	char text[4096] = "";
	size_t i;

	(void)state;
	for (i = 0; i < 70; i++)
		sprintf(text + strlen(text), "Label_%zu: %zu kB\n", i, i);
	strcat(text, "Label_3: 1 kB\n"
		     "A_label_of_more_than_thirty_two_characters: 1 kB\n");
	read_text(text);
	assert_int_equal(dump.counters.count, 64);
	assert_counter(&dump, "812", "Label_3", 4, COUNTER_KIB);
	assert_counter(&dump, "812", "Label_63", 63, COUNTER_KIB);
	assert_int_equal(dump.skipped, 7);
}

static void its_first_lines_tell_the_format(void **state)
{
	(void)state;
	assert_ptr_equal(format_sniff(SPAN(MAPPING "Size:     44 kB\n")),
			 format_named("smaps"));
	assert_null(format_sniff(SPAN(MAPPING MAPPING)));
	assert_null(format_sniff(SPAN("x\n" MAPPING "Size:     44 kB\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(rows_of_all_mappings_are_added_up),
		TEST(a_sum_stops_at_the_largest_number),
		TEST(damaged_rows_are_skipped),
		TEST(labels_are_bounded),
		TEST(its_first_lines_tell_the_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
