/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "input/mixed_boot.h"

#define VERSION "Linux version 6.12.0 (a@b)\n"

static bool is_same(const char *a, const char *b)
{
	struct mixed_boot one, other;

	mixed_boot_read(&one, span_of(a));
	mixed_boot_read(&other, span_of(b));
	return mixed_boot_is_same(&one, &other) &&
	       mixed_boot_is_same(&other, &one);
}

static void the_same_lines_are_of_one_boot(void **state)
{
	(void)state;
	assert_true(is_same("[    0.000000] " VERSION "[    0.100000] a\n",
			    "[    0.000000] " VERSION "[    0.100000] a\n"));
	/* One of the two was taken earlier. */
	assert_true(is_same("[    0.000000] " VERSION,
			    "[    0.000000] " VERSION "[    0.100000] a\n"));
	assert_true(is_same(VERSION "a\r\n", VERSION "a\n"));
}

static void other_times_are_of_another_boot(void **state)
{
	(void)state;
	assert_false(is_same("[    0.000000] " VERSION "[    0.100000] a\n",
			     "[    0.000000] " VERSION "[    0.100001] a\n"));
	assert_false(is_same("[Mon Jan  4 09:53:54 2021] " VERSION,
			     "[Tue Jan  5 09:53:54 2021] " VERSION));
	assert_false(is_same("<4>[    0.000000] " VERSION "<4>[    0.1] a\n",
			     "[    0.000000] " VERSION "[    0.2] a\n"));
}

static void other_text_is_of_another_boot(void **state)
{
	(void)state;
	assert_false(is_same(VERSION "a\n", VERSION "b\n"));
	assert_false(is_same(VERSION, "Linux version 6.13.0 (a@b)\n"));
	assert_false(is_same("", ""));
}

static void other_prefixes_hide_no_boot(void **state)
{
	(void)state;
	assert_true(is_same("[    0.000000] " VERSION "[    0.100000] a\n",
			    "[Mon Jan  4 09:53:54 2021] " VERSION
			    "[Mon Jan  4 09:53:54 2021] a\n"));
	assert_true(is_same("<4>[    0.000000] " VERSION "<4>[    0.1] a\n",
			    "[    0.000000] " VERSION "[    0.100000] a\n"));
}

static void the_next_version_ends_the_lines_of_a_boot(void **state)
{
	(void)state;
	assert_true(is_same(VERSION "a\n" VERSION "b\n", VERSION "a\nc\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_lines_are_of_one_boot),
		cmocka_unit_test(other_times_are_of_another_boot),
		cmocka_unit_test(other_text_is_of_another_boot),
		cmocka_unit_test(other_prefixes_hide_no_boot),
		cmocka_unit_test(the_next_version_ends_the_lines_of_a_boot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
