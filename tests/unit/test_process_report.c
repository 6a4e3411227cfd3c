/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/process_report.h"

static struct process process_with(uint64_t rss, uint64_t pss)
{
	struct process process = {.source = PROCESS_ROLLUP};

	process.kib[PROCESS_RSS] = rss;
	process.kib[PROCESS_PSS] = pss;
	return process;
}

static void a_sum_has_an_amount_that_one_of_its_processes_has(void **state)
{
	struct process known = process_with(10, 5);
	struct process unknown = process_with(20, PROCESS_UNKNOWN);
	struct process_sum sum = {0};
	uint64_t kib = 99;

	(void)state;
	process_sum_add(&sum, &unknown);
	assert_false(process_sum_amount(&sum, PROCESS_PSS, &kib));
	assert_u64(kib, 99);
	process_sum_add(&sum, &known);
	assert_true(process_sum_amount(&sum, PROCESS_PSS, &kib));
	assert_u64(kib, 5);
	assert_u64(sum.known[PROCESS_PSS], 1);
	assert_true(process_sum_amount(&sum, PROCESS_RSS, &kib));
	assert_u64(kib, 30);
	assert_u64(sum.processes, 2);
}

static void an_unreadable_process_adds_no_amount(void **state)
{
	struct process hidden = {.source = PROCESS_UNREADABLE};
	struct process_sum sum = {0};
	uint64_t kib;

	(void)state;
	process_sum_add(&sum, &hidden);
	assert_u64(sum.processes, 0);
	assert_u64(sum.unreadable, 1);
	assert_false(process_sum_amount(&sum, PROCESS_RSS, &kib));
	assert_false(process_sum_is_empty(&sum));
}

static void growth_of_what_is_not_there_counts_from_0(void **state)
{
	struct process process = process_with(10, 5);
	struct process_sum sides[2] = {{0}, {0}};
	int64_t kib;

	(void)state;
	process_sum_add(&sides[1], &process);
	assert_true(process_sum_growth(sides, PROCESS_RSS, &kib));
	assert_int_equal(kib, 10);
	sides[0] = sides[1];
	sides[1] = (struct process_sum){0};
	assert_true(process_sum_growth(sides, PROCESS_RSS, &kib));
	assert_int_equal(kib, -10);
}

static void growth_to_what_cannot_be_read_is_not_known(void **state)
{
	struct process process = process_with(10, 5);
	struct process hidden = {.source = PROCESS_UNREADABLE};
	struct process_sum sides[2] = {{0}, {0}};
	int64_t kib;

	(void)state;
	process_sum_add(&sides[0], &process);
	process_sum_add(&sides[1], &hidden);
	assert_false(process_sum_growth(sides, PROCESS_RSS, &kib));
}

static void growth_beyond_all_bounds_saturates(void **state)
{
	struct process process = process_with(UINT64_MAX - 1, 5);
	struct process_sum sides[2] = {{0}, {0}};
	int64_t kib;

	(void)state;
	process_sum_add(&sides[0], &process);
	process_sum_add(&sides[0], &process);
	assert_u64(sides[0].kib[PROCESS_RSS], UINT64_MAX);
	assert_true(process_sum_growth(sides, PROCESS_RSS, &kib));
	assert_true(kib <= -INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_sum_has_an_amount_that_one_of_its_processes_has),
		cmocka_unit_test(an_unreadable_process_adds_no_amount),
		cmocka_unit_test(growth_of_what_is_not_there_counts_from_0),
		cmocka_unit_test(growth_to_what_cannot_be_read_is_not_known),
		cmocka_unit_test(growth_beyond_all_bounds_saturates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
