/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/creation_times.h"
#include "model/jiffies.h"

#define HZ     250
#define SECOND UINT64_C(1000000000)

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_deinit(&arena);
	return 0;
}

/* Jiffies at a moment since boot. */
static int64_t at(double seconds)
{
	return (int64_t)(seconds * HZ) - 300 * HZ;
}

static void add(struct creation_times *times, double seconds, uint64_t units)
{
	assert_true(creation_times_add(times, &arena, at(seconds), units));
}

static struct tally told(const struct creation_times *times,
			 const struct tally_cuts *cuts)
{
	static const struct tally_cuts none = {TS_NONE, TS_NONE};
	struct tally tally = {0};

	creation_times_tell(times, HZ, cuts ? cuts : &none, &tally);
	return tally;
}

static void nothing_has_no_times(void **state)
{
	const struct creation_times times = {0};

	(void)state;
	assert_u64(told(&times, NULL).units_timed, 0);
}

static void times_are_told_as_if_the_clock_had_been_known(void **state)
{
	const struct tally_cuts cuts = {4 * SECOND, 6 * SECOND};
	struct creation_times times = {0};
	struct tally tally;

	(void)state;
	add(&times, 5, 10);
	add(&times, 2, 100);
	add(&times, 900, 1000);
	tally = told(&times, &cuts);
	assert_u64(tally.units_timed, 1110);
	assert_u64(tally.first_ts_ns, 2 * SECOND);
	assert_u64(tally.last_ts_ns, 900 * SECOND);
	assert_u64(tally.units_before, 100);
	assert_u64(tally.units_fresh, 1000);
	assert_u64(tally.times[tally_time_bin(2 * SECOND)], 100);
	assert_u64(tally.times[tally_time_bin(5 * SECOND)], 10);
	assert_u64(tally.times[tally_time_bin(900 * SECOND)], 1000);
}

static void many_times_cost_little_and_lose_no_unit(void **state)
{
	struct creation_times times = {0};
	struct tally tally;
	unsigned i;

	(void)state;
	for (i = 0; i < 200000; i++)
		add(&times, 10 + (i * 7919u % 200000) / 100.0, 1);
	assert_in_range(times.count, 1, CREATION_MARKS_MAX);
	tally = told(&times, NULL);
	assert_u64(tally.units_timed, 200000);
	assert_u64(tally.first_ts_ns, 10 * SECOND);
	/* 2009.99 s, in whole jiffies */
	assert_u64(tally.last_ts_ns, 2009988000000);
	/* A mark stands for 8 seconds at most. */
	assert_in_range(tally.times[tally_time_bin(900 * SECOND)], 54976 - 800,
			54976 + 800);
}

static void merged_times_are_those_of_both(void **state)
{
	struct creation_times times = {0}, later = {0};
	struct tally tally;
	unsigned i;

	(void)state;
	add(&times, 50, 3);
	for (i = 0; i < 5000; i++)
		add(&later, 20 + i, 1);
	assert_true(creation_times_merge(&times, &arena, &later));
	assert_true(creation_times_merge(&times, &arena,
					 &(struct creation_times){0}));
	tally = told(&times, NULL);
	assert_u64(tally.units_timed, 5003);
	assert_u64(tally.first_ts_ns, 20 * SECOND);
	assert_u64(tally.last_ts_ns, 5019 * SECOND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
		TEST(nothing_has_no_times),
		TEST(times_are_told_as_if_the_clock_had_been_known),
		TEST(many_times_cost_little_and_lose_no_unit),
		TEST(merged_times_are_those_of_both),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
