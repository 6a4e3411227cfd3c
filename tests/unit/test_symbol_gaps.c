/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "cli/symbol_gaps.h"
#include "cli/text_kernel.h"

static char text[SYMBOL_GAPS_CAPACITY];

static const char *text_of(bool kernel, size_t modules)
{
	struct symbol_gaps gaps = {
		.kernel = kernel,
		.modules = {"a", "b", "c", "d", "e\x1b", "f", "g"},
		.module_count = modules,
	};

	symbol_gaps_text(&gaps, text);
	return text;
}

static void what_lacks_is_named_with_what_would_help(void **state)
{
	(void)state;
	assert_string_equal(text_of(false, 0), "");
	assert_string_equal(text_of(true, 0),
			    "no debug information was found for the kernel "
			    "(--vmlinux)");
	assert_string_equal(text_of(false, 2),
			    "no debug information was found for a, b "
			    "(--debug-dir)");
	assert_string_equal(text_of(true, 1),
			    "no debug information was found for the kernel, a "
			    "(--vmlinux, --debug-dir)");
}

static void five_are_named_and_escaped_and_the_others_counted(void **state)
{
	(void)state;
	assert_string_equal(text_of(true, 7),
			    "no debug information was found for the kernel, "
			    "a, b, c, d and 3 more (--vmlinux, --debug-dir)");
	assert_non_null(strstr(text_of(false, 5), "d, e\\"));
	assert_null(strstr(text, "more"));
}

static void what_the_kernel_makes_is_of_no_file(void **state)
{
	(void)state;
	assert_true(symbol_gaps_is_made(SPAN("bpf")));
	assert_true(symbol_gaps_is_made(SPAN("__builtin__ftrace")));
	assert_false(symbol_gaps_is_made(SPAN("bpfilter")));
	assert_false(symbol_gaps_is_made(SPAN("")));
}

static void a_kernel_that_gave_a_line_was_of_use(void **state)
{
	struct settings settings = {.symbols.vmlinux = "vmlinux"};
	struct cli cli = {.settings = &settings};
	struct text_kernel kernel = {.cli = &cli};

	(void)state;
	assert_false(text_kernel_is_useless(&kernel));
	kernel.unanswered = true;
	assert_true(text_kernel_is_useless(&kernel));
	kernel.answered = true;
	assert_false(text_kernel_is_useless(&kernel));
	kernel.answered = false;
	settings.symbols.vmlinux = NULL;
	assert_false(text_kernel_is_useless(&kernel));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lacks_is_named_with_what_would_help),
		cmocka_unit_test(
			five_are_named_and_escaped_and_the_others_counted),
		cmocka_unit_test(what_the_kernel_makes_is_of_no_file),
		cmocka_unit_test(a_kernel_that_gave_a_line_was_of_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
