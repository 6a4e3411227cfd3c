/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/jiffies.h"

static const unsigned rates[] = {100, 250, 300, 1000};

#define SECOND 1000000000ull

/* What a machine prints at a moment: jiffies begin 300 s before 2^32. */
static uint64_t jiffies_at(unsigned hz, uint64_t seconds)
{
	return ((uint64_t)1 << 32) - 300ull * hz + seconds * hz;
}

static void note_age(struct jiffies_facts *facts, uint64_t age)
{
	const struct object_facts objects = {
		.age_min = age,
		.age_mean = age,
		.age_max = age,
		.jiffies_now = AGE_NONE,
	};

	jiffies_note(facts, &objects);
}

static void note_now(struct jiffies_facts *facts, uint64_t jiffies)
{
	const struct object_facts objects = {
		.age_min = AGE_NONE,
		.age_mean = AGE_NONE,
		.age_max = AGE_NONE,
		.jiffies_now = jiffies,
	};

	jiffies_note(facts, &objects);
}

/* What a dump says that was read so many seconds after boot; wide: 64 bits. */
static struct jiffies_facts read_at(unsigned hz, uint64_t seconds,
				    double oldest_s, bool wide)
{
	struct jiffies_facts facts = {0};
	uint64_t jiffies = jiffies_at(hz, seconds);

	note_age(&facts, (uint64_t)(oldest_s * hz));
	note_now(&facts, wide ? jiffies : (uint32_t)jiffies);
	return facts;
}

static struct jiffies_clock infer(const struct jiffies_facts *facts,
				  uint64_t uptime_ns)
{
	return jiffies_clock(facts, 0, HZ_UNKNOWN, uptime_ns);
}

static void an_object_of_the_boot_and_jiffies_tell_the_rate(void **state)
{
	static const uint64_t moments[] = {20, 299, 301, 4000, 2000000};
	size_t i, k, wide;

	(void)state;
	for (i = 0; i < TEST_COUNT(rates); i++) {
		for (k = 0; k < TEST_COUNT(moments); k++) {
			for (wide = 0; wide < 2; wide++) {
				struct jiffies_facts facts =
					read_at(rates[i], moments[k],
						(double)moments[k] - 0.5, wide);
				struct jiffies_clock clock =
					infer(&facts, TS_NONE);

				assert_int_equal(clock.hz, rates[i]);
				assert_int_equal(clock.origin, HZ_JIFFIES);
				assert_true(clock.known);
				assert_u64(clock.first, moments[k] * rates[i]);
				assert_u64(clock.last, moments[k] * rates[i]);
			}
		}
	}
}

/* What is possible is no answer: 250, 300 and 1000 are. */
static void without_an_early_object_jiffies_tell_no_rate(void **state)
{
	struct jiffies_facts facts = read_at(1000, 240, 10, true);
	struct jiffies_clock clock = infer(&facts, TS_NONE);

	(void)state;
	assert_int_equal(clock.hz, 0);
	assert_int_equal(clock.origin, HZ_UNKNOWN);
	assert_false(clock.known);
	facts = read_at(1000, 4000, 3701, true);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
	facts = read_at(250, 4000, 20, true);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
}

static void the_only_rate_that_is_possible_is_it(void **state)
{
	/* Half a minute: more jiffies to go than 300 of a second give. */
	struct jiffies_facts facts = read_at(1000, 30, 1, true);

	(void)state;
	assert_int_equal(infer(&facts, TS_NONE).hz, 1000);
	assert_int_equal(infer(&facts, TS_NONE).origin, HZ_JIFFIES);
	assert_u64(infer(&facts, TS_NONE).last, 30000);
}

static void a_rate_that_no_kernel_has_is_not_told(void **state)
{
	struct jiffies_facts facts = read_at(1200, 30, 29.9, true);

	(void)state;
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
	assert_int_equal(infer(&facts, TS_NONE).origin, HZ_UNKNOWN);
}

static void the_uptime_and_an_object_of_the_boot_tell_the_rate(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(rates); i++) {
		struct jiffies_facts facts = {0};
		struct jiffies_clock clock;

		/* Made at 0.2 s, and read 2 s after the uptime was. */
		note_age(&facts, (uint64_t)(61.8 * rates[i]));
		clock = infer(&facts, 60 * SECOND);
		assert_int_equal(clock.hz, rates[i]);
		assert_int_equal(clock.origin, HZ_UPTIME);
		assert_true(clock.known);
		assert_u64(clock.first, 60 * rates[i]);
		/* No object is older than the machine. */
		assert_u64(clock.last, (uint64_t)(61.8 * rates[i]));
	}
}

