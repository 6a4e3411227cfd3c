/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <math.h>

#include "output/quantity.h"
#include "output/series_numbers.h"

static void an_interval_reaches_over_captures_that_are_missing(void **state)
{
	struct trend_capture captures[4] = {{0}, {.missing = true}, {0}, {0}};
	const struct trend_point points[4] = {
		{10, 1}, {99, 99}, {40, 3}, {30, 4}};
	const struct trend_axis axis = {.captures = captures, .count = 4};
	struct delta growth = {0};

	(void)state;
	assert_false(series_growth(&axis, points, 0, &growth));
	assert_false(series_growth(&axis, points, 1, &growth));
	assert_true(series_growth(&axis, points, 2, &growth));
	assert_int_equal(growth.units, 30);
	assert_int_equal(growth.records, 2);
	assert_true(series_growth(&axis, points, 3, &growth));
	assert_int_equal(growth.units, -10);
	assert_int_equal(series_present(&axis), 3);
	captures[0].missing = true;
	assert_false(series_growth(&axis, points, 2, &growth));
}

static void a_slope_never_overflows(void **state)
{
	(void)state;
	assert_int_equal(series_bytes(2.5, 4096), 10240);
	assert_int_equal(series_bytes(-0.6, 1), -1);
	assert_int_equal(series_bytes(1e300, 4096), INT64_MAX);
	assert_int_equal(series_bytes(-1e300, 4096), INT64_MIN);
	assert_int_equal(series_bytes(NAN, 4096), INT64_MIN);
}

static void only_what_grows_on_slows_down(void **state)
{
	struct trend trend = {.shape = TREND_GROWS, .pace = 0.5};

	(void)state;
	assert_true(series_slows_down(&trend));
	trend.pace = 0.75;
	assert_false(series_slows_down(&trend));
	trend.pace = SHARE_NONE;
	assert_false(series_slows_down(&trend));
	trend = (struct trend){.shape = TREND_FILLED, .pace = 0.5};
	assert_false(series_slows_down(&trend));
}

static struct iteration_share share_of(uint64_t iterations, int64_t records,
				       bool stacks_only)
{
	const struct report report = {
		.side_count = 2,
		.sides[1].stacks_only = stacks_only,
		.iterations = iterations,
	};
	const struct delta growth = {
		.units = (int64_t)(2 * (uint64_t)records),
		.records = records,
	};
	struct iteration_share share;

	iteration_share(&report, &growth, &share);
	return share;
}

static void a_multiple_of_the_iterations_is_whole(void **state)
{
	struct iteration_share share = share_of(50, 100, false);

	(void)state;
	assert_true(share.whole);
	assert_true(share.records == 2);
	assert_true(share.units == 4);
	assert_false(share_of(50, 101, false).whole);
	assert_false(share_of(50, 25, false).whole);
	assert_true(share_of(50, -100, false).whole);
	assert_true(share_of(1, INT64_MIN, false).whole);
	/* Nothing grew: that is no mark of a leak. */
	assert_false(share_of(50, 0, false).whole);
}

static void stacks_do_not_tell_how_often_they_allocated(void **state)
{
	(void)state;
	assert_true(share_of(50, 100, false).counted);
	assert_false(share_of(50, 100, true).counted);
	assert_false(share_of(50, 100, true).whole);
}

static void a_share_is_told_in_records_or_in_bytes(void **state)
{
	char text[QUANTITY_CAPACITY];

	(void)state;
	assert_string_equal(iteration_text(true, 10669, 1 << 20, 10, text),
			    "1,066.9");
	assert_string_equal(iteration_text(true, -1, 1 << 20, 10, text), "");
	assert_string_equal(iteration_text(false, 7, 40960, 10, text),
			    "4.0 KiB");
	assert_string_equal(iteration_text(false, 7, -40960, 10, text),
			    "-4.0 KiB");
	assert_string_equal(
		iteration_text(false, 7, INT64_MIN, UINT64_MAX, text), "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			an_interval_reaches_over_captures_that_are_missing),
		cmocka_unit_test(a_slope_never_overflows),
		cmocka_unit_test(only_what_grows_on_slows_down),
		cmocka_unit_test(a_multiple_of_the_iterations_is_whole),
		cmocka_unit_test(a_share_is_told_in_records_or_in_bytes),
		cmocka_unit_test(stacks_do_not_tell_how_often_they_allocated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
