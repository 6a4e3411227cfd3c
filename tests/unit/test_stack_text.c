/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/stack_text.h"

static struct stack_text stack;

static void a_frame_becomes_a_line_with_a_space_before_it(void **state)
{
	(void)state;
	stack.length = 0;
	assert_span(stack_text_span(&stack), "");
	assert_true(stack_text_add(&stack, SPAN("f+0x1/0x2")));
	assert_true(stack_text_add(&stack, SPAN("g+0x1/0x2 [m]")));
	assert_true(stack_text_add_line(&stack, SPAN(" h+0x1/0x2\n")));
	assert_span(stack_text_span(&stack),
		    " f+0x1/0x2\n g+0x1/0x2 [m]\n h+0x1/0x2\n");
}

static void what_does_not_fit_leaves_the_stack_as_it_was(void **state)
{
	static char frame[STACK_TEXT_MAX];
	const size_t most = STACK_TEXT_MAX - 2;

	(void)state;
	memset(frame, 'f', sizeof(frame));
	stack.length = 0;
	assert_false(stack_text_add(&stack, (struct span){frame, most + 1}));
	assert_u64(stack.length, 0);
	assert_true(stack_text_add(&stack, (struct span){frame, most - 1}));
	assert_u64(stack.length, STACK_TEXT_MAX - 1);
	assert_false(stack_text_add(&stack, SPAN("")));
	assert_false(stack_text_add_line(&stack, SPAN(" \n")));
	assert_u64(stack.length, STACK_TEXT_MAX - 1);
	assert_true(stack_text_add_line(&stack, SPAN("\n")));
	assert_u64(stack.length, STACK_TEXT_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_becomes_a_line_with_a_space_before_it),
		cmocka_unit_test(what_does_not_fit_leaves_the_stack_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
