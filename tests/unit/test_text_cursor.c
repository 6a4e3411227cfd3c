/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/text_cursor.h"

static void lines_come_with_their_numbers_and_without_cr(void **state)
{
	struct text_cursor cursor = {.rest = SPAN("a\r\n\n> b"), .line = 10};
	struct span line;

	(void)state;
	assert_true(text_cursor_next(&cursor, &line));
	assert_span(line, "a");
	assert_span(cursor.raw, "a\r");
	assert_u64(cursor.line, 11);
	assert_true(text_cursor_next(&cursor, &line));
	assert_span(line, "");
	assert_true(text_cursor_next(&cursor, &line));
	assert_span(line, "> b");
	assert_u64(cursor.line, 13);
	assert_false(text_cursor_next(&cursor, &line));
	assert_u64(cursor.line, 13);
}

static void prefixes_are_taken_off_when_asked_for(void **state)
{
	struct text_cursor cursor = {.rest = SPAN("> [    1.000000]  f\r\n>\n"),
				     .prefixed = true};
	struct span line;

	(void)state;
	assert_true(text_cursor_next(&cursor, &line));
	assert_span(line, " f");
	assert_span(cursor.raw, "> [    1.000000]  f\r");
	assert_true(text_cursor_next(&cursor, &line));
	assert_span(line, "");
	assert_span(cursor.raw, ">");
}

static void only_the_cr_of_the_line_end_is_dropped(void **state)
{
	struct text_cursor cursor = {.rest = SPAN("a\rb\r\r\n")};
	struct span line;

	(void)state;
	assert_true(text_cursor_next(&cursor, &line));
	assert_span(line, "a\rb\r");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come_with_their_numbers_and_without_cr),
		cmocka_unit_test(prefixes_are_taken_off_when_asked_for),
		cmocka_unit_test(only_the_cr_of_the_line_end_is_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
