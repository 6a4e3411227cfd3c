/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "input/kmsg_escape.h"

static void assert_undone(const char *line, const char *expected)
{
	char buffer[200];

	assert_span(kmsg_escape_undo(span_of(line), buffer), expected);
}

static void a_message_of_several_lines_is_taken_apart(void **state)
{
	(void)state;
	assert_undone("6,1,2,-;a\\x0a b\\x0ac\n", "6,1,2,-;a\n b\nc\n");
	assert_undone("6,1,2,-;\\x09a\\x5cx0a\\x0a\n", "6,1,2,-;\ta\\x0a\n\n");
	/* What is no escape stays. */
	assert_undone("6,1,2,-;\\x0a\\x0\\xzz\\x", "6,1,2,-;\n\\x0\\xzz\\x");
}

static void other_lines_are_left_alone(void **state)
{
	static const char line[] = "[    1.000000] a\\x0ab\n";
	char buffer[200];

	(void)state;
	assert_ptr_equal(kmsg_escape_undo(SPAN(line), buffer).at, line);
	assert_undone("6,1,2,-;a\\x09b\n", "6,1,2,-;a\\x09b\n");
	assert_false(kmsg_escape_is_in(SPAN("a\\x09")));
	assert_true(kmsg_escape_is_in(SPAN("a\\x0a")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_of_several_lines_is_taken_apart),
		cmocka_unit_test(other_lines_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
