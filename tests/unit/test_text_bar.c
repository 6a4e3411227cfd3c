/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/text_bar.h"
#include "output/text_width.h"

static struct text_table table;

static int teardown(void **state)
{
	(void)state;
	text_table_deinit(&table);
	table = (struct text_table){0};
	return 0;
}

static void the_whole_fills_the_width(void **state)
{
	(void)state;
	assert_string_equal(text_bar(&table, 8, 8, 4), "████");
	assert_string_equal(text_bar_light(&table, 8, 8, 4), "░░░░");
}

static void a_part_is_as_fine_as_eighths(void **state)
{
	(void)state;
	assert_string_equal(text_bar(&table, 1, 2, 4), "██");
	assert_string_equal(text_bar(&table, 9, 32, 4), "█▏");
	assert_string_equal(text_bar(&table, 31, 32, 4), "███▉");
	assert_string_equal(text_bar_light(&table, 9, 32, 4), "░");
}

static void something_is_never_nothing(void **state)
{
	(void)state;
	assert_string_equal(text_bar(&table, 1, INT64_MAX, 4), "▏");
	assert_string_equal(text_bar_light(&table, 1, INT64_MAX, 4), "░");
}

static void nothing_and_less_have_no_bar(void **state)
{
	(void)state;
	assert_string_equal(text_bar(&table, 0, 8, 4), "");
	assert_string_equal(text_bar(&table, INT64_MIN, 8, 4), "");
	assert_string_equal(text_bar(&table, 5, 0, 4), "");
	assert_string_equal(text_bar(&table, 5, -1, 4), "");
}

static void more_than_the_whole_is_no_longer_than_it(void **state)
{
	(void)state;
	assert_string_equal(text_bar(&table, INT64_MAX, 1, 4), "████");
	assert_int_equal(text_width(text_bar(&table, 1, 1, 1000)), 64);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_whole_fills_the_width),
		TEST(a_part_is_as_fine_as_eighths),
		TEST(something_is_never_nothing),
		TEST(nothing_and_less_have_no_bar),
		TEST(more_than_the_whole_is_no_longer_than_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
