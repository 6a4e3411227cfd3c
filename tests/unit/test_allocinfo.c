/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/dump_text.h"

static struct collector dump;

static void read_text(const char *text)
{
	dump_text_read(&dump, "allocinfo", span_of(text), NULL);
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static const struct record *record_at(size_t i)
{
	assert_in_range(i, 0, dump.count - 1);
	return &dump.records[i].record;
}

static bool is_sniffed(const char *text)
{
	const struct format *format = format_sniff(span_of(text));

	return format && strcmp(format->name, "allocinfo") == 0;
}

static void assert_row(size_t i, const char *stack, const char *site,
		       uint64_t count, uint64_t bytes)
{
	const struct record *record = record_at(i);

	assert_span(record->stack, stack);
	assert_span(record->fields[FIELD_SITE], site);
	assert_u64(record->count, count);
	assert_u64(record->units, bytes);
	assert_u64(record->alloc_ts_ns, TS_NONE);
	assert_u64(record->pfn, PFN_NONE);
	assert_int_equal(record->order, 0);
}

static void assert_losses(size_t skipped, size_t stray)
{
	assert_int_equal(dump.skipped, skipped);
	assert_int_equal(dump.stray, stray);
}

static void assert_remarks(const char *expected)
{
	assert_string_equal(dump.remarks.at ? dump.remarks.at : "", expected);
}

#define HEADER                       \
	"allocinfo - version: 1.0\n" \
	"#     <size>  <calls> <tag info>\n"

static void a_row_is_a_site_and_a_function(void **state)
{
	(void)state;
	read_text(HEADER
		  "           0        0 init/main.c:1311 "
		  "func:do_initcalls \n"
		  "    56373248     4737 mm/slub.c:2259 "
		  "func:alloc_slab_page \n"
		  "     4136960     1010 drivers/heron/ring.c:20 [heron] "
		  "func:heron_fill \n");
	assert_int_equal(dump.count, 3);
	assert_losses(0, 0);
	assert_row(0, " do_initcalls\n", "init/main.c:1311", 0, 0);
	assert_row(1, " alloc_slab_page\n", "mm/slub.c:2259", 4737, 56373248);
	assert_row(2, " heron_fill [heron]\n", "drivers/heron/ring.c:20", 1010,
		   4136960);
	assert_u64(record_at(2)->line, 5);
	assert_u64(dump.sink.lines, 5);
	assert_remarks("");
}

static void version_2_has_words_behind_the_function(void **state)
{
	(void)state;
	read_text("allocinfo - version: 2.0\n"
		  "#     <size>  <calls> <tag info>\n"
		  "        4096        1 mm/a.c:1 func:f accurate:no \n"
		  "        8192        2 mm/a.c:2 func:g \n"
		  "       12288        3 mm/a.c:3 [m] func:h numa:0,1 "
		  "accurate:no color:blue \n");
	assert_int_equal(dump.count, 3);
	assert_losses(0, 0);
	assert_row(0, " f\n", "mm/a.c:1", 1, 4096);
	assert_row(2, " h [m]\n", "mm/a.c:3", 3, 12288);
	assert_remarks("2 rows are marked accurate:no: their size is not the "
		       "true one, its growth is\n");
}

static void headers_may_be_anywhere_or_nowhere(void **state)
{
	(void)state;
	read_text("        8192        2 mm/a.c:2 func:g\n"
		  "#     <size>  <calls> <tag info>\n"
		  "allocinfo - version: 1.0\n"
		  "           0        0 mm/a.c:1 func:f\n");
	assert_int_equal(dump.count, 2);
	assert_losses(0, 0);
	read_text("16 1 fs/xfs/xfs_mount.c:87 [xfs] func:xfs_uuid_mount\n");
	assert_int_equal(dump.count, 1);
	assert_row(0, " xfs_uuid_mount [xfs]\n", "fs/xfs/xfs_mount.c:87", 1,
		   16);
}

static void spaces_and_line_ends_may_be_others(void **state)
{
	(void)state;
	read_text("allocinfo - version: 1.0\r\n"
		  "\t 4096\t1  mm/a.c:1 func:f \r\n"
		  "\r\n"
		  "> 8192 2 mm/a.c:2 [m] func:g\n");
	assert_int_equal(dump.count, 2);
	assert_losses(0, 0);
	assert_row(0, " f\n", "mm/a.c:1", 1, 4096);
	assert_row(1, " g [m]\n", "mm/a.c:2", 2, 8192);
}

static void sizes_in_human_units_are_told(void **state)
{
	(void)state;
	read_text("2.8M 22648 fs/kernfs/dir.c:615 func:a\n"
		  "    48.0 MiB        1 mm/a.c:1 func:b\n");
	assert_int_equal(dump.count, 2);
	assert_losses(0, 0);
	assert_row(0, " a\n", "fs/kernfs/dir.c:615", 22648, 2936013);
	assert_row(1, " b\n", "mm/a.c:1", 1, 50331648);
	assert_remarks("sizes are rounded: the text has them in human "
		       "units\n");
}

static void a_site_below_zero_counts_as_zero(void **state)
{
	(void)state;
	read_text("       -4096        3 mm/a.c:1 func:f \n"
		  "        4096 18446744073709551615 mm/a.c:2 func:g \n"
		  "       -1.5K        3 mm/a.c:3 func:h \n");
	assert_int_equal(dump.count, 3);
	assert_row(0, " f\n", "mm/a.c:1", 3, 0);
	assert_row(1, " g\n", "mm/a.c:2", 0, 4096);
	assert_row(2, " h\n", "mm/a.c:3", 3, 0);
	assert_remarks("3 rows have a negative size: counted as 0 bytes\n"
		       "sizes are rounded: the text has them in human "
		       "units\n");
}

static void rows_of_one_tag_are_records_of_their_own(void **state)
{
	(void)state;
	read_text("4096 1 mm/a.c:1 func:f\n4096 1 mm/a.c:1 func:f\n");
	assert_int_equal(dump.count, 2);
	assert_remarks("");
}

static void a_row_that_cannot_be_read_is_skipped(void **state)
{
	(void)state;
	read_text(HEADER "        4096        1 mm/a.c:1 fun \n"
			 "        4096        1 mm/a.c:1 func:f what \n"
			 "        4096 mm/a.c:1 func:f \n"
			 "        4096        1 mm/a.c:1 func:f \n");
	assert_int_equal(dump.count, 1);
	assert_losses(3, 0);
	assert_u64(dump.damages[0].line, 3);
	assert_u64(dump.damages[2].line, 5);
}

static void rows_glued_together_are_skipped(void **state)
{
	(void)state;
	/* A row, cut at each byte, and all of another. */
	static const char row[] =
		"       40960       10 mm/slub.c:2259 [m] func:alloc ";
	char text[200];
	size_t length;

	(void)state;
	for (length = 9; length < sizeof(row) - 1; length++) {
		snprintf(text, sizeof(text),
			 "%.*s           7        3 init/main.c:1311 func:x \n",
			 (int)length, row);
		read_text(text);
		if (dump.count != 0)
			fail_msg("taken: %s", text);
		assert_losses(1, 0);
		snprintf(text, sizeof(text), "%.*sallocinfo - version: 1.0\n",
			 (int)length, row);
		read_text(text);
		if (dump.count != 0)
			fail_msg("taken: %s", text);
	}
}

static void a_last_row_without_the_kernels_space_was_cut(void **state)
{
	(void)state;
	read_text("4096 1 mm/a.c:1 func:ff \n4096 1 mm/a.c:1 func:f");
	assert_int_equal(dump.count, 1);
	assert_losses(1, 0);
	read_text("4096 1 mm/a.c:1 func:ff \n4096 1 mm/a.c:1 func:ff ");
	assert_int_equal(dump.count, 2);
	/* Somebody has trimmed the lines. */
	read_text("4096 1 mm/a.c:1 func:ff\n4096 1 mm/a.c:1 func:f");
	assert_int_equal(dump.count, 2);
	read_text("4096 1 mm/a.c:1 func:f");
	assert_int_equal(dump.count, 1);
}

static void other_text_is_stray(void **state)
{
	(void)state;
	read_text("$ cat /proc/allocinfo\n" HEADER "\n"
		  "4096 1 mm/a.c:1 func:f\n"
		  "cat: /proc/allocinfo: Cannot allocate memory\n");
	assert_int_equal(dump.count, 1);
	assert_losses(0, 2);
	assert_u64(dump.damages[0].line, 1);
	assert_u64(dump.damages[1].line, 6);
}

static void bytes_of_zero_are_no_part_of_a_row(void **state)
{
	const struct format *format = format_named("allocinfo");
	struct span text = SPAN("4096 1 mm/a.c:1 func:a\0b\n\0\0\0\n"
				"8192 1 mm/a.c:2 func:g\n");

	(void)state;
	collector_deinit(&dump);
	collector_read(&dump, format, text,
		       &(struct collector_way){.block = 1});
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->units, 8192);
	assert_losses(1, 1);
}