static void without_an_early_object_the_uptime_tells_no_rate(void **state)
{
	struct jiffies_facts facts = {0};

	(void)state;
	assert_int_equal(infer(&facts, 60 * SECOND).hz, 0);
	/* 97 % of an hour, in jiffies of 250 a second. */
	note_age(&facts, 250 * 3500);
	assert_int_equal(infer(&facts, 3600 * SECOND).hz, 0);
	assert_int_equal(infer(&facts, 3600 * SECOND).origin, HZ_UNKNOWN);
	facts = (struct jiffies_facts){0};
	/* Half of it, in jiffies of 1000 a second. */
	note_age(&facts, 1000 * 1800);
	assert_int_equal(infer(&facts, 3600 * SECOND).hz, 0);
	facts = (struct jiffies_facts){0};
	note_age(&facts, 10);
	assert_int_equal(infer(&facts, 3600 * SECOND).hz, 0);
}

static void above_the_highest_rate_there_is_no_other(void **state)
{
	struct jiffies_facts facts = {0};

	(void)state;
	/* On a slow machine the traces took 20 s. */
	note_age(&facts, 1000 * 50);
	assert_int_equal(infer(&facts, 30 * SECOND).hz, 1000);
}

static void an_uptime_of_no_second_is_not_divided_by(void **state)
{
	struct jiffies_facts facts = {0};

	(void)state;
	note_age(&facts, 1000);
	assert_int_equal(infer(&facts, 0).hz, 0);
	assert_int_equal(infer(&facts, SECOND / 2).hz, 0);
}

/* The uptime says 100, of which jiffies know that it is too few. */
static void the_uptime_does_not_contradict_jiffies(void **state)
{
	struct jiffies_facts facts = read_at(250, 60, 25, true);

	(void)state;
	assert_int_equal(infer(&facts, 60 * SECOND).hz, 0);
	facts = read_at(250, 60, 59.9, true);
	assert_int_equal(infer(&facts, 60 * SECOND).hz, 250);
	assert_int_equal(infer(&facts, 60 * SECOND).origin, HZ_JIFFIES);
}

static void a_rate_that_is_given_is_taken(void **state)
{
	struct jiffies_facts facts = read_at(250, 60, 59.9, true);
	struct jiffies_clock clock;

	(void)state;
	clock = jiffies_clock(&facts, 300, HZ_GIVEN, TS_NONE);
	assert_int_equal(clock.hz, 300);
	assert_int_equal(clock.origin, HZ_GIVEN);
	assert_true(clock.known);
	assert_u64(clock.last, 30000);
	facts = (struct jiffies_facts){0};
	clock = jiffies_clock(&facts, 250, HZ_CONFIG, 8 * SECOND);
	assert_int_equal(clock.origin, HZ_CONFIG);
	assert_true(clock.known);
	assert_u64(clock.last, 2000);
	/* Neither jiffies nor an uptime: a rate, but no time. */
	clock = jiffies_clock(&facts, 250, HZ_CONFIG, TS_NONE);
	assert_int_equal(clock.hz, 250);
	assert_false(clock.known);
}

static void a_clock_of_before_the_boot_is_0(void **state)
{
	struct jiffies_facts facts = read_at(1000, 10, 9, true);

	(void)state;
	assert_u64(jiffies_clock(&facts, 100, HZ_GIVEN, TS_NONE).last, 0);
}

static void the_moments_of_many_dumps_are_from_first_to_last(void **state)
{
	struct jiffies_facts all = {0}, one = read_at(100, 70, 69.9, true);
	struct jiffies_facts other = read_at(100, 60, 5, true), none = {0};
	struct jiffies_clock clock;

	(void)state;
	jiffies_add(&all, &one);
	jiffies_add(&all, &other);
	jiffies_add(&all, &none);
	clock = infer(&all, TS_NONE);
	assert_int_equal(clock.hz, 100);
	assert_u64(clock.first, 6000);
	assert_u64(clock.last, 7000);
	assert_u64(all.oldest, 6990);
}

