/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/dump_text.h"

#include "model/stack_class.h"

static struct collector dump;

static void read_text(const char *text)
{
	dump_text_read(&dump, "slab_allocators", span_of(text), NULL);
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void assert_row(size_t i, const char *cache, uint64_t objects,
		       const char *stack)
{
	const struct record *record;

	assert_in_range(i, 0, dump.count - 1);
	record = &dump.records[i].record;
	assert_span(record->fields[FIELD_CACHE], cache);
	assert_u64(record->count, objects);
	assert_u64(record->units, 0);
	assert_u64(record->alloc_ts_ns, TS_NONE);
	assert_int_equal(record->evidence, EVIDENCE_OBJECT);
	assert_span(dump.records[i].stack->text, stack);
}

static void assert_losses(size_t skipped, size_t stray)
{
	assert_int_equal(dump.skipped, skipped);
	assert_int_equal(dump.stray, stray);
}

static void a_row_has_a_cache_objects_and_a_function(void **state)
{
	(void)state;
	read_text("kmalloc-64: 812 f+0x2c/0xa0\n"
		  "heron_ring: 1 g+0x1/0x2 [heron]\n");
	assert_int_equal(dump.count, 2);
	assert_losses(0, 0);
	assert_row(0, "kmalloc-64", 812, " f+0x2c/0xa0\n");
	assert_row(1, "heron_ring", 1, " g+0x1/0x2 [heron]\n");
	assert_u64(dump.records[1].record.line, 2);
	assert_non_null(dump.records[0].record.objects);
	assert_u64(dump.sink.lines, 2);
}

static void a_cache_may_have_any_name(void **state)
{
	(void)state;
	read_text("a b: 1 f+0x1/0x2\n"
		  "a: 2 x: 3 f+0x1/0x2\n"
		  "size-64(DMA): 4 f+0x1/0x2\n");
	assert_int_equal(dump.count, 3);
	assert_losses(0, 0);
	assert_row(0, "a b", 1, " f+0x1/0x2\n");
	assert_row(1, "a: 2 x", 3, " f+0x1/0x2\n");
	assert_row(2, "size-64(DMA)", 4, " f+0x1/0x2\n");
}

static void an_offset_of_zero_is_printed_without_0x(void **state)
{
	(void)state;
	read_text("a: 1 f+0/0x2\na: 2 f+0/0x2 [m]\n");
	assert_int_equal(dump.count, 2);
	assert_row(0, "a", 1, " f+0x0/0x2\n");
	assert_row(1, "a", 2, " f+0x0/0x2 [m]\n");
}

static void an_address_gets_its_0x_back_but_not_a_hashed_one(void **state)
{
	(void)state;
	read_text("a: 1 ffffffff81234567\n"
		  "a: 2 00000000f00dbabe\n"
		  "a: 3 c0123456\n"
		  "a: 4 (____ptrval____)\n");
	assert_int_equal(dump.count, 4);
	assert_losses(0, 0);
	assert_row(0, "a", 1, " 0xffffffff81234567\n");
	assert_row(1, "a", 2, " 00000000f00dbabe\n");
	assert_row(2, "a", 3, " c0123456\n");
	assert_row(3, "a", 4, " (____ptrval____)\n");
}

static void what_mail_has_broken_is_joined(void **state)
{
	(void)state;
	read_text("> a: 1 f+0x1/0x2\n> [m]\n"
		  "> b: 2\n> g+0x1/0x2\n"
		  "> c: 3 h+0x1/0x2\n");
	assert_int_equal(dump.count, 3);
	assert_losses(0, 0);
	assert_row(0, "a", 1, " f+0x1/0x2 [m]\n");
	assert_row(1, "b", 2, " g+0x1/0x2\n");
	assert_u64(dump.records[1].record.line, 3);
	assert_row(2, "c", 3, " h+0x1/0x2\n");
}

static void prefixes_of_grep_and_of_logs_are_taken_off(void **state)
{
	(void)state;
	read_text("/proc/slab_allocators:a: 1 f+0x1/0x2\r\n"
		  "[   12.345678] b: 2 f+0x1/0x2\n");
	assert_int_equal(dump.count, 2);
	assert_row(0, "a", 1, " f+0x1/0x2\n");
	assert_row(1, "b", 2, " f+0x1/0x2\n");
}

static void a_damaged_row_is_skipped_and_other_text_is_stray(void **state)
{
	(void)state;
	read_text("$ cat slab_allocators\n"
		  "a: x f+0x1/0x2\n"
		  "a: 99999999999999999999 f+0x1/0x2\n"
		  "a: 1 f+0x1/0\n"
		  "a: 1 f+0x1/0x2\n");
	assert_int_equal(dump.count, 1);
	assert_losses(3, 1);
	assert_false(dump.records[0].record.unfinished);
	read_text("a: 1 f+0x1/0x2");
	assert_true(dump.records[0].record.unfinished);
}

static bool is_sniffed(const char *text)
{
	const struct format *format = format_sniff(span_of(text));

	return format && strcmp(format->name, "slab_allocators") == 0;
}

static void two_rows_decide_or_one_of_a_cache_that_all_have(void **state)
{
	(void)state;
	assert_true(is_sniffed("a: 1 f+0x1/0x2\nb: 2 f+0x1/0x2 [m]\n"));
	assert_true(is_sniffed("x\n> kmalloc-64: 1 f+0x1/0x2\n"));
	assert_true(
		is_sniffed("/proc/slab_allocators:a: 1 00000000f00dbabe\n"));
	assert_false(is_sniffed("a: 1 f+0x1/0x2\n"));
	assert_false(is_sniffed("a: 1 f+0x1/0x2\nand\na: 1 f+0x1/0x2\n"));
	assert_false(is_sniffed("a b: 1 f+0x1/0x2\na b: 2 f+0x1/0x2\n"));
	assert_false(is_sniffed("a: 1 00000000f00dbabe\nb: 1 f00dbabe\n"));
	assert_false(is_sniffed("[    1.000000] RIP: 0010:f+0x1/0x2\n"
				"[    1.000000] CPU: 3 PID: 12 f+0x1/0x2\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_has_a_cache_objects_and_a_function),
		cmocka_unit_test(a_cache_may_have_any_name),
		cmocka_unit_test(an_offset_of_zero_is_printed_without_0x),
		cmocka_unit_test(
			an_address_gets_its_0x_back_but_not_a_hashed_one),
		cmocka_unit_test(what_mail_has_broken_is_joined),
		cmocka_unit_test(prefixes_of_grep_and_of_logs_are_taken_off),
		cmocka_unit_test(
			a_damaged_row_is_skipped_and_other_text_is_stray),
		cmocka_unit_test(
			two_rows_decide_or_one_of_a_cache_that_all_have),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
