/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/text_kib.h"

static const struct output_options human = {0}, kernel = {.kib = true};
static char text[QUANTITY_CAPACITY];

static void amounts_are_for_people_or_as_the_kernel_has_them(void **state)
{
	(void)state;
	assert_string_equal(text_kib(&human, 1004132, text), "980.6 MiB");
	assert_string_equal(text_kib(&kernel, 1004132, text), "1,004,132 kB");
	assert_string_equal(text_kib(&human, 0, text), "0");
	assert_string_equal(text_kib(&kernel, 0, text), "0 kB");
}

static void less_than_nothing_has_a_sign(void **state)
{
	(void)state;
	assert_string_equal(text_kib(&human, -2048, text), "-2.0 MiB");
	assert_string_equal(text_kib(&kernel, -2048, text), "-2,048 kB");
}

static void a_change_always_has_a_sign(void **state)
{
	(void)state;
	assert_string_equal(text_kib_change(&human, 2048, text), "+2.0 MiB");
	assert_string_equal(text_kib_change(&kernel, -1, text), "-1 kB");
	assert_string_equal(text_kib_change(&kernel, 0, text), "0");
}

static void what_a_file_that_lies_claims_does_not_wrap(void **state)
{
	(void)state;
	assert_string_equal(text_kib(&human, INT64_MAX, text), "16.0 EiB");
	assert_string_equal(text_kib_change(&human, INT64_MIN, text),
			    "-16.0 EiB");
	assert_string_equal(text_kib(&kernel, INT64_MIN, text),
			    "-9,223,372,036,854,775,808 kB");
}

static void a_share_wants_a_whole(void **state)
{
	(void)state;
	assert_string_equal(text_kib_share(50156, 1004132, text), "5.0 %");
	assert_string_equal(text_kib_share(-5, 100, text), "-5.0 %");
	assert_string_equal(text_kib_share(5, 0, text), "");
	assert_string_equal(text_kib_share(5, -1, text), "");
}

static void nearly_all_is_not_all_and_little_is_not_nothing(void **state)
{
	(void)state;
	assert_string_equal(text_kib_percent(21536, 21664, text), "99 %");
	assert_string_equal(text_kib_percent(9999, 10000, text), "99 %");
	assert_string_equal(text_kib_percent(10001, 10000, text), "101 %");
	assert_string_equal(text_kib_percent(10, 10, text), "100 %");
	assert_string_equal(text_kib_percent(1, 1000, text), "under 1 %");
	assert_string_equal(text_kib_percent(0, 1000, text), "0 %");
	assert_string_equal(text_kib_percent(1, 0, text), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			amounts_are_for_people_or_as_the_kernel_has_them),
		cmocka_unit_test(less_than_nothing_has_a_sign),
		cmocka_unit_test(a_change_always_has_a_sign),
		cmocka_unit_test(what_a_file_that_lies_claims_does_not_wrap),
		cmocka_unit_test(a_share_wants_a_whole),
		cmocka_unit_test(
			nearly_all_is_not_all_and_little_is_not_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