static void a_log_has_a_table_and_much_else(void **state)
{
	(void)state;
	read_text("[   30.986] v4l2src0:src: page allocation failure: order:5\n"
		  "[   30.987] 72535 pages RAM\n"
		  "[   30.987] 12 13 14\n"
		  "[   30.988] Memory allocations (profiling is currently "
		  "turned on):\n"
		  "[   30.988]     38.4 MiB     5505 mm/slub.c:3075 "
		  "func:alloc_slab_page\n"
		  "[   30.988]     33.0 MiB     8448 drivers/heron/a.c:322 "
		  "[heron] func:heron_fill\n"
		  "[   30.989] 3 4 5\n"
		  "[   30.989] Out of memory: Killed process 12 (cat)\n"
		  "[   31.000] 3 4 5\n");
	assert_int_equal(dump.count, 2);
	assert_row(0, " alloc_slab_page\n", "mm/slub.c:3075", 5505, 40265318);
	assert_row(1, " heron_fill [heron]\n", "drivers/heron/a.c:322", 8448,
		   34603008);
	assert_u64(record_at(1)->line, 6);
	/* The line in the table that begins like a row. */
	assert_losses(1, 0);
	assert_u64(dump.damages[0].line, 7);
	assert_remarks("sizes are rounded: the text has them in human units\n"
		       "the table of a log holds the largest rows only\n");
}

