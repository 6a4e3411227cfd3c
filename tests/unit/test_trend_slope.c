/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/trend_slope.h"

#define HOUR 3600000000000

/* A value an hour. */
static struct trend_slope slope_of(const uint64_t *values, size_t count)
{
	struct trend_sample samples[300];
	struct trend_slope slope;
	size_t i;

	for (i = 0; i < count; i++)
		samples[i] = (struct trend_sample){i * HOUR, values[i]};
	assert_true(trend_slope_make(samples, count, &slope));
	return slope;
}

#define SLOPE_OF(...)                             \
	slope_of((const uint64_t[]){__VA_ARGS__}, \
		 sizeof((const uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t))

static void the_slope_is_the_median_of_all_pairs(void **state)
{
	struct trend_slope slope = SLOPE_OF(0, 10, 40);

	(void)state;
	/* 10, 20, 30 */
	assert_true(slope.middle == 20);
	assert_true(slope.low == 10);
	assert_true(slope.high == 30);
	/* 4, 5, 6, 6, 7, 8 */
	slope = SLOPE_OF(0, 4, 12, 18);
	assert_true(slope.middle == 6);
	assert_true(slope.low == 4);
	assert_true(slope.high == 8);
	/* Of an even number of pairs, between the two: -3, -1, -1, 1, 1.67, 5
	 */
	slope = SLOPE_OF(10, 7, 8, 13);
	assert_true(slope.middle == 1);
}

static void one_wild_point_does_not_bend_it(void **state)
{
	struct trend_slope slope =
		SLOPE_OF(0, 2, 4, 6, 900, 10, 12, 14, 16, 18, 20);

	(void)state;
	assert_true(slope.middle == 2);
	assert_true(slope.low == 2);
	assert_true(slope.high == 2);
}

/*
 * By hand: n 10, 45 pairs; the variance is 125, C is 21.9, so that the 11th
 * slope from either end bounds the interval. Between the squares of i and k
 * the slope is i + k.
 */
static void the_interval_is_that_of_sen(void **state)
{
	struct trend_slope slope = SLOPE_OF(0, 1, 4, 9, 16, 25, 36, 49, 64, 81);

	(void)state;
	assert_true(slope.middle == 9);
	assert_true(slope.low == 6);
	assert_true(slope.high == 12);
}

/* n 5 with a tie of four: variance 8, C 5.5, the second of ten. */
static void ties_make_the_interval_narrower(void **state)
{
	struct trend_slope slope = SLOPE_OF(0, 0, 0, 0, 12);

	(void)state;
	assert_true(slope.middle == 0);
	assert_true(slope.low == 0);
	assert_true(slope.high == 6);
	/* Without ties five points have all slopes. */
	slope = SLOPE_OF(0, 1, 3, 6, 18);
	assert_true(slope.high == 12);
}

static void falling_is_the_mirror_of_rising(void **state)
{
	struct trend_slope up = SLOPE_OF(0, 1, 5, 7, 7, 19, 30);
	struct trend_slope down = SLOPE_OF(30, 29, 25, 23, 23, 11, 0);

	(void)state;
	assert_true(up.middle > 0);
	assert_true(down.middle == -up.middle);
	assert_true(down.low == -up.high);
	assert_true(down.high == -up.low);
}

static void what_is_level_has_no_slope_and_no_sign(void **state)
{
	struct trend_slope slope = SLOPE_OF(7, 7, 7, 7);

	(void)state;
	assert_true(slope.middle == 0 && 1 / slope.middle > 0);
	assert_true(slope.low == 0 && 1 / slope.low > 0);
	assert_true(slope.high == 0 && 1 / slope.high > 0);
	slope = SLOPE_OF(9, 7, 9, 7, 9);
	assert_true(slope.middle == 0 && 1 / slope.middle > 0);
}

static void the_largest_numbers_do_not_overflow(void **state)
{
	struct trend_sample samples[] = {
		{0, 0}, {1, UINT64_MAX}, {UINT64_MAX, 0}};
	struct trend_slope slope;

	(void)state;
	assert_true(trend_slope_make(samples, 3, &slope));
	assert_true(slope.high == (double)UINT64_MAX * 3.6e12);
	assert_true(slope.low < 0 && slope.low > -3.7e12);
	assert_true(slope.middle == 0);
}

/* Of 300 points 256 are taken; a straight line is the same in any of them. */
static void a_straight_line_has_one_slope_however_long_it_is(void **state)
{
	uint64_t values[300];
	struct trend_slope slope;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(values); i++)
		values[i] = 3 * i;
	slope = slope_of(values, TEST_COUNT(values));
	assert_true(slope.middle == 3 && slope.low == 3 && slope.high == 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_slope_is_the_median_of_all_pairs),
		cmocka_unit_test(one_wild_point_does_not_bend_it),
		cmocka_unit_test(the_interval_is_that_of_sen),
		cmocka_unit_test(ties_make_the_interval_narrower),
		cmocka_unit_test(falling_is_the_mirror_of_rising),
		cmocka_unit_test(what_is_level_has_no_slope_and_no_sign),
		cmocka_unit_test(the_largest_numbers_do_not_overflow),
		cmocka_unit_test(
			a_straight_line_has_one_slope_however_long_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
