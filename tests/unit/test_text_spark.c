/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/text_spark.h"
#include "output/text_width.h"

#define POINTS_MAX 64

static struct text_table table;
static struct trend_capture captures[POINTS_MAX];
static struct trend_point points[POINTS_MAX];
static struct trend_axis axis;

static int setup(void **state)
{
	(void)state;
	memset(captures, 0, sizeof(captures));
	memset(points, 0, sizeof(points));
	axis = (struct trend_axis){.captures = captures};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	text_table_deinit(&table);
	table = (struct text_table){0};
	return 0;
}

static const char *spark_of(const uint64_t *units, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		points[i].units = units[i];
	axis.count = count;
	return text_spark(&table, &axis, points);
}

static void the_least_is_low_and_the_most_is_high(void **state)
{
	(void)state;
	assert_string_equal(spark_of((uint64_t[]){0, 1, 2, 3, 4, 5, 6, 7}, 8),
			    "▁▂▃▄▅▆▇█");
	assert_string_equal(spark_of((uint64_t[]){1000, 1007, 1001}, 3), "▁█▂");
	assert_string_equal(spark_of((uint64_t[]){UINT64_MAX, 0}, 2), "█▁");
}

static void what_never_changes_is_a_low_line(void **state)
{
	(void)state;
	assert_string_equal(spark_of((uint64_t[]){5, 5, 5}, 3), "▁▁▁");
}

static void objects_of_no_known_size_are_told_by_their_number(void **state)
{
	(void)state;
	points[2].records = 7;
	assert_string_equal(spark_of((uint64_t[]){0, 0, 0}, 3), "▁▁█");
}

static void a_missing_point_is_a_dot_and_has_no_value(void **state)
{
	(void)state;
	captures[1].missing = true;
	assert_string_equal(spark_of((uint64_t[]){3, 0, 4}, 3), "▁·█");
}

static void of_many_points_the_last_of_each_bin_is_shown(void **state)
{
	uint64_t units[48];
	const char *line;
	size_t i;

	(void)state;
	for (i = 0; i < 48; i++)
		units[i] = i % 2 ? 7 : 0;
	line = spark_of(units, 48);
	assert_int_equal(text_width(line), TEXT_SPARK_MOST);
	assert_null(strstr(line, "▁"));
	/* Where that one is missing, the one before it; or none. */
	captures[47].missing = true;
	assert_memory_equal(spark_of(units, 48) + 3 * 23, "▁", 3);
	captures[46].missing = true;
	assert_string_equal(spark_of(units, 48) + 3 * 23, "·");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_least_is_low_and_the_most_is_high),
		TEST(what_never_changes_is_a_low_line),
		TEST(objects_of_no_known_size_are_told_by_their_number),
		TEST(a_missing_point_is_a_dot_and_has_no_value),
		TEST(of_many_points_the_last_of_each_bin_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
