/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/stack_names.h"

static void assert_names(const char *text, size_t blamed, const char *expected)
{
	struct stack_table table = {0};
	struct arena arena = {0};
	struct stack *stack;
	struct error err;
	struct span names;

	assert_true(
		stack_table_intern(&table, span_of(text), &stack, NULL, &err));
	stack->class.blamed = blamed;
	assert_true(stack_names(&arena, stack, &names));
	assert_span(names, expected);
	stack_table_deinit(&table);
	arena_deinit(&arena);
}

static void names_lack_offsets_and_compiler_suffixes(void **state)
{
	(void)state;
	assert_names(" f.constprop.0+0x1/0x2\n g_noprof+0x3/0x4 [mod]\n", 0,
		     "f\ng [mod]\n");
}

static void names_begin_with_the_blamed_frame(void **state)
{
	(void)state;
	assert_names(" alloc+0x1/0x2\n g+0x3/0x4\n h+0x5/0x6\n", 1, "g\nh\n");
	assert_names(" alloc+0x1/0x2\n g+0x3/0x4\n h+0x5/0x6\n", 2, "h\n");
}

static void addresses_are_alike(void **state)
{
	(void)state;
	assert_names(" 0xffffffffc0123456\n f+0x1/0x2\n", 0, "?\nf\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_lack_offsets_and_compiler_suffixes),
		cmocka_unit_test(names_begin_with_the_blamed_frame),
		cmocka_unit_test(addresses_are_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
