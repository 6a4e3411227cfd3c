/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trends of made-up points, against all pairs in long double. */
#include "tests/support/check.h"

#include "model/record.h"
#include "model/trend.h"
#include "model/trend_slope.h"
#include "tests/support/dice.h"

#define ROUNDS	   300
#define POINTS_MAX 300

static uint64_t seed;

struct line {
	struct trend_capture captures[POINTS_MAX];
	struct trend_point points[POINTS_MAX];
	size_t count;
};

/* From a few levels, so that many are equal, to all that there is. */
static uint64_t any_value(struct dice *dice, unsigned kind)
{
	static const uint64_t sides[] = {2, 5, 1000, 1000000000000};

	if (kind == 0)
		return dice_roll(dice);
	if (kind == 1)
		return dice_one_in(dice, 2) ? UINT64_MAX : dice_below(dice, 3);
	return dice_below(dice, sides[kind % TEST_COUNT(sides)]);
}

static void make_line(struct line *line, struct dice *dice, unsigned round)
{
	uint64_t at_ns = dice_below(dice, 1000000000), climb = 0;
	unsigned kind = (unsigned)dice_below(dice, 8);
	size_t i;

	/* Long ones are dear. */
	line->count = round % 30 ? 2 + dice_below(dice, 40)
				 : 250 + dice_below(dice, 50);
	for (i = 0; i < line->count; i++) {
		at_ns += 1 + dice_below(dice, 7200000000000);
		line->captures[i] = (struct trend_capture){.began_ns = at_ns};
		line->points[i].units = any_value(dice, kind);
		/* Half of the lines climb. */
		if (kind >= 4) {
			climb += line->points[i].units;
			line->points[i].units = climb;
		}
	}
}

static struct trend trend_of(const struct line *line)
{
	struct trend_axis axis;
	struct trend trend;
	struct error err;

	trend_axis_init(&axis, line->captures, line->count, true);
	assert_true(trend_make(&axis, line->points, false, &trend, &err));
	return trend;
}

/* ---- by brute force ---- */

static int compare_slopes(const void *left, const void *right)
{
	long double a = *(const long double *)left;
	long double b = *(const long double *)right;

	return (a > b) - (a < b);
}

/* Newton's, since libm is not linked. */
static long double root(long double square)
{
	long double guess = square > 1 ? square : 1;
	int i;

	for (i = 0; i < 200; i++)
		guess = (guess + square / guess) / 2;
	return guess;
}

/* Var(S) as the sum over each value's ties, counted one by one. */
static long double variance_of(const uint64_t *values, size_t count)
{
	long double n = (long double)count, ties = 0;
	size_t i, k;

	for (i = 0; i < count; i++) {
		long double t = 0;

		for (k = 0; k < count; k++)
			t += values[k] == values[i];
		/* Each of the t equal ones adds its share. */
		ties += (t - 1) * (2 * t + 5);
	}
	return (n * (n - 1) * (2 * n + 5) - ties) / 18;
}

static void assert_near(double value, long double expected)
{
	long double off = value - expected;
	long double size = expected < 0 ? -expected : expected;

	if (off < 0)
		off = -off;
	if (off > size * 1e-12L + 1e-300L)
		fail_msg("%.17g is not %.17Lg (SEED=%llu)", value, expected,
			 (unsigned long long)seed);
}

static void check_slope(const struct line *line, const struct trend *trend)
{
	static long double slopes[POINTS_MAX * POINTS_MAX / 2];
	uint64_t values[POINTS_MAX], times[POINTS_MAX];
	size_t used = line->count < TREND_SAMPLES_MAX ? line->count
						      : TREND_SAMPLES_MAX;
	size_t pairs = 0, rank = 1, i, k;
	long double bound;

	for (i = 0; i < used; i++) {
		k = i * (line->count - 1) / (used - 1);
		values[i] = line->points[k].units;
		times[i] = line->captures[k].began_ns;
	}
	for (i = 0; i < used; i++)
		for (k = 0; k < i; k++)
			slopes[pairs++] = ((long double)values[i] -
					   (long double)values[k]) *
					  3600e9L /
					  (long double)(times[i] - times[k]);
	qsort(slopes, pairs, sizeof(*slopes), compare_slopes);
	bound = ((long double)pairs - 1.96L * root(variance_of(values, used))) /
		2;
	if (bound > 1)
		rank = (size_t)bound;
	assert_near(trend->slope,
		    (slopes[(pairs - 1) / 2] + slopes[pairs / 2]) / 2);
	assert_near(trend->slope_low, slopes[rank - 1]);
	assert_near(trend->slope_high, slopes[pairs - rank]);
}

static void slopes_are_those_of_all_pairs(void **state)
{
	struct dice dice = {seed};
	unsigned round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct line line = {0};
		struct trend trend;

		make_line(&line, &dice, round);
		trend = trend_of(&line);
		assert_true(trend.slope_known == (line.count > 2));
		if (trend.slope_known)
			check_slope(&line, &trend);
	}
}

