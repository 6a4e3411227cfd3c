/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/dump_text.h"

static struct collector dump;

static void read_text(const char *text)
{
	dump_text_read(&dump, "page_owner_sort", span_of(text), NULL);
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

static void a_group_has_the_counts_that_somebody_made(void **state)
{
	(void)state;
	read_text("3 times, 12 pages:\n"
		  "Page allocated via order 2, mask 0x1(GFP_KERNEL), pid 7, "
		  "tgid 6 (x y), ts  ns, free_ts  ns\n"
		  " f+0x1/0x2\n"
		  " g+0x3/0x4 [mod]\n"
		  "\n"
		  "1 times, 1 pages:\n"
		  "Page allocated via order 0, mask 0x0()\n"
		  " h+0x1/0x2\n"
		  "\n");
	assert_int_equal(dump.count, 2);
	assert_int_equal(dump.damage_count, 0);
	assert_u64(record_at(0)->count, 3);
	assert_u64(record_at(0)->units, 12);
	assert_int_equal(record_at(0)->order, 2);
	assert_u64(record_at(0)->alloc_ts_ns, TS_NONE);
	assert_u64(record_at(0)->pfn, PFN_NONE);
	assert_span(record_at(0)->fields[FIELD_PID], "7");
	assert_span(record_at(0)->fields[FIELD_COMM], "x y");
	assert_span(dump.records[0].stack->text,
		    " f+0x1/0x2\n g+0x3/0x4 [mod]\n");
	assert_u64(record_at(1)->line, 6);
	assert_span(dump.records[1].stack->text, " h+0x1/0x2\n");
	assert_u64(dump.sink.lines, 9);
}

static void a_culled_group_has_its_fields_in_its_line(void **state)
{
	(void)state;
	read_text("5 times, 20 pages, PID 12, TGID 11, task_comm_name: cat:\n"
		  " f+0x1/0x2\n\n"
		  "7 times, 9 pages, task_comm_name: a b, allocated by SLAB :\n"
		  "\n");
	assert_int_equal(dump.count, 2);
	assert_span(record_at(0)->fields[FIELD_PID], "12");
	assert_span(record_at(0)->fields[FIELD_TGID], "11");
	assert_span(record_at(0)->fields[FIELD_COMM], "cat");
	assert_int_equal(record_at(0)->order, 2);
	assert_span(record_at(1)->fields[FIELD_COMM], "a b");
	assert_span(record_at(1)->fields[FIELD_PID], "");
	/* 9 pages in 7 allocations tell no order. */
	assert_int_equal(record_at(1)->order, 0);
	assert_u64(record_at(1)->units, 9);
}

static void without_pages_the_order_tells_them(void **state)
{
	(void)state;
	read_text("16 times:\nPage allocated via order 2, mask 0xd0\n"
		  " [<ffffffff8117e4e3>] f+0x1/0x2\n\n"
		  "3 times:\nPage allocated via order 1, mask 0x1, pid 7, tgid "
		  "6 (x\ny), ts  ns\n f+0x1/0x2\n\n"
		  "5 times:\n f+0x1/0x2\n");
	assert_int_equal(dump.count, 3);
	assert_u64(record_at(0)->count, 16);
	assert_u64(record_at(0)->units, 64);
	assert_u64(record_at(1)->units, 6);
	assert_u64(record_at(2)->units, 0);
	assert_string_equal(dump.remarks.at,
			    "1 group does not tell how many pages it has: it "
			    "counts none\n");
}

static void a_name_ends_before_what_was_freed_since(void **state)
{
	(void)state;
	read_text("4 times, 4 pages, task_comm_name: a, b (UNRELEASED)\n"
		  "4 times, 4 pages, task_comm_name: c (RELEASED)\n");
	assert_span(record_at(0)->fields[FIELD_COMM], "a, b");
	assert_span(record_at(1)->fields[FIELD_COMM], "c");
}

static void lines_of_the_record_are_no_frames(void **state)
{
	(void)state;
	read_text("1 times, 1 pages:\n"
		  "Page allocated via order 0, mask 0x1(GFP_KERNEL)\n"
		  "PFN 1 type Movable Block 0 type Movable Flags 0x0()\n"
		  " f+0x1/0x2\n"
		  "Charged to memcg x\n"
		  "\n");
	assert_int_equal(dump.count, 1);
	assert_span(dump.records[0].stack->text, " f+0x1/0x2\n");
	assert_span(record_at(0)->fields[FIELD_MEMCG], "x");
}

static void text_before_the_first_group_is_stray(void **state)
{
	(void)state;
	read_text("loaded 5\nsorting ....\n\n1 times, 1 pages:\n f+0x1/0x2\n");
	assert_int_equal(dump.count, 1);
	assert_int_equal(dump.stray, 2);
	assert_int_equal(dump.skipped, 0);
	assert_u64(dump.damages[1].line, 2);
	assert_u64(record_at(0)->line, 4);
}

static void text_inside_a_group_is_stray(void **state)
{
	(void)state;
	read_text("1 times, 1 pages:\n f+0x1/0x2\nsomething else\n");
	assert_int_equal(dump.count, 1);
	assert_int_equal(dump.stray, 1);
	assert_u64(dump.damages[0].line, 3);
}

static void the_last_group_may_end_anywhere(void **state)
{
	static const char text[] = "2 times, 2 pages:\n f+0x1/0x2\n";
	char cut[sizeof(text)];
	size_t length;

	(void)state;
	for (length = 18; length < sizeof(text); length++) {
		snprintf(cut, sizeof(cut), "%.*s", (int)length, text);
		read_text(cut);
		assert_int_equal(dump.count, 1);
		assert_u64(record_at(0)->units, 2);
	}
}

static void a_group_longer_than_64_kib_is_cut_not_lost(void **state)
{
	struct text_buffer text = {0};
	int i;

	(void)state;
	text_buffer_add(&text, SPAN("2 times, 2 pages:\n"));
	for (i = 0; i < 10000; i++)
		text_buffer_add(&text, SPAN(" f+0x1/0x2\n"));
	text_buffer_add(&text, SPAN("\n3 times, 3 pages:\n g+0x1/0x2\n"));
	read_text(text.at);
	assert_int_equal(dump.count, 2);
	assert_u64(record_at(0)->units, 2);
	assert_u64(record_at(1)->units, 3);
	assert_u64(record_at(1)->line, 10003);
	text_buffer_deinit(&text);
}

static void counts_that_overflow_are_no_group(void **state)
{
	(void)state;
	read_text("1 times, 1 pages:\n f+0x1/0x2\n\n"
		  "99999999999999999999 times, 1 pages:\n g+0x1/0x2\n");
	assert_int_equal(dump.count, 1);
	assert_int_equal(dump.stray, 1);
	read_text("0 times, 0 pages:\n");
	assert_int_equal(dump.count, 1);
	assert_u64(record_at(0)->count, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_group_has_the_counts_that_somebody_made),
		TEST(a_culled_group_has_its_fields_in_its_line),
		TEST(without_pages_the_order_tells_them),
		TEST(a_name_ends_before_what_was_freed_since),
		TEST(lines_of_the_record_are_no_frames),
		TEST(text_before_the_first_group_is_stray),
		TEST(text_inside_a_group_is_stray),
		TEST(the_last_group_may_end_anywhere),
		TEST(a_group_longer_than_64_kib_is_cut_not_lost),
		TEST(counts_that_overflow_are_no_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
