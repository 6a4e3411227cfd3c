/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/classify.h"
#include "diff/stack_match.h"

static struct snapshot old, new;
static struct error err;

static int setup(void **state)
{
	(void)state;
	return !snapshot_init(&old, 0, &err) || !snapshot_init(&new, 0, &err);
}

static int teardown(void **state)
{
	(void)state;
	snapshot_deinit(&old);
	snapshot_deinit(&new);
	return 0;
}

static struct stack *add(struct snapshot *snapshot, const char *text)
{
	struct stack *stack;

	assert_true(stack_table_intern(&snapshot->stacks, span_of(text), &stack,
				       NULL, &err));
	classify_stack(stack->frames, stack->frame_count, 0, &stack->class);
	return stack;
}

static void assert_match(enum report_match expected)
{
	enum report_match match;
	const char *reason = NULL;

	assert_true(stack_match_choose(&old, &new, &match, &reason, &err));
	assert_int_equal(match, expected);
	assert_non_null(reason);
	/* It does not matter which of them is older. */
	assert_true(stack_match_choose(&new, &old, &match, &reason, &err));
	assert_int_equal(match, expected);
}

static void functions_of_the_same_size_are_of_one_build(void **state)
{
	(void)state;
	add(&old, " f+0x1/0x20\n g+0x1/0x30 [m]\n");
	add(&new, " f+0x9/0x20\n h+0x1/0x30 [m]\n");
	assert_match(MATCH_EXACT);
}

static void functions_of_other_sizes_are_of_two_builds(void **state)
{
	(void)state;
	add(&old, " f+0x1/0x20\n g+0x1/0x30 [m]\n");
	add(&new, " f+0x1/0x20\n g+0x1/0x40 [m]\n");
	assert_match(MATCH_NAME);
}

static void a_few_differences_among_many_are_no_other_build(void **state)
{
	char text[64];
	int i;

	(void)state;
	for (i = 0; i < 100; i++) {
		snprintf(text, sizeof(text), " f%d+0x1/0x20\n", i);
		add(&old, text);
		add(&new, text);
	}
	add(&old, " g+0x1/0x30 [m]\n");
	add(&new, " g+0x1/0x40 [m]\n");
	assert_match(MATCH_EXACT);
	add(&old, " h+0x1/0x30\n i+0x1/0x30\n");
	add(&new, " h+0x1/0x40\n i+0x1/0x40\n");
	assert_match(MATCH_NAME);
}

static void functions_of_one_name_in_two_modules_are_two(void **state)
{
	(void)state;
	add(&old, " init+0x1/0x20 [a]\n same+0x1/0x2\n");
	add(&new, " init+0x1/0x30 [b]\n same+0x1/0x2\n");
	assert_match(MATCH_EXACT);
}

static void static_functions_that_share_a_name_prove_nothing(void **state)
{
	(void)state;
	add(&old, " init+0x1/0x20\n init+0x1/0x30\n same+0x1/0x2\n");
	add(&new, " init+0x1/0x40\n same+0x1/0x2\n");
	/* Seen from the other side the name is unique; then it counts. */
	enum report_match match;
	const char *reason;

	assert_true(stack_match_choose(&old, &new, &match, &reason, &err));
	assert_int_equal(match, MATCH_EXACT);
}

static void nothing_in_common_is_matched_exactly(void **state)
{
	(void)state;
	assert_match(MATCH_EXACT);
	add(&old, " f+0x1/0x20\n 0xffffffffc0123456\n");
	add(&new, " g+0x1/0x20\n 0xffffffffc0123457\n");
	assert_match(MATCH_EXACT);
}

/* ---- boots ---- */

static void add_early(struct snapshot *snapshot, uint64_t first, uint64_t last)
{
	struct row_key key = {
		.stack = add(snapshot, " register_early_stack+0x1/0x2\n")};
	struct record record = {
		.count = 1, .units = 1, .pfn = PFN_NONE, .alloc_ts_ns = first};
	struct row *row;

	assert_true(snapshot_row(snapshot, &key, &row, &err));
	tally_record(&row->tally, &record);
	record.alloc_ts_ns = last;
	tally_record(&row->tally, &record);
}

static void early_pages_of_one_time_are_of_one_boot(void **state)
{
	(void)state;
	add_early(&old, 158908732, 158908799);
	add_early(&new, 158908732, 158908780);
	assert_int_equal(stack_match_boot(&old, &new), BOOT_SAME);
}

static void early_pages_of_other_times_are_of_two_boots(void **state)
{
	(void)state;
	add_early(&old, 158908732, 158908799);
	add_early(&new, 158908733, 158908798);
	assert_int_equal(stack_match_boot(&old, &new), BOOT_OTHER);
}

static void without_early_times_nothing_is_known(void **state)
{
	(void)state;
	assert_int_equal(stack_match_boot(&old, &new), BOOT_UNKNOWN);
	add_early(&old, 158908732, 158908799);
	assert_int_equal(stack_match_boot(&old, &new), BOOT_UNKNOWN);
}

static void clocks_that_stood_still_tell_nothing(void **state)
{
	(void)state;
	add_early(&old, 0, 0);
	add_early(&new, 0, 0);
	assert_int_equal(stack_match_boot(&old, &new), BOOT_UNKNOWN);
}

static void a_clock_that_ran_in_one_boot_only_tells_two(void **state)
{
	(void)state;
	add_early(&old, 158908732, 158908799);
	add_early(&new, 0, 0);
	assert_int_equal(stack_match_boot(&old, &new), BOOT_OTHER);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(functions_of_the_same_size_are_of_one_build),
		TEST(functions_of_other_sizes_are_of_two_builds),
		TEST(a_few_differences_among_many_are_no_other_build),
		TEST(functions_of_one_name_in_two_modules_are_two),
		TEST(static_functions_that_share_a_name_prove_nothing),
		TEST(nothing_in_common_is_matched_exactly),
		TEST(early_pages_of_one_time_are_of_one_boot),
		TEST(early_pages_of_other_times_are_of_two_boots),
		TEST(without_early_times_nothing_is_known),
		TEST(clocks_that_stood_still_tell_nothing),
		TEST(a_clock_that_ran_in_one_boot_only_tells_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
