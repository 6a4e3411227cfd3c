/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/count_remark.h"

static char told[512];

static void take_remark(struct sink *sink, const char *text)
{
	(void)sink;
	strcpy(told, text);
}

static const char *remark(uint64_t count, const char *many)
{
	struct sink sink = {.remark = take_remark};

	told[0] = '\0';
	count_remark(&sink, count, "row is bad", many);
	return told;
}

static void a_number_stands_before_the_text(void **state)
{
	(void)state;
	assert_string_equal(remark(1, "rows are bad"), "1 row is bad");
	assert_string_equal(remark(20, "rows are bad"), "20 rows are bad");
	assert_string_equal(remark(UINT64_MAX, "rows are bad"),
			    "18446744073709551615 rows are bad");
}

static void nothing_is_not_told(void **state)
{
	(void)state;
	assert_string_equal(remark(0, "rows are bad"), "");
}

static void a_long_text_is_cut(void **state)
{
	char text[400];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(strlen(remark(12, text)), 255);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_stands_before_the_text),
		cmocka_unit_test(nothing_is_not_told),
		cmocka_unit_test(a_long_text_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
