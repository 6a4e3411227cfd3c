/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "input/terminal_text.h"

static void assert_clean(const char *line, const char *expected)
{
	char buffer[200];

	assert_true(terminal_text_is_in(span_of(line)));
	assert_span(terminal_text_clean(span_of(line), buffer), expected);
}

static void colours_are_taken_out_wherever_they_stand(void **state)
{
	(void)state;
	assert_clean("\033[0K\033[32m[    1.5] \033[0m\033[33mkmemleak: "
		     "\033[1;31mx\033[0m\n",
		     "[    1.5] kmemleak: x\n");
	assert_clean("a\033[?25lb\033[K", "ab");
}

static void what_is_no_whole_code_stays(void **state)
{
	(void)state;
	assert_clean("\033a \033[0; \033[\n", "\033a \033[0; \033[\n");
	assert_clean("a\033", "a\033");
}

static void returns_before_the_newline_become_one(void **state)
{
	(void)state;
	assert_clean("a\r\r\n", "a\r\n");
	assert_clean("\r\r\r\n", "\r\n");
	assert_clean("a\r\rb\r\033[0m\r\n", "a\r\rb\r\n");
}

static void other_text_has_nothing_of_it(void **state)
{
	(void)state;
	assert_false(terminal_text_is_in(SPAN("")));
	assert_false(terminal_text_is_in(SPAN("a\r\n\rb\n[0m")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_are_taken_out_wherever_they_stand),
		cmocka_unit_test(what_is_no_whole_code_stays),
		cmocka_unit_test(returns_before_the_newline_become_one),
		cmocka_unit_test(other_text_has_nothing_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
