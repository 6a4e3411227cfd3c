/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/quantity.h"

static char text[QUANTITY_CAPACITY];

static void bytes_have_at_most_three_digits_before_the_point(void **state)
{
	(void)state;
	assert_string_equal(quantity_bytes(0, text), "0");
	assert_string_equal(quantity_bytes(1, text), "1 B");
	assert_string_equal(quantity_bytes(999, text), "999 B");
	assert_string_equal(quantity_bytes(1000, text), "1.0 KiB");
	assert_string_equal(quantity_bytes(1024, text), "1.0 KiB");
	assert_string_equal(quantity_bytes(4096, text), "4.0 KiB");
	assert_string_equal(quantity_bytes(11010048, text), "10.5 MiB");
	assert_string_equal(quantity_bytes(999 << 10, text), "999.0 KiB");
	assert_string_equal(quantity_bytes(1000 << 10, text), "1.0 MiB");
	assert_string_equal(quantity_bytes(1023ull << 40, text), "1.0 PiB");
	assert_string_equal(quantity_bytes(UINT64_MAX, text), "16.0 EiB");
}

static void growth_has_a_sign(void **state)
{
	(void)state;
	assert_string_equal(quantity_growth(0, text), "0");
	assert_string_equal(quantity_growth(11010048, text), "+10.5 MiB");
	assert_string_equal(quantity_growth(-512, text), "-512 B");
	assert_string_equal(quantity_growth(INT64_MIN, text), "-8.0 EiB");
	assert_string_equal(quantity_growth(INT64_MAX, text), "+8.0 EiB");
}

static void counts_have_commas(void **state)
{
	(void)state;
	assert_string_equal(quantity_count(0, text), "0");
	assert_string_equal(quantity_count(999, text), "999");
	assert_string_equal(quantity_count(1000, text), "1,000");
	assert_string_equal(quantity_count(64946, text), "64,946");
	assert_string_equal(quantity_count(1839945, text), "1,839,945");
	assert_string_equal(quantity_count(UINT64_MAX, text),
			    "18,446,744,073,709,551,615");
}

static void changes_of_counts_have_a_sign_and_commas(void **state)
{
	(void)state;
	assert_string_equal(quantity_change(0, text), "0");
	assert_string_equal(quantity_change(1, text), "+1");
	assert_string_equal(quantity_change(-1, text), "-1");
	assert_string_equal(quantity_change(64946, text), "+64,946");
	assert_string_equal(quantity_change(-1839945, text), "-1,839,945");
	assert_string_equal(quantity_change(INT64_MAX, text),
			    "+9,223,372,036,854,775,807");
	assert_string_equal(quantity_change(INT64_MIN, text),
			    "-9,223,372,036,854,775,808");
}

static void uptime_is_as_a_clock_shows_it(void **state)
{
	(void)state;
	assert_string_equal(quantity_uptime(0, text), "0:00");
	assert_string_equal(quantity_uptime(31, text), "0:31");
	assert_string_equal(quantity_uptime(3599, text), "59:59");
	assert_string_equal(quantity_uptime(3845, text), "1:04:05");
	assert_string_equal(quantity_uptime(86399, text), "23:59:59");
	assert_string_equal(quantity_uptime(86400, text), "1 d 0:00");
	assert_string_equal(quantity_uptime(3 * 86400 + 3840, text),
			    "3 d 1:04");
	assert_true(strlen(quantity_uptime(UINT64_MAX, text)) <
		    QUANTITY_CAPACITY);
}

static void durations_have_up_to_two_units(void **state)
{
	(void)state;
	assert_string_equal(quantity_duration(0, text), "0 s");
	assert_string_equal(quantity_duration(59, text), "59 s");
	assert_string_equal(quantity_duration(60, text), "1 min");
	assert_string_equal(quantity_duration(725, text), "12 min 5 s");
	assert_string_equal(quantity_duration(3600, text), "1 h");
	assert_string_equal(quantity_duration(86400, text), "1 d");
	assert_string_equal(quantity_duration(3 * 3600 + 245, text),
			    "3 h 4 min");
	assert_string_equal(quantity_duration(2 * 86400 + 5 * 3600, text),
			    "2 d 5 h");
	assert_true(strlen(quantity_duration(UINT64_MAX, text)) <
		    QUANTITY_CAPACITY);
}

static void a_part_has_decimals_where_it_is_not_whole(void **state)
{
	static const struct {
		uint64_t count, by;
		const char *text;
	} cases[] = {
		{0, 7, "0"},
		{200, 100, "2"},
		{7466000, 7, "1,066,571.4"},
		{10660, 10, "1,066"},
		{10669, 10, "1,066.9"},
		{1, 4, "0.25"},
		{3, 2, "1.50"},
		{1, 1000, "<0.01"},
		{5, 1000, "0.01"},
		{9995, 1000, "10.0"},
		{999999, 10000, "100.0"},
		{UINT64_MAX, 2, "9,223,372,036,854,775,807.5"},
		{UINT64_MAX - 1, UINT64_MAX, "1.00"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
			quantity_each(cases[i].count, cases[i].by, text),
			cases[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_has_decimals_where_it_is_not_whole),
		cmocka_unit_test(
			bytes_have_at_most_three_digits_before_the_point),
		cmocka_unit_test(growth_has_a_sign),
		cmocka_unit_test(counts_have_commas),
		cmocka_unit_test(changes_of_counts_have_a_sign_and_commas),
		cmocka_unit_test(uptime_is_as_a_clock_shows_it),
		cmocka_unit_test(durations_have_up_to_two_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
