/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "cli/source_share.h"

static bool is_void(size_t old_lined, size_t old_stacks, size_t new_lined,
		    size_t new_stacks, bool same_files)
{
	const struct source_share a = {old_stacks, old_lined, false};
	const struct source_share b = {new_stacks, new_lined, false};
	bool found = source_share_is_void(&a, &b, same_files);

	/* It does not matter which of them lacks. */
	assert_int_equal(source_share_is_void(&b, &a, same_files), found);
	return found;
}

static void two_kernels_with_lines_for_one_are_not_compared(void **state)
{
	(void)state;
	assert_true(is_void(0, 788, 873, 903, false));
	assert_true(is_void(0, 788, 30, 903, false));
	assert_true(is_void(7, 100, 15, 100, false));
	assert_true(is_void(0, 788, 873, 903, true));
}

static void two_that_have_or_lack_about_as_many_are_compared(void **state)
{
	(void)state;
	assert_false(is_void(700, 788, 873, 903, false));
	assert_false(is_void(0, 788, 0, 903, false));
	assert_false(is_void(8, 100, 9, 100, false));
	assert_false(is_void(20, 100, 90, 100, false));
	assert_false(is_void(0, 0, 873, 903, false));
}

static void a_module_that_was_loaded_in_between_is_compared(void **state)
{
	(void)state;
	assert_false(is_void(0, 873, 30, 903, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			two_kernels_with_lines_for_one_are_not_compared),
		cmocka_unit_test(
			two_that_have_or_lack_about_as_many_are_compared),
		cmocka_unit_test(
			a_module_that_was_loaded_in_between_is_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
