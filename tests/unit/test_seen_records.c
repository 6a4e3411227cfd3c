/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/seen_records.h"

static struct seen_records seen;

static int teardown(void **state)
{
	(void)state;
	seen_records_deinit(&seen);
	return 0;
}

static bool note(const char *a, const char *b)
{
	const struct span pieces[] = {span_of(a), span_of(b)};
	bool again;

	assert_true(seen_records_note(&seen, pieces, 2, &again));
	return again;
}

static void what_was_noted_is_seen_again(void **state)
{
	const struct span pieces[] = {SPAN("a"), SPAN("b")};

	(void)state;
	assert_false(seen_records_has(&seen, pieces, 2));
	assert_false(note("a", "b"));
	assert_true(note("a", "b"));
	assert_true(seen_records_has(&seen, pieces, 2));
	assert_false(seen_records_has(&seen, pieces, 1));
}

static void pieces_are_told_apart(void **state)
{
	(void)state;
	assert_false(note("a", "bc"));
	assert_false(note("ab", "c"));
	assert_false(note("abc", ""));
	assert_false(note("", "abc"));
	assert_true(note("ab", "c"));
}

static void many_are_remembered_and_no_more_than_that(void **state)
{
	const size_t most = ((size_t)1 << 23) / 4 * 3;
	char text[20];
	size_t i;

	(void)state;
	for (i = 0; i < most + 10; i++) {
		snprintf(text, sizeof(text), "%zu", i);
		assert_false(note(text, ""));
	}
	assert_int_equal(seen.count, most);
	assert_int_equal(seen.capacity, (size_t)1 << 23);
	assert_true(note("0", ""));
	assert_true(note("777", ""));
	assert_int_equal(seen.left_out, 10);
	/* Not remembered: never taken for a repeat. */
	snprintf(text, sizeof(text), "%zu", most);
	assert_false(note(text, ""));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(what_was_noted_is_seen_again),
		TEST(pieces_are_told_apart),
		TEST(many_are_remembered_and_no_more_than_that),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
