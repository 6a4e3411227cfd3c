/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_live.h"

#include "tests/support/check.h"

#define KEYS 5000

static void what_was_removed_is_gone_and_the_rest_is_there(void **state)
{
	static bool there[KEYS];
	struct trace_live live = {0};
	uint64_t number = 12345;
	size_t i, expected = 0;

	(void)state;
	memset(there, 0, sizeof(there));
	for (i = 0; i < 40 * KEYS; i++) {
		struct trace_entry *entry;
		uint64_t key;

		number = number * 6364136223846793005u + 1442695040888963407u;
		key = (number >> 33) % KEYS;
		entry = trace_live_find(&live, (key + 1) << 12);
		assert_int_equal(entry != NULL, there[key]);
		if (entry) {
			assert_u64(entry->units, key);
			trace_live_remove(&live, entry);
		} else {
			entry = trace_live_add(&live, (key + 1) << 12);
			assert_non_null(entry);
			entry->units = key;
		}
		there[key] = !there[key];
	}
	for (i = 0; i < KEYS; i++)
		expected += there[i];
	assert_int_equal(live.count, expected);
	trace_live_deinit(&live);
}

static void entries_of_a_stack_stand_together_the_youngest_first(void **state)
{
	static const struct trace_entry entries[] = {
		{.key = 1, .stack = 2, .ts_ns = 5},
		{.key = 2, .stack = 1, .ts_ns = 6},
		{.key = 3, .stack = 2, .ts_ns = 9},
		{.key = 4, .stack = 1, .facts = 1, .ts_ns = 1},
	};
	static const uint64_t order[] = {2, 4, 3, 1};
	struct trace_live live = {0};
	size_t i;

	(void)state;
	trace_live_sort(&live);
	for (i = 0; i < 4; i++)
		*trace_live_add(&live, entries[i].key) = entries[i];
	trace_live_sort(&live);
	for (i = 0; i < 4; i++)
		assert_u64(live.slots[i].key, order[i]);
	trace_live_deinit(&live);
}

static void a_key_that_is_there_is_counted_once(void **state)
{
	struct trace_live live = {0};
	size_t i;

	(void)state;
	trace_live_add(&live, 7)->units = 3;
	assert_u64(trace_live_add(&live, 7)->units, 3);
	assert_int_equal(live.count, 1);
	for (i = 0; i < KEYS; i++)
		assert_non_null(trace_live_add(&live, 1 + i / 2));
	assert_int_equal(live.count, KEYS / 2);
	trace_live_sort(&live);
	assert_int_equal(live.count, KEYS / 2);
	trace_live_deinit(&live);
}

static void a_full_table_takes_no_other_key(void **state)
{
	struct trace_live live = {.limit = 2000};
	uint64_t key;

	(void)state;
	for (key = 1; key <= 2000; key++) {
		assert_false(trace_live_is_full(&live));
		assert_non_null(trace_live_add(&live, key));
	}
	assert_true(trace_live_is_full(&live));
	assert_null(trace_live_add(&live, 2001));
	assert_non_null(trace_live_add(&live, 2000));
	trace_live_remove(&live, trace_live_find(&live, 5));
	assert_non_null(trace_live_add(&live, 2001));
	trace_live_deinit(&live);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_was_removed_is_gone_and_the_rest_is_there),
		cmocka_unit_test(a_key_that_is_there_is_counted_once),
		cmocka_unit_test(a_full_table_takes_no_other_key),
		cmocka_unit_test(
			entries_of_a_stack_stand_together_the_youngest_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