/* The oldest object of one dump is not held against another's moment. */
static void an_age_counts_at_the_moment_of_its_own_dump(void **state)
{
	struct jiffies_facts late = {0}, early = {0};

	(void)state;
	note_now(&early, jiffies_at(100, 20));
	note_age(&late, 100 * 90);
	jiffies_add(&early, &late);
	/* Of jiffies alone it is known that 280 s were to go. */
	assert_u64((uint64_t)early.least, 28000);
	assert_u64(early.oldest, 9000);
}

static void ages_without_sense_do_not_overflow(void **state)
{
	struct jiffies_facts facts = {0};

	(void)state;
	note_age(&facts, UINT64_MAX - 1);
	note_now(&facts, UINT64_MAX - 1);
	assert_false(facts.known);
	note_now(&facts, INT64_MAX / 2 - 1);
	assert_true(facts.known);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
	/* What was known stays. */
	facts = read_at(100, 1, 1, true);
	note_age(&facts, INT64_MAX - 50000);
	assert_int_equal(infer(&facts, TS_NONE).hz, 100);
}

/* An object made so many seconds after boot; age_s < 0: none is printed. */
static void note_creation(struct jiffies_facts *facts, unsigned hz, double at_s,
			  double age_s)
{
	const struct creation creation = {
		.jiffies = jiffies_at(hz, 0) + (uint64_t)(int64_t)(at_s * hz),
		.age_ns = age_s < 0 ? TS_NONE : (uint64_t)(age_s * 1e9),
	};

	jiffies_note_creation(facts, &creation);
}

static void two_creations_with_ages_tell_the_rate(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
		struct jiffies_facts facts = {0};

		note_creation(&facts, rates[i], 4000, 50.004);
		note_creation(&facts, rates[i], 4000.1, 49.904);
		assert_int_equal(infer(&facts, TS_NONE).hz, 0);
		note_creation(&facts, rates[i], 4040, 10.004);
		assert_int_equal(infer(&facts, TS_NONE).hz, rates[i]);
		assert_int_equal(infer(&facts, TS_NONE).origin, HZ_JIFFIES);
	}
}

static void ages_that_were_printed_at_other_times_tell_nothing(void **state)
{
	struct jiffies_facts facts = {0};

	(void)state;
	note_creation(&facts, 250, 4000, 50);
	note_creation(&facts, 250, 4000, 90);
	note_creation(&facts, 250, 4010, 7);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
}

static void a_creation_before_the_wrap_tells_what_the_rate_must_be(void **state)
{
	struct jiffies_facts facts = {0};

	(void)state;
	note_creation(&facts, 1000, 92, -1);
	assert_int_equal(infer(&facts, TS_NONE).hz, 1000);
	/* It may be any, however near the boot it would be with one. */
	facts = (struct jiffies_facts){0};
	note_creation(&facts, 100, 6, -1);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
	facts = (struct jiffies_facts){0};
	note_creation(&facts, 250, 200, -1);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
	/* 32 bits, a day before they wrap */
	facts = (struct jiffies_facts){0};
	note_creation(&facts, 100, -86400, -1);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
}

static void a_rate_puts_all_creations_behind_the_boot(void **state)
{
	struct jiffies_facts facts = {0};

	(void)state;
	note_creation(&facts, 1000, 224.9, -1);
	note_creation(&facts, 1000, 225.1, -1);
	/* With 250 the first would be 0.4 s before it, and with 300, 500 and
	 * 1000 behind it: which, is not known. */
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
	assert_int_equal(infer(&facts, TS_NONE).origin, HZ_UNKNOWN);
	facts = (struct jiffies_facts){0};
	note_creation(&facts, 1000, 225.5, -1);
	note_creation(&facts, 1000, 227, -1);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
	assert_int_equal(infer(&facts, 300 * SECOND).hz, 0);
	/* The traces of slab caches do not fit to it. */
	note_age(&facts, 10 * 250);
	note_now(&facts, jiffies_at(250, 10));
	assert_int_equal(infer(&facts, TS_NONE).hz, 250);
	note_creation(&facts, 1000, 200, -1);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
}

