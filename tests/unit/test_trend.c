/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/record.h"
#include "model/trend.h"

#define HOUR	   3600000000000
#define POINTS_MAX 1500

/* A capture an hour, of which a trend is made. */
struct line {
	struct trend_capture captures[POINTS_MAX];
	struct trend_point points[POINTS_MAX];
	size_t count;
	bool other_boot, by_records;
};

static struct line line;

static int setup(void **state)
{
	(void)state;
	line = (struct line){0};
	return 0;
}

static void add(uint64_t units)
{
	line.captures[line.count].began_ns = (line.count + 1) * HOUR;
	line.points[line.count++].units = units;
}

static struct trend made(void)
{
	struct trend_axis axis;
	struct trend trend;
	struct error err;

	trend_axis_init(&axis, line.captures, line.count, !line.other_boot);
	assert_true(
		trend_make(&axis, line.points, line.by_records, &trend, &err));
	return trend;
}

static struct trend trend_of(const uint64_t *values, size_t count)
{
	size_t i;

	setup(NULL);
	for (i = 0; i < count; i++)
		add(values[i]);
	return made();
}

#define TREND_OF(...)                             \
	trend_of((const uint64_t[]){__VA_ARGS__}, \
		 sizeof((const uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t))

static bool is_near(double value, double expected)
{
	return value > expected - 1e-9 && value < expected + 1e-9;
}

static void what_grows_in_every_interval_grows(void **state)
{
	struct trend trend = TREND_OF(10, 20, 30);

	(void)state;
	assert_int_equal(trend.shape, TREND_GROWS);
	assert_int_equal(trend.intervals, 2);
	assert_int_equal(trend.grew, 2);
	assert_int_equal(trend.quiet, 0);
	assert_true(is_near(trend.sure, 3.0 / 4));
	assert_true(trend.slope_known);
	assert_true(is_near(trend.slope, 10));
	assert_true(is_near(trend.pace, 1));
	assert_ptr_equal(trend.points, line.points);
}

static void what_grew_and_stopped_is_filled(void **state)
{
	struct trend trend = TREND_OF(0, 2500, 4000, 4000);

	(void)state;
	assert_int_equal(trend.shape, TREND_FILLED);
	assert_int_equal(trend.grew, 2);
	assert_int_equal(trend.quiet, 1);
	/* p is (2 + 1) / (2 + 2) */
	assert_true(is_near(trend.sure, 0.75));
	trend = TREND_OF(0, 2500, 4000, 4000, 4000);
	assert_int_equal(trend.quiet, 2);
	assert_true(is_near(trend.sure, 1 - 0.25 * 0.25));
}

/* Three captures cannot tell a cache that is not full yet from a leak. */
static void what_slows_down_has_a_pace_below_one(void **state)
{
	struct trend trend = TREND_OF(0, 2500, 4000);

	(void)state;
	assert_int_equal(trend.shape, TREND_GROWS);
	assert_true(is_near(trend.pace, 0.6));
	trend = TREND_OF(0, 10, 40);
	assert_true(is_near(trend.pace, 3));
	trend = TREND_OF(0, 10, 10);
	assert_true(trend.pace == SHARE_NONE);
}

static void pace_is_by_time_or_by_interval_whichever_is_larger(void **state)
{
	(void)state;
	add(0);
	add(10);
	add(15);
	assert_true(is_near(made().pace, 0.5));
	/* In half the time it is as fast. */
	line.captures[2].began_ns -= HOUR / 2;
	assert_true(is_near(made().pace, 1));
	/* In twice the time it is slower yet; as much work makes as much. */
	line.captures[2].began_ns += HOUR / 2 + HOUR;
	assert_true(is_near(made().pace, 0.5));
}

static void what_never_held_more_is_flat(void **state)
{
	struct trend trend = TREND_OF(10, 10, 10);

	(void)state;
	assert_int_equal(trend.shape, TREND_FLAT);
	assert_int_equal(trend.quiet, 2);
	assert_true(trend.sure == SHARE_NONE);
	assert_int_equal(TREND_OF(10, 9, 10).shape, TREND_FLAT);
	assert_int_equal(TREND_OF(10, 5, 0).shape, TREND_FLAT);
	assert_int_equal(TREND_OF(0, 0, 0).shape, TREND_FLAT);
}

static void growth_that_comes_and_goes_is_unclear(void **state)
{
	(void)state;
	assert_int_equal(TREND_OF(0, 100, 0).shape, TREND_UNCLEAR);
	assert_int_equal(TREND_OF(0, 100, 20, 90).shape, TREND_UNCLEAR);
	assert_int_equal(TREND_OF(0, 100, 20, 90, 10, 100).shape,
			 TREND_UNCLEAR);
	/* Half of what it took is given back. */
	assert_int_equal(TREND_OF(0, 100, 200, 100).shape, TREND_UNCLEAR);
	assert_true(TREND_OF(0, 100, 0).sure == SHARE_NONE);
}

/* More than half of the intervals, or it is no steady growth. */
static void growth_in_few_intervals_is_unclear(void **state)
{
	(void)state;
	assert_int_equal(TREND_OF(0, 0, 0, 9).shape, TREND_UNCLEAR);
	assert_int_equal(TREND_OF(0, 0, 9).shape, TREND_UNCLEAR);
	assert_int_equal(TREND_OF(0, 0, 5, 9).shape, TREND_GROWS);
}

static void a_leak_in_every_third_interval_is_not_filled(void **state)
{
	struct trend trend = TREND_OF(0, 1, 1, 1, 2, 2, 2, 3, 3, 3);

	(void)state;
	assert_int_equal(trend.shape, TREND_UNCLEAR);
	assert_int_equal(trend.quiet, 2);
	trend = TREND_OF(0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3);
	assert_int_equal(trend.shape, TREND_FILLED);
	/* p is 4/9: three quiet intervals are no proof. */
	assert_true(trend.sure < 0.95);
}

/* A page an interval, beside what is a million times as much. */
static void a_slow_leak_is_seen_beside_a_large_base(void **state)
{
	struct trend trend;
	uint64_t i;

	(void)state;
	for (i = 0; i < 1440; i++)
		add(100000000 + i);
	trend = made();
	assert_int_equal(trend.shape, TREND_GROWS);
	assert_int_equal(trend.grew, 1439);
	assert_true(is_near(trend.slope, 1));
	assert_true(is_near(trend.slope_low, 1));
}

/* Nor is it hidden by what was taken before. */
static void a_slow_leak_is_seen_behind_a_large_step(void **state)
{
	struct trend trend = TREND_OF(0, 40000, 40001, 40002, 40003);

	(void)state;
	assert_int_equal(trend.shape, TREND_GROWS);
	assert_int_equal(trend.grew, 4);
}

static void one_fall_does_not_hide_a_leak(void **state)
{
	struct trend trend;
	uint64_t i;

	(void)state;
	assert_int_equal(TREND_OF(0, 1, 2, 1, 2, 3, 4, 5).shape, TREND_GROWS);
	setup(NULL);
	for (i = 0; i < 1000; i++)
		add(1000 + i - (i >= 500 ? 30 : 0));
	trend = made();
	assert_int_equal(trend.shape, TREND_GROWS);
	assert_int_equal(trend.grew, 999 - 30);
}

/* It fell to half for one capture; the small rises beside it are growth. */
static void one_deep_fall_is_no_measure_of_noise(void **state)
{
	struct trend trend;
	uint64_t i;

	(void)state;
	for (i = 0; i < 1000; i++)
		add(1000 + i - (i == 500 ? 900 : 0));
	trend = made();
	assert_int_equal(trend.shape, TREND_GROWS);
	assert_int_equal(trend.grew, 998);
}

static void a_cache_that_breathes_at_its_bound_is_filled(void **state)
{
	struct trend trend = TREND_OF(0, 4000, 3990, 4005, 3995, 4002);

	(void)state;
	assert_int_equal(trend.shape, TREND_FILLED);
	assert_int_equal(trend.quiet, 4);
	/* Of few objects one may go. */
	assert_int_equal(TREND_OF(0, 10, 9, 10).shape, TREND_FILLED);
	assert_int_equal(TREND_OF(0, 7, 6, 7).shape, TREND_UNCLEAR);
	assert_int_equal(TREND_OF(0, 10, 8, 10).shape, TREND_UNCLEAR);
}

/* It fell by less than it took, and has been rising ever since. */
static void what_rises_again_is_not_filled(void **state)
{
	(void)state;
	assert_int_equal(TREND_OF(0, 4000, 3600, 3700, 3800, 3900).shape,
			 TREND_UNCLEAR);
}

static void a_capture_without_the_source_is_skipped_over(void **state)
{
	struct trend trend;

	(void)state;
	add(10);
	add(0);
	add(20);
	add(30);
	line.captures[1].missing = true;
	/* Nor does its time count. */
	line.captures[1].began_ns = TS_NONE;
	trend = made();
	assert_int_equal(trend.shape, TREND_GROWS);
	assert_int_equal(trend.intervals, 2);
	assert_int_equal(trend.grew, 2);
	assert_true(trend.slope_known);
	assert_true(is_near(trend.slope_low, 5));
	assert_true(is_near(trend.slope_high, 10));
	assert_true(is_near(trend.pace, 2));
	line.captures[2].missing = line.captures[3].missing = true;
	trend = made();
	assert_int_equal(trend.shape, TREND_UNCLEAR);
	assert_int_equal(trend.intervals, 0);
	assert_false(trend.slope_known);
}

static void without_times_there_is_no_slope(void **state)
{
	struct trend trend;

	(void)state;
	add(0);
	add(10);
	add(20);
	line.other_boot = true;
	trend = made();
	assert_int_equal(trend.shape, TREND_GROWS);
	assert_false(trend.slope_known);
	assert_true(trend.pace == SHARE_NONE);
	line.other_boot = false;
	assert_true(made().slope_known);
	line.captures[2].began_ns = TS_NONE;
	assert_false(made().slope_known);
	line.captures[2].began_ns = 3 * HOUR;
	/* Two captures of one moment, or in the wrong order. */
	line.captures[1].began_ns = line.captures[0].began_ns;
	assert_false(made().slope_known);
	line.captures[1].began_ns--;
	assert_false(made().slope_known);
}

static void two_points_have_no_slope(void **state)
{
	struct trend trend = TREND_OF(0, 10);

	(void)state;
	assert_false(trend.slope_known);
	assert_int_equal(trend.shape, TREND_UNCLEAR);
	assert_int_equal(TREND_OF(10, 10).shape, TREND_FLAT);
}

/* Quiet counts as so many intervals as growth would have taken as long. */
static void captures_in_quick_succession_prove_no_end(void **state)
{
	struct trend trend;
	size_t i;

	(void)state;
	add(0);
	add(10);
	for (i = 2; i < 6; i++) {
		add(10);
		line.captures[i].began_ns =
			line.captures[i - 1].began_ns + HOUR / 60;
	}
	assert_int_equal(made().shape, TREND_UNCLEAR);
	line.captures[5].began_ns += HOUR;
	trend = made();
	assert_int_equal(trend.shape, TREND_FILLED);
	assert_int_equal(trend.quiet, 4);
	assert_true(is_near(trend.sure, 2.0 / 3));
	/* Without times they are counted. */
	line.other_boot = true;
	assert_true(is_near(made().sure, 1 - 1.0 / 81));
}

static void records_tell_where_there_are_no_units(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		add(0);
		line.points[i].records = 5 * i;
	}
	assert_int_equal(made().shape, TREND_FLAT);
	line.by_records = true;
	assert_int_equal(made().shape, TREND_GROWS);
	assert_true(is_near(made().slope, 5));
}