/* ---- what holds for all ---- */

static bool is_share(double share)
{
	return share == SHARE_NONE || (share >= 0 && share <= 1);
}

static bool has_no_minus_zero(double value)
{
	return value != 0 || 1 / value > 0;
}

static void a_trend_is_sound(void **state)
{
	struct dice dice = {seed ^ 1};
	unsigned round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		struct line line = {0};
		struct trend trend;

		make_line(&line, &dice, round);
		trend = trend_of(&line);
		assert_int_equal(trend.intervals, line.count - 1);
		assert_true(trend.grew + trend.quiet <= trend.intervals);
		assert_true(is_share(trend.sure));
		assert_true((trend.sure == SHARE_NONE) ==
			    (trend.shape == TREND_FLAT ||
			     trend.shape == TREND_UNCLEAR));
		assert_true(trend.pace == SHARE_NONE || trend.pace > 0);
		assert_true((trend.pace == SHARE_NONE) == (trend.grew < 2));
		assert_true(trend.slope_low <= trend.slope);
		assert_true(trend.slope <= trend.slope_high);
		assert_true(has_no_minus_zero(trend.slope));
		assert_true(has_no_minus_zero(trend.slope_low));
		assert_true(has_no_minus_zero(trend.slope_high));
		assert_true((trend.shape == TREND_FLAT) == !trend.grew);
		if (trend.shape == TREND_GROWS)
			assert_int_equal(trend.quiet, 0);
		if (trend.shape == TREND_FILLED)
			assert_true(trend.quiet > 0);
	}
}

/* The same points, from the last to the first. */
static void backwards_a_slope_is_its_mirror(void **state)
{
	struct dice dice = {seed ^ 2};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 1; round < ROUNDS; round++) {
		struct line line = {0}, back = {0};
		struct trend trend, mirror;
		uint64_t end;

		make_line(&line, &dice, round);
		/* Beyond that not the same points are taken. */
		if (line.count < 3 || line.count > TREND_SAMPLES_MAX)
			continue;
		end = line.captures[line.count - 1].began_ns + 1;
		back.count = line.count;
		for (i = 0; i < line.count; i++) {
			size_t other = line.count - 1 - i;

			back.points[i] = line.points[other];
			back.captures[i].began_ns =
				end - line.captures[other].began_ns;
		}
		trend = trend_of(&line);
		mirror = trend_of(&back);
		assert_true(mirror.slope == -trend.slope);
		assert_true(mirror.slope_low == -trend.slope_high);
		assert_true(mirror.slope_high == -trend.slope_low);
	}
}

/* What lies beside it, however much, hides no growth. */
static void a_base_changes_no_trend(void **state)
{
	struct dice dice = {seed ^ 3};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		uint64_t base = dice_below(&dice, 1000000000000000);
		struct line line = {0};
		struct trend trend, raised;

		make_line(&line, &dice, round);
		for (i = 0; i < line.count; i++)
			line.points[i].units &= 0xffffffffff;
		trend = trend_of(&line);
		for (i = 0; i < line.count; i++)
			line.points[i].units += base;
		raised = trend_of(&line);
		assert_int_equal(raised.shape, trend.shape);
		assert_int_equal(raised.grew, trend.grew);
		assert_int_equal(raised.quiet, trend.quiet);
		assert_true(raised.sure == trend.sure);
		assert_true(raised.pace == trend.pace);
		assert_true(raised.slope == trend.slope);
		assert_true(raised.slope_low == trend.slope_low);
		assert_true(raised.slope_high == trend.slope_high);
	}
}

/* However it came, what then stays for long enough has stopped. */
static void what_stays_where_it_is_fills_up(void **state)
{
	struct dice dice = {seed ^ 4};
	unsigned round;
	size_t i;

	(void)state;
	for (round = 1; round < ROUNDS; round++) {
		struct line line = {0};
		struct trend trend;
		uint64_t span;
		size_t grown;

		do
			make_line(&line, &dice, 1);
		while (trend_of(&line).shape != TREND_GROWS);
		grown = line.count;
		/* As long as all of the growth took. */
		span = line.captures[grown - 1].began_ns -
		       line.captures[0].began_ns;
		for (i = 0; i < grown; i++) {
			line.points[line.count] = line.points[grown - 1];
			line.captures[line.count].began_ns =
				line.captures[line.count - 1].began_ns + span;
			line.count++;
		}
		trend = trend_of(&line);
		assert_int_equal(trend.shape, TREND_FILLED);
		assert_int_equal(trend.quiet, grown);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slopes_are_those_of_all_pairs),
		cmocka_unit_test(a_trend_is_sound),
		cmocka_unit_test(backwards_a_slope_is_its_mirror),
		cmocka_unit_test(a_base_changes_no_trend),
		cmocka_unit_test(what_stays_where_it_is_fills_up),
	};

	seed = dice_seed();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
