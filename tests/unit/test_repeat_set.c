/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/repeat_set.h"

#define MANY 100000

static bool is_known(struct repeat_set *set, uint64_t a, uint64_t b)
{
	const uint64_t words[] = {a, b};
	bool known;

	assert_true(repeat_set_add(set, words, 2, &known));
	return known;
}

static void what_was_added_is_known(void **state)
{
	struct repeat_set set = {0};
	uint64_t i;

	(void)state;
	for (i = 0; i < MANY; i++)
		assert_false(is_known(&set, i, i % 7));
	for (i = 0; i < MANY; i++)
		assert_true(is_known(&set, i, i % 7));
	assert_u64(set.count, MANY);
	assert_u64(set.left_out, 0);
	repeat_set_deinit(&set);
}

static void every_word_counts(void **state)
{
	struct repeat_set set = {0};

	(void)state;
	assert_false(is_known(&set, 1, 2));
	assert_false(is_known(&set, 2, 1));
	assert_false(is_known(&set, 1, 3));
	assert_false(is_known(&set, 0, 0));
	assert_true(is_known(&set, 1, 2));
	repeat_set_deinit(&set);
}

static void a_full_set_still_tells_what_it_has(void **state)
{
	struct repeat_set set = {0};
	const uint64_t most = REPEAT_SET_SLOTS_MAX / 4 * 3;
	uint64_t i;

	(void)state;
	for (i = 0; i < most + 5; i++)
		assert_false(is_known(&set, i, 0));
	assert_u64(set.slot_count, REPEAT_SET_SLOTS_MAX);
	assert_u64(set.left_out, 5);
	assert_true(is_known(&set, 0, 0));
	assert_true(is_known(&set, most - 1, 0));
	assert_false(is_known(&set, most, 0));
	repeat_set_deinit(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_added_is_known),
		cmocka_unit_test(every_word_counts),
		cmocka_unit_test(a_full_set_still_tells_what_it_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