static void no_creation_is_later_than_the_uptime(void **state)
{
	struct jiffies_facts facts = {0};

	(void)state;
	note_creation(&facts, 1000, 1300, -1);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
	/* With 500 it would have been made after 2300 s. */
	assert_int_equal(infer(&facts, 1310 * SECOND).hz, 1000);
	/* Of what was given all is told, whatever comes of it. */
	assert_int_equal(jiffies_clock(&facts, 100, HZ_GIVEN, SECOND).hz, 100);
	/* Near the boot, and soon after it. */
	facts = (struct jiffies_facts){0};
	note_creation(&facts, 250, 2, -1);
	assert_int_equal(infer(&facts, 10 * SECOND).hz, 250);
	assert_int_equal(infer(&facts, 100 * SECOND).hz, 0);
}

static void the_first_task_makes_objects_as_the_kernel_starts(void **state)
{
	struct jiffies_facts facts = {0}, all = {0};
	struct creation creation = {.jiffies = jiffies_at(250, 0),
				    .age_ns = TS_NONE};

	(void)state;
	jiffies_note_creation(&facts, &creation);
	assert_int_equal(infer(&facts, TS_NONE).hz, 0);
	creation.starting = true;
	jiffies_note_creation(&facts, &creation);
	assert_int_equal(infer(&facts, TS_NONE).hz, 250);
	jiffies_add(&all, &facts);
	assert_int_equal(infer(&all, TS_NONE).hz, 250);
}

static void creations_of_all_dumps_limit_the_rate(void **state)
{
	struct jiffies_facts all = {0}, one = {0}, other = {0};

	(void)state;
	note_creation(&one, 1000, 280, -1);
	note_creation(&other, 1000, 12, -1);
	jiffies_add(&all, &one);
	assert_int_equal(infer(&all, TS_NONE).hz, 0);
	jiffies_add(&all, &other);
	assert_int_equal(infer(&all, TS_NONE).hz, 1000);
}

static void jiffies_are_nanoseconds_since_boot(void **state)
{
	(void)state;
	assert_u64(jiffies_to_ns(jiffies_of_wrap(jiffies_at(250, 0)), 250), 0);
	assert_u64(jiffies_to_ns(jiffies_of_wrap(jiffies_at(250, 7)), 250),
		   7 * SECOND);
	assert_u64(jiffies_to_ns(jiffies_of_wrap(jiffies_at(1000, 400)), 1000),
		   400 * SECOND);
	/* 32-bit kernels print what is left after the wrap, … */
	assert_u64(jiffies_to_ns(jiffies_of_wrap(100 * 1000), 1000),
		   400 * SECOND);
	/* … and come near it again after weeks. */
	assert_u64(jiffies_to_ns(jiffies_of_wrap(4000000000), 1000),
		   4000300 * SECOND);
	assert_u64(jiffies_to_ns(jiffies_of_wrap(UINT64_MAX), 100),
		   UINT32_MAX * SECOND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			an_object_of_the_boot_and_jiffies_tell_the_rate),
		cmocka_unit_test(without_an_early_object_jiffies_tell_no_rate),
		cmocka_unit_test(the_only_rate_that_is_possible_is_it),
		cmocka_unit_test(a_rate_that_no_kernel_has_is_not_told),
		cmocka_unit_test(
			the_uptime_and_an_object_of_the_boot_tell_the_rate),
		cmocka_unit_test(
			without_an_early_object_the_uptime_tells_no_rate),
		cmocka_unit_test(above_the_highest_rate_there_is_no_other),
		cmocka_unit_test(an_uptime_of_no_second_is_not_divided_by),
		cmocka_unit_test(the_uptime_does_not_contradict_jiffies),
		cmocka_unit_test(a_rate_that_is_given_is_taken),
		cmocka_unit_test(a_clock_of_before_the_boot_is_0),
		cmocka_unit_test(
			the_moments_of_many_dumps_are_from_first_to_last),
		cmocka_unit_test(an_age_counts_at_the_moment_of_its_own_dump),
		cmocka_unit_test(ages_without_sense_do_not_overflow),
		cmocka_unit_test(two_creations_with_ages_tell_the_rate),
		cmocka_unit_test(
			ages_that_were_printed_at_other_times_tell_nothing),
		cmocka_unit_test(
			a_creation_before_the_wrap_tells_what_the_rate_must_be),
		cmocka_unit_test(a_rate_puts_all_creations_behind_the_boot),
		cmocka_unit_test(no_creation_is_later_than_the_uptime),
		cmocka_unit_test(
			the_first_task_makes_objects_as_the_kernel_starts),
		cmocka_unit_test(creations_of_all_dumps_limit_the_rate),
		cmocka_unit_test(jiffies_are_nanoseconds_since_boot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