static void a_log_without_times_is_known_by_its_table(void **state)
{
	(void)state;
	read_text("Mem-Info:\n"
		  "Memory allocations:\n"
		  "     1.00 KiB        1 mm/a.c:1 func:f\n"
		  "Out of memory\n"
		  "Memory allocations:\n"
		  "     2.00 KiB        1 mm/a.c:1 func:f\n");
	assert_int_equal(dump.count, 2);
	assert_losses(0, 1);
	assert_remarks("sizes are rounded: the text has them in human units\n"
		       "the table of a log holds the largest rows only\n"
		       "2 tables are joined: what they say is summed\n");
}

static void sizes_of_0_say_that_nobody_counted(void **state)
{
	(void)state;
	read_text("[1.0] Memory allocations:\n"
		  "[1.0]      0 B        0 mm/a.c:1 func:f\n"
		  "[1.0]      0 B        0 mm/b.c:1 func:g\n");
	assert_int_equal(dump.count, 2);
	assert_remarks("all its sizes are 0: memory allocation profiling was "
		       "off (sysctl vm.mem_profiling=1)\n");
	read_text(HEADER "0 0 mm/a.c:1 func:f \n"
			 "4096 1 mm/b.c:1 func:g \n");
	assert_remarks("");
	read_text("Memory allocations (profiling is currently turned off):\n"
		  "     1.00 KiB        1 mm/a.c:1 func:f\n");
	assert_remarks("memory allocation profiling had been turned off: what "
		       "was allocated since is missing\n"
		       "sizes are rounded: the text has them in human units\n"
		       "the table of a log holds the largest rows only\n");
}

static void dumps_that_are_joined_are_reported(void **state)
{
	(void)state;
	read_text(HEADER "4096 1 mm/a.c:1 func:f \n" HEADER
			 "4096 1 mm/a.c:1 func:f \n");
	assert_int_equal(dump.count, 2);
	assert_remarks("2 tables are joined: what they say is summed\n");
}

static void one_line_tells_the_format(void **state)
{
	(void)state;
	assert_true(is_sniffed("allocinfo - version: 3.1\n"));
	assert_true(is_sniffed("x\n4096 1 mm/a.c:1 func:f"));
	assert_true(is_sniffed("log\n[ 1.0] Memory allocations:\n"));
	assert_true(is_sniffed("Memory allocations (profiling is currently "
			       "turned off):\n"));
	assert_true(is_sniffed("[ 1.0]  48.0 MiB  1 mm/a.c:1 func:f\n"));
	assert_false(is_sniffed("the allocinfo - version: 1.0\n"));
	assert_false(is_sniffed("Memory allocations of heron: 12\n"));
	assert_false(is_sniffed("4096 1 mm/a.c func:f\n"));
	assert_false(is_sniffed(" calling func:f\n"));
}

static void the_line_that_comes_first_is_found(void **state)
{
	static const char text[] = "a func:b\n"
				   "4096 1 mm/a.c:1 func:f\n"
				   "allocinfo - version: 1.0\n";
	const struct format *format = format_named("allocinfo");

	(void)state;
	assert_ptr_equal(format->sniff(span_of(text)), text + 9);
	assert_ptr_equal(format->sniff(span_of(text + 32)), text + 32);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_row_is_a_site_and_a_function),
		TEST(version_2_has_words_behind_the_function),
		TEST(headers_may_be_anywhere_or_nowhere),
		TEST(spaces_and_line_ends_may_be_others),
		TEST(sizes_in_human_units_are_told),
		TEST(a_site_below_zero_counts_as_zero),
		TEST(rows_of_one_tag_are_records_of_their_own),
		TEST(a_row_that_cannot_be_read_is_skipped),
		TEST(rows_glued_together_are_skipped),
		TEST(a_last_row_without_the_kernels_space_was_cut),
		TEST(other_text_is_stray),
		TEST(bytes_of_zero_are_no_part_of_a_row),
		TEST(a_log_has_a_table_and_much_else),
		TEST(a_log_without_times_is_known_by_its_table),
		TEST(sizes_of_0_say_that_nobody_counted),
		TEST(dumps_that_are_joined_are_reported),
		TEST(one_line_tells_the_format),
		TEST(the_line_that_comes_first_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