static void the_largest_numbers_are_only_numbers(void **state)
{
	struct trend trend = TREND_OF(0, UINT64_MAX, 0, UINT64_MAX, 0);

	(void)state;
	assert_int_equal(trend.shape, TREND_UNCLEAR);
	assert_int_equal(trend.grew, 1);
	trend = TREND_OF(0, UINT64_MAX - 1, UINT64_MAX - 1);
	assert_int_equal(trend.shape, TREND_FILLED);
	trend = TREND_OF(UINT64_MAX, UINT64_MAX, 0);
	assert_int_equal(trend.shape, TREND_FLAT);
}

static void points_add_up_to_no_more_than_fits(void **state)
{
	struct trend_point sum = {1, 2};

	(void)state;
	trend_point_add(&sum, &(struct trend_point){10, 20});
	assert_u64(sum.units, 11);
	assert_u64(sum.records, 22);
	trend_point_add(&sum, &(struct trend_point){UINT64_MAX, UINT64_MAX});
	assert_u64(sum.units, UINT64_MAX);
	assert_u64(sum.records, UINT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_grows_in_every_interval_grows,
				       setup),
		cmocka_unit_test_setup(what_grew_and_stopped_is_filled, setup),
		cmocka_unit_test_setup(what_slows_down_has_a_pace_below_one,
				       setup),
		cmocka_unit_test_setup(
			pace_is_by_time_or_by_interval_whichever_is_larger,
			setup),
		cmocka_unit_test_setup(what_never_held_more_is_flat, setup),
		cmocka_unit_test_setup(growth_that_comes_and_goes_is_unclear,
				       setup),
		cmocka_unit_test_setup(growth_in_few_intervals_is_unclear,
				       setup),
		cmocka_unit_test_setup(
			a_leak_in_every_third_interval_is_not_filled, setup),
		cmocka_unit_test_setup(a_slow_leak_is_seen_beside_a_large_base,
				       setup),
		cmocka_unit_test_setup(a_slow_leak_is_seen_behind_a_large_step,
				       setup),
		cmocka_unit_test_setup(one_fall_does_not_hide_a_leak, setup),
		cmocka_unit_test_setup(one_deep_fall_is_no_measure_of_noise,
				       setup),
		cmocka_unit_test_setup(
			a_cache_that_breathes_at_its_bound_is_filled, setup),
		cmocka_unit_test_setup(what_rises_again_is_not_filled, setup),
		cmocka_unit_test_setup(
			a_capture_without_the_source_is_skipped_over, setup),
		cmocka_unit_test_setup(without_times_there_is_no_slope, setup),
		cmocka_unit_test_setup(two_points_have_no_slope, setup),
		cmocka_unit_test_setup(
			captures_in_quick_succession_prove_no_end, setup),
		cmocka_unit_test_setup(records_tell_where_there_are_no_units,
				       setup),
		cmocka_unit_test_setup(the_largest_numbers_are_only_numbers,
				       setup),
		cmocka_unit_test(points_add_up_to_no_more_than_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
