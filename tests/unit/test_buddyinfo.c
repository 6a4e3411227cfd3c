/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "buddyinfo", span_of(text), "proc/buddyinfo");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void each_order_of_a_zone_is_a_counter(void **state)
{
	(void)state;
	read_text("Node 0, zone      DMA      0      1      3 \n"
		  "Node 1, zone   Normal   4381   1093    185 \n");
	assert_clean(&dump, 6);
	assert_counter(&dump, "node 0 zone DMA", "order 0", 0, COUNTER_NUMBER);
	assert_counter(&dump, "node 0 zone DMA", "order 2", 3, COUNTER_NUMBER);
	assert_counter(&dump, "node 1 zone Normal", "order 0", 4381,
		       COUNTER_NUMBER);
}

static void there_may_be_any_number_of_orders(void **state)
{
	(void)state;
	read_text("Node 0, zone Movable 1 2 3 4 5 6 7 8 9 10 11 12 13 14 \n");
	assert_clean(&dump, 14);
	assert_counter(&dump, "node 0 zone Movable", "order 13", 14,
		       COUNTER_NUMBER);
}

static void a_row_that_is_damaged_gives_none_of_its_numbers(void **state)
{
	(void)state;
	read_text("Node 0, zone      DMA      0     x1      3 \n"
		  "Node 0, zone   Normal\n"
		  "Node x, zone   Normal 1 2 3 4 \n"
		  "Free pages\n"
		  "Node 1, zone   Normal 1 18446744073709551616 3 \n");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 4);
	assert_int_equal(dump.stray, 1);
	assert_rubbish("buddyinfo", "rubbish\n", NULL);
}

static void a_row_that_mail_has_broken_goes_on(void **state)
{
	(void)state;
	read_text("> Node 0, zone      DMA 0 1 2\n>   3   4\n"
		  "> Node 0, zone   Normal 5 6\n");
	assert_clean(&dump, 7);
	assert_counter(&dump, "node 0 zone DMA", "order 4", 4, COUNTER_NUMBER);
	read_text("Node 0, zone DMA 0 1 x\n3 4\nNode 0, zone Normal 1 2\n");
	assert_int_equal(dump.counters.count, 2);
	assert_int_equal(dump.skipped, 1);
	assert_int_equal(dump.stray, 1);
}

static void a_row_of_numbers_decides_and_a_zone_alone_does_not(void **state)
{
	static const char text[] = "x\nNode 0, zone DMA 0 1 2 3 4 5 6 \n";
	const struct format *format;

	(void)state;
	format = format_sniff(span_of(text));
	assert_non_null(format);
	assert_string_equal(format->name, "buddyinfo");
	assert_ptr_equal(format->sniff(span_of(text)), text + 2);
	format = format_named("buddyinfo");
	assert_null(format->sniff(SPAN("Node 0, zone      DMA\n")));
	assert_null(format->sniff(SPAN("Node 0, zone DMA, type Movable 1\n")));
	/* pagetypeinfo has rows of six numbers. */
	assert_null(format->sniff(SPAN("Node 0, zone DMA 1 2 3 4 5 6\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_order_of_a_zone_is_a_counter),
		cmocka_unit_test(there_may_be_any_number_of_orders),
		cmocka_unit_test(
			a_row_that_is_damaged_gives_none_of_its_numbers),
		cmocka_unit_test(a_row_that_mail_has_broken_goes_on),
		cmocka_unit_test(
			a_row_of_numbers_decides_and_a_zone_alone_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
