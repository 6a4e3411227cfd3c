/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/tally.h"
#include "tests/support/dice.h"

static void a_record_is_counted_with_pages_time_order_and_pfn(void **state)
{
	struct tally tally = {0};
	struct record record = {.count = 1,
				.units = 8,
				.order = 3,
				.alloc_ts_ns = 5000000,
				.pfn = 77};

	(void)state;
	tally_record(&tally, &record);
	assert_u64(tally.records, 1);
	assert_u64(tally.units, 8);
	assert_u64(tally.units_timed, 8);
	assert_u64(tally.first_ts_ns, 5000000);
	assert_u64(tally.last_ts_ns, 5000000);
	assert_int_equal(tally.order_min, 3);
	assert_int_equal(tally.order_max, 3);
	assert_int_equal(tally.pfn_count, 1);
	assert_u64(tally.pfns[0], 77);
	/* 5 ms lie in [2^22, 2^23) ns. */
	assert_u64(tally.times[3], 8);
}

static void a_record_without_time_or_pfn_leaves_them_out(void **state)
{
	struct tally tally = {0};
	struct record record = {.count = 4,
				.units = 6,
				.alloc_ts_ns = TS_NONE,
				.pfn = PFN_NONE};

	(void)state;
	tally_record(&tally, &record);
	assert_u64(tally.records, 4);
	assert_u64(tally.units, 6);
	assert_u64(tally.units_timed, 0);
	assert_int_equal(tally.pfn_count, 0);
}

static void time_bins_are_powers_of_two_from_1_ms_to_9_years(void **state)
{
	unsigned bin;

	(void)state;
	assert_int_equal(tally_time_bin(0), 0);
	assert_int_equal(tally_time_bin((1 << 20) - 1), 0);
	for (bin = 1; bin < TIME_BINS; bin++) {
		uint64_t least = (uint64_t)1 << (19 + bin);

		assert_int_equal(tally_time_bin(least), bin);
		assert_int_equal(tally_time_bin(least - 1), bin - 1);
	}
	assert_int_equal(tally_time_bin(UINT64_MAX), TIME_BINS - 1);
}

static void the_lowest_pfns_are_kept_in_order_without_doubles(void **state)
{
	static const uint64_t pfns[] = {50, 10, 40, 10, 30, 20, 60, 5, 50};
	struct tally tally = {0};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(pfns); i++) {
		struct record record = {.count = 1,
					.units = 1,
					.alloc_ts_ns = TS_NONE,
					.pfn = pfns[i]};

		tally_record(&tally, &record);
	}
	assert_int_equal(tally.pfn_count, SAMPLE_PFNS);
	assert_u64(tally.pfns[0], 5);
	assert_u64(tally.pfns[1], 10);
	assert_u64(tally.pfns[2], 20);
	assert_u64(tally.pfns[3], 30);
}

static void the_cuts_belong_to_before_and_not_to_fresh(void **state)
{
	const struct tally_cuts cuts = {.before_ns = 100, .fresh_ns = 200};
	struct tally tally = {0};

	(void)state;
	tally_cut(&tally, 100, 1, &cuts);
	assert_u64(tally.units_before, 1);
	tally_cut(&tally, 101, 10, &cuts);
	assert_u64(tally.units_before, 1);
	tally_cut(&tally, 200, 100, &cuts);
	assert_u64(tally.units_fresh, 0);
	tally_cut(&tally, 201, 1000, &cuts);
	assert_u64(tally.units_fresh, 1000);
	assert_u64(tally.units_before, 1);
}

static void without_cuts_all_is_before_and_nothing_fresh(void **state)
{
	const struct tally_cuts none = {TS_NONE, TS_NONE};
	struct tally tally = {0};

	(void)state;
	tally_cut(&tally, TS_NONE - 1, 3, &none);
	assert_u64(tally.units_before, 3);
	assert_u64(tally.units_fresh, 0);
}

/* Wherever records are divided, the sum of both parts is the whole. */
static void add_gives_what_one_tally_would_have(void **state)
{
	const struct tally_cuts cuts = {50000000, 70000000};
	struct dice dice = {3};
	unsigned round, i;

	(void)state;
	for (round = 0; round < 300; round++) {
		struct tally parts[3] = {{0}}, whole = {0}, sum = {0};

		for (i = 0; i < 1 + round % 20; i++) {
			struct tally *part = &parts[dice_below(&dice, 3)];
			struct record record = {
				.count = 1 + dice_below(&dice, 2),
				.units = 1 + dice_below(&dice, 9),
				.order = (unsigned)dice_below(&dice, 11),
				.alloc_ts_ns =
					dice_one_in(&dice, 4)
						? TS_NONE
						: dice_below(&dice, 1000000000),
				.pfn = dice_below(&dice, 12),
			};

			tally_record(part, &record);
			tally_record(&whole, &record);
			if (record.alloc_ts_ns == TS_NONE)
				continue;
			tally_cut(part, record.alloc_ts_ns, record.units,
				  &cuts);
			tally_cut(&whole, record.alloc_ts_ns, record.units,
				  &cuts);
		}
		tally_add(&sum, &parts[2]);
		tally_add(&sum, &parts[0]);
		tally_add(&sum, &parts[1]);
		assert_memory_equal(&sum, &whole, sizeof(sum));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_record_is_counted_with_pages_time_order_and_pfn),
		cmocka_unit_test(a_record_without_time_or_pfn_leaves_them_out),
		cmocka_unit_test(
			time_bins_are_powers_of_two_from_1_ms_to_9_years),
		cmocka_unit_test(
			the_lowest_pfns_are_kept_in_order_without_doubles),
		cmocka_unit_test(the_cuts_belong_to_before_and_not_to_fresh),
		cmocka_unit_test(without_cuts_all_is_before_and_nothing_fresh),
		cmocka_unit_test(add_gives_what_one_tally_would_have),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
