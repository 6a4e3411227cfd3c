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

static struct object_facts facts_of(uint64_t min, uint64_t mean, uint64_t max)
{
	return (struct object_facts){
		.age_min = min,
		.age_mean = mean,
		.age_max = max,
		.jiffies_now = AGE_NONE,
	};
}

static void objects_are_counted_with_ages_waste_pids_and_cpus(void **state)
{
	struct object_facts facts = facts_of(5, 20, 90);
	struct record record = {.count = 3,
				.alloc_ts_ns = TS_NONE,
				.pfn = PFN_NONE,
				.objects = &facts};
	struct tally tally = {0};
	const struct object_tally *objects = &tally.objects;
	char cpus[64];

	(void)state;
	facts.waste_bytes = 40;
	facts.pid_min = 7;
	facts.pid_max = 9;
	record.fields[FIELD_CPU] = SPAN("0-2,7");
	record.fields[FIELD_NODE] = SPAN("1");
	tally_record(&tally, &record);
	facts = facts_of(1, 2, 3);
	facts.pid_min = facts.pid_max = 8;
	record.count = 1;
	record.fields[FIELD_CPU] = SPAN("3");
	tally_record(&tally, &record);
	assert_u64(tally.records, 4);
	assert_u64(objects->objects, 4);
	assert_u64(objects->waste_bytes, 40);
	assert_u64(objects->aged, 4);
	assert_u64(objects->age_sum, 62);
	assert_u64(objects->age_min, 1);
	assert_u64(objects->age_max, 90);
	assert_int_equal(objects->pid_min, 7);
	assert_int_equal(objects->pid_max, 9);
	number_set_text(&objects->cpus, cpus, sizeof(cpus));
	assert_string_equal(cpus, "0-3,7");
	number_set_text(&objects->nodes, cpus, sizeof(cpus));
	assert_string_equal(cpus, "1");
}

static void objects_without_an_age_leave_ages_alone(void **state)
{
	struct object_facts facts = facts_of(AGE_NONE, AGE_NONE, AGE_NONE);
	struct record record = {.count = 3,
				.alloc_ts_ns = TS_NONE,
				.pfn = PFN_NONE,
				.objects = &facts};
	struct tally tally = {0};

	(void)state;
	tally_record(&tally, &record);
	assert_u64(tally.objects.objects, 3);
	assert_u64(tally.objects.aged, 0);
	assert_u64(tally.objects.age_sum, 0);
	assert_u64(tally.objects.age_max, 0);
}

static void the_sum_of_ages_stops_at_its_end(void **state)
{
	struct object_facts facts = facts_of(1, UINT64_MAX / 2, UINT64_MAX / 2);
	struct record record = {.count = 3,
				.alloc_ts_ns = TS_NONE,
				.pfn = PFN_NONE,
				.objects = &facts};
	struct tally tally = {0}, sum = {0};

	(void)state;
	tally_record(&tally, &record);
	assert_u64(tally.objects.age_sum, UINT64_MAX);
	record.count = 1;
	tally_record(&sum, &record);
	tally_add(&sum, &tally);
	assert_u64(sum.objects.age_sum, UINT64_MAX);
	assert_u64(sum.objects.aged, 4);
}

static struct object_facts any_facts(struct dice *dice)
{
	uint64_t age = dice_below(dice, 1000);
	struct object_facts facts = facts_of(age, age + 5, age + 9);

	if (dice_one_in(dice, 4))
		facts = facts_of(AGE_NONE, AGE_NONE, AGE_NONE);
	facts.waste_bytes = dice_below(dice, 100);
	facts.pid_min = (uint32_t)dice_below(dice, 100);
	facts.pid_max = facts.pid_min + (uint32_t)dice_below(dice, 100);
	return facts;
}

/* As object_sizes_apply() fills it in. */
static void size(struct tally *tally)
{
	struct object_tally *objects = &tally->objects;

	objects->requested_bytes = objects->objects * 7;
	objects->slot_bytes = objects->objects * 9;
	objects->requested_known = objects->objects;
	objects->slot_known = 2 * objects->objects;
	objects->by_request = 3 * objects->objects;
	objects->unsized = 4 * objects->objects;
	tally->units = objects->objects * 5;
}

static void objects_may_be_added_in_any_order(void **state)
{
	static const char *const cpus[] = {"0", "1-3", "2,9", "", "70-80"};
	static const unsigned orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
	struct dice dice = {5};
	unsigned round, i, k;

	(void)state;
	for (round = 0; round < 200; round++) {
		struct tally parts[3] = {{0}}, whole = {0};

		for (i = 0; i < 1 + round % 9; i++) {
			struct object_facts facts = any_facts(&dice);
			struct record record = {
				.count = 1 + dice_below(&dice, 50),
				.alloc_ts_ns = TS_NONE,
				.pfn = PFN_NONE,
				.objects = &facts,
			};

			record.fields[FIELD_CPU] = span_of(
				cpus[dice_below(&dice, TEST_COUNT(cpus))]);
			record.fields[FIELD_NODE] = span_of(
				cpus[dice_below(&dice, TEST_COUNT(cpus))]);
			tally_record(&parts[dice_below(&dice, 3)], &record);
			tally_record(&whole, &record);
		}
		size(&whole);
		for (i = 0; i < 3; i++)
			size(&parts[i]);
		for (k = 0; k < TEST_COUNT(orders); k++) {
			struct tally sum = {0};

			for (i = 0; i < 3; i++)
				tally_add(&sum, &parts[orders[k][i]]);
			assert_memory_equal(&sum, &whole, sizeof(sum));
		}
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
		cmocka_unit_test(
			objects_are_counted_with_ages_waste_pids_and_cpus),
		cmocka_unit_test(objects_without_an_age_leave_ages_alone),
		cmocka_unit_test(the_sum_of_ages_stops_at_its_end),
		cmocka_unit_test(objects_may_be_added_in_any_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
