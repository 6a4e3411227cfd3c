/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/log_stack.h"

static struct log_stack stack;

static bool take(const char *line)
{
	return log_stack_take(&stack, span_of(line));
}

static void frames_are_taken_where_a_stack_is_open(void **state)
{
	(void)state;
	stack = (struct log_stack){0};
	assert_false(take(" f+0x1/0x2"));
	log_stack_open(&stack);
	assert_true(take(" f+0x1/0x2"));
	assert_true(take("\tg+0x1/0x2 [mod]"));
	assert_true(take(" ? h+0x1/0x2"));
	assert_span(stack_text_span(&stack.text),
		    " f+0x1/0x2\n g+0x1/0x2 [mod]\n");
	log_stack_open(&stack);
	assert_span(stack_text_span(&stack.text), "");
}

static void eight_lines_of_others_in_a_row_are_survived(void **state)
{
	size_t i;

	(void)state;
	log_stack_open(&stack);
	for (i = 0; i < 8; i++)
		assert_false(take("usb 1-1: new device"));
	assert_true(take(" f+0x1/0x2"));
	for (i = 0; i < 9; i++)
		assert_false(take("usb 1-1: new device"));
	assert_false(take(" g+0x1/0x2"));
}

static void blank_lines_do_not_count(void **state)
{
	size_t i;

	(void)state;
	log_stack_open(&stack);
	for (i = 0; i < 20; i++)
		assert_false(take("  "));
	assert_true(take(" f+0x1/0x2"));
}

static void another_report_ends_a_stack(void **state)
{
	(void)state;
	log_stack_open(&stack);
	assert_false(take("Call Trace:"));
	assert_false(take(" f+0x1/0x2"));
	assert_span(stack_text_span(&stack.text), "");
}

static void lost_lines_are_told_in_several_ways(void **state)
{
	(void)state;
	assert_true(
		log_line_tells_loss(SPAN("** 12 printk messages dropped **")));
	assert_true(log_line_tells_loss(
		SPAN("** 12 printk messages dropped ** [ 1.5] x")));
	assert_true(log_line_tells_loss(SPAN("printk: 3 messages dropped")));
	assert_false(log_line_tells_loss(SPAN("** printk messages dropped")));
	assert_false(log_line_tells_loss(SPAN("3 packets dropped")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_are_taken_where_a_stack_is_open),
		cmocka_unit_test(eight_lines_of_others_in_a_row_are_survived),
		cmocka_unit_test(blank_lines_do_not_count),
		cmocka_unit_test(another_report_ends_a_stack),
		cmocka_unit_test(lost_lines_are_told_in_several_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
