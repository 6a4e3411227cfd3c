/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "slabinfo", span_of(text), "proc/slabinfo");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define HEADER                                                               \
	"slabinfo - version: 2.1\n"                                          \
	"# name            <active_objs> <num_objs> <objsize> <objperslab> " \
	"<pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : "   \
	"slabdata <active_slabs> <num_slabs> <sharedavail>\n"
#define NUMBERS                                                              \
	" 661    670   3072   10    8 : tunables   54   27    2 : slabdata " \
	"    66     67      1"

static void assert_row(const char *cache)
{
	static const struct {
		const char *name;
		uint64_t value;
		enum counter_unit unit;
	} columns[] = {
		{"active_objs", 661, COUNTER_NUMBER},
		{"num_objs", 670, COUNTER_NUMBER},
		{"objsize", 3072, COUNTER_BYTES},
		{"objperslab", 10, COUNTER_NUMBER},
		{"pagesperslab", 8, COUNTER_PAGES},
		{"limit", 54, COUNTER_NUMBER},
		{"batchcount", 27, COUNTER_NUMBER},
		{"shared", 2, COUNTER_NUMBER},
		{"active_slabs", 66, COUNTER_NUMBER},
		{"num_slabs", 67, COUNTER_NUMBER},
		{"sharedavail", 1, COUNTER_NUMBER},
	};
	size_t i;

	for (i = 0; i < TEST_COUNT(columns); i++)
		assert_counter(&dump, cache, columns[i].name, columns[i].value,
			       columns[i].unit);
}

static void a_row_has_the_columns_of_the_header(void **state)
{
	(void)state;
	read_text(HEADER "kmalloc-1k       " NUMBERS "\n");
	assert_clean(&dump, 11);
	assert_row("kmalloc-1k");
	assert_u64(dump.sink.lines, 3);
}

static void a_name_may_be_long_and_hold_spaces(void **state)
{
	(void)state;
	read_text("a_name_that_is_longer_than_17 " NUMBERS "\n"
		  "my cache 2" NUMBERS "\n"
		  "kmalloc-256(1234:a.scope)" NUMBERS "\n"
		  ":A-0000192" NUMBERS "\n"
		  "x : tunables y" NUMBERS "\n");
	assert_clean(&dump, 55);
	assert_row("a_name_that_is_longer_than_17");
	assert_row("my cache 2");
	assert_row("kmalloc-256(1234:a.scope)");
	assert_row(":A-0000192");
	assert_row("x : tunables y");
}

static void statistics_have_names_of_their_own(void **state)
{
	(void)state;
	read_text("slabinfo - version: 2.1 (statistics)\n"
		  "a" NUMBERS " : globalstat 11 12 13 14 15 16 17 18 19"
		  " : cpustat 21 22 23 24\n");
	assert_clean(&dump, 24);
	assert_row("a");
	assert_counter(&dump, "a", "listallocs", 11, COUNTER_NUMBER);
	assert_counter(&dump, "a", "alienoverflow", 19, COUNTER_NUMBER);
	assert_counter(&dump, "a", "allochit", 21, COUNTER_NUMBER);
	assert_counter(&dump, "a", "freemiss", 24, COUNTER_NUMBER);
}

static void noise_around_rows_is_taken_off(void **state)
{
	(void)state;
	read_text("[   12.345678] " HEADER "[   12.345678] a" NUMBERS "  \r\n"
		  "/proc/slabinfo:b" NUMBERS "\n\n");
	assert_clean(&dump, 22);
	assert_row("a");
	assert_row("b");
}

static void caches_of_one_name_are_told_apart(void **state)
{
	(void)state;
	read_text(HEADER "a" NUMBERS "\nb" NUMBERS "\nb" NUMBERS "\na" NUMBERS
			 "\nb" NUMBERS "\n");
	assert_clean(&dump, 55);
	assert_row("a (2)");
	assert_row("b");
	assert_row("b (2)");
	assert_row("b (3)");
	assert_int_equal(dump.counters.replaced, 0);
	assert_string_equal(dump.remarks.at ? dump.remarks.at : "", "");
}

static void without_headers_the_first_cache_begins_a_snapshot(void **state)
{
	(void)state;
	read_text("a" NUMBERS "\nb" NUMBERS "\na" NUMBERS "\nb" NUMBERS "\n");
	assert_clean(&dump, 22);
	assert_int_equal(dump.counters.replaced, 22);
	assert_string_equal(dump.remarks.at,
			    "2 snapshots in it: the last one is taken\n");
}

