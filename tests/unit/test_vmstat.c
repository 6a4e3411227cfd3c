/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "vmstat", span_of(text), "proc/vmstat");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void a_row_is_a_counter_without_a_unit(void **state)
{
	(void)state;
	read_text("nr_free_pages 176660\n"
		  "workingset_refault_anon 0\n"
		  "pgalloc_dma32 18446744073709551615\n"
		  "/proc/vmstat:nr_dirty 7\r\n");
	assert_clean(&dump, 4);
	assert_counter(&dump, "", "nr_free_pages", 176660, COUNTER_NUMBER);
	assert_counter(&dump, "", "workingset_refault_anon", 0, COUNTER_NUMBER);
	assert_counter(&dump, "", "pgalloc_dma32", UINT64_MAX, COUNTER_NUMBER);
	assert_counter(&dump, "", "nr_dirty", 7, COUNTER_NUMBER);
	assert_u64(dump.sink.lines, 4);
}

static void of_several_snapshots_the_last_one_holds(void **state)
{
	(void)state;
	read_text("nr_free_pages 5\nnr_dirty 1\nnr_free_pages 4\nnr_dirty 2\n");
	assert_clean(&dump, 2);
	assert_counter(&dump, "", "nr_free_pages", 4, COUNTER_NUMBER);
	assert_counter(&dump, "", "nr_dirty", 2, COUNTER_NUMBER);
	assert_string_equal(dump.remarks.at,
			    "2 snapshots in it: the last one is taken\n");
}

static void what_is_no_row_is_told(void **state)
{
	(void)state;
	read_text("nr_free_pages 5x\n"
		  "nr_dirty 18446744073709551616\n"
		  "nr_mapped 5 6\n"
		  "nr_shmem -5\n"
		  "procs -----memory----\n"
		  "a-b 5\n"
		  "nr_bounce\n"
		  "nr_zspages 3\n");
	assert_int_equal(dump.counters.count, 1);
	assert_counter(&dump, "", "nr_zspages", 3, COUNTER_NUMBER);
	assert_int_equal(dump.skipped, 3);
	assert_int_equal(dump.stray, 4);
	assert_rubbish("vmstat", "rubbish\n", NULL);
}

static void a_last_number_without_a_newline_may_be_cut(void **state)
{
	(void)state;
	read_text("nr_free_pages 5\nnr_dirty 1");
	assert_int_equal(dump.counters.count, 1);
	assert_int_equal(dump.skipped, 1);
	assert_u64(dump.damages[0].line, 2);
}

static void assert_sniffed(const char *text, size_t at)
{
	const struct format *format = format_sniff(span_of(text));

	assert_non_null(format);
	assert_string_equal(format->name, "vmstat");
	assert_ptr_equal(format->sniff(span_of(text)), text + at);
}

static void a_row_at_the_margin_decides(void **state)
{
	(void)state;
	assert_sniffed("nr_free_pages 5\nnr_dirty 6\n", 16);
	assert_sniffed("[  1.0] nr_dirty 6\n", 0);
	assert_null(format_sniff(SPAN("      nr_dirty     6\n")));
	assert_null(format_sniff(SPAN("nr_dying_descendants 5\n")));
	assert_null(format_named("vmstat")->sniff(SPAN("nr_base_pages: 5\n")));
	assert_null(format_sniff(SPAN("nr_dirty x\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_row_is_a_counter_without_a_unit),
		TEST(of_several_snapshots_the_last_one_holds),
		TEST(what_is_no_row_is_told),
		TEST(a_last_number_without_a_newline_may_be_cut),
		TEST(a_row_at_the_margin_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