static void of_several_snapshots_the_last_one_holds(void **state)
{
	(void)state;
	read_text(HEADER
		  "a 9 9 9 9 9 : tunables 0 0 0 : slabdata 9 9 9\n"
		  "b 9 9 9 9 9 : tunables 0 0 0 : slabdata 9 9 9\n" HEADER
		  "a" NUMBERS "\nb" NUMBERS "\n");
	assert_clean(&dump, 22);
	assert_row("a");
	assert_row("b");
	assert_string_equal(dump.remarks.at,
			    "2 snapshots in it: the last one is taken\n");
}

static void what_is_no_row_is_told(void **state)
{
	(void)state;
	read_text("a 1 2 3 4 : tunables 0 0 0 : slabdata 1 2 3\n"
		  "a 1 2 3 4 5 : tunables 0 0 0 : slabdata 1 2\n"
		  "a 1 2 3 4 5 : tunables 0 0 : slabdata 1 2 3\n"
		  "a 1 2 3 4 99999999999999999999 : tunables 0 0 0 : slabdata "
		  "1 2 3\n"
		  "a 1 2 3 4 5 : tunables 0 0 0 : slabdata 1 2 3 x\n"
		  "kmem_cache 16 32\n"
		  "b" NUMBERS "\n"
		  "c" NUMBERS);
	assert_int_equal(dump.counters.count, 11);
	assert_row("b");
	assert_int_equal(dump.skipped, 6);
	assert_int_equal(dump.stray, 1);
	assert_u64(dump.damages[0].line, 1);
	assert_rubbish("slabinfo", "rubbish\n", NULL);
}

static void version_1_has_other_columns(void **state)
{
	(void)state;
	read_text("slabinfo - version: 1.1 (statistics) (SMP)\n"
		  "kmem_cache            80     81    248    5    6    2 : "
		  "80 80 5 0 0 : 252 126 : 1 2 3 4\n"
		  "my files     12     80    248    5    6    1\n"
		  "size-64 1 2 3\n");
	assert_int_equal(dump.counters.count, 12);
	assert_int_equal(dump.skipped, 1);
	assert_counter(&dump, "kmem_cache", "active_objs", 80, COUNTER_NUMBER);
	assert_counter(&dump, "kmem_cache", "num_objs", 81, COUNTER_NUMBER);
	assert_counter(&dump, "kmem_cache", "objsize", 248, COUNTER_BYTES);
	assert_counter(&dump, "kmem_cache", "active_slabs", 5, COUNTER_NUMBER);
	assert_counter(&dump, "kmem_cache", "num_slabs", 6, COUNTER_NUMBER);
	assert_counter(&dump, "kmem_cache", "pagesperslab", 2, COUNTER_PAGES);
	assert_counter(&dump, "my files", "active_objs", 12, COUNTER_NUMBER);
}

static void version_2_0_has_a_limit_of_free_objects(void **state)
{
	(void)state;
	read_text("a" NUMBERS
		  " : globalstat 1 2 3 4 5 6 7 : cpustat 1 2 3 4\n");
	assert_counter(&dump, "a", "maxfreeable", 6, COUNTER_NUMBER);
	assert_counter(&dump, "a", "freelimit", 7, COUNTER_NUMBER);
	assert_null(counter_dump_find(&dump, "a", "nodeallocs"));
}

static void assert_sniffed(const char *text, size_t at)
{
	const struct format *format = format_sniff(span_of(text));

	assert_non_null(format);
	assert_string_equal(format->name, "slabinfo");
	assert_ptr_equal(format->sniff(span_of(text)), text + at);
}

static void a_header_or_a_row_decides(void **state)
{
	(void)state;
	assert_sniffed(HEADER, 0);
	assert_sniffed("x\na" NUMBERS "\n", 2);
	assert_sniffed("x\na" NUMBERS "\n" HEADER, 2);
	assert_null(format_sniff(SPAN("a 1 2 3 : slabdata 1\n")));
	assert_null(format_sniff(SPAN("see slabinfo - version: 2\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_row_has_the_columns_of_the_header),
		TEST(a_name_may_be_long_and_hold_spaces),
		TEST(statistics_have_names_of_their_own),
		TEST(noise_around_rows_is_taken_off),
		TEST(caches_of_one_name_are_told_apart),
		TEST(without_headers_the_first_cache_begins_a_snapshot),
		TEST(of_several_snapshots_the_last_one_holds),
		TEST(what_is_no_row_is_told),
		TEST(version_1_has_other_columns),
		TEST(version_2_0_has_a_limit_of_free_objects),
		TEST(a_header_or_a_row_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
