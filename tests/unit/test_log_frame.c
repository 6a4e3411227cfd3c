/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/log_frame.h"

static struct stack_text stack;

static struct log_frame parse(const char *line)
{
	struct log_frame frame;

	if (!log_frame_parse(span_of(line), &frame))
		fail_msg("not taken: %s", line);
	return frame;
}

static bool is_refused(const char *line)
{
	struct log_frame frame;

	return !log_frame_parse(span_of(line), &frame);
}

static void add(const char *line)
{
	struct log_frame frame = parse(line);

	assert_true(log_frame_add(&stack, &frame));
}

/* The stack of these lines. */
static void assert_stack(const char *expected)
{
	assert_span(log_frame_stack(&stack), expected);
	stack.length = 0;
}

static void assert_whole(const char *line, const char *text, const char *module)
{
	struct log_frame frame = parse(line);

	assert_int_equal(frame.kind, LOG_FRAME_WHOLE);
	assert_span(frame.text, text);
	assert_span(frame.module, module);
	assert_int_equal(frame.file.length, 0);
}

static void a_frame_is_a_symbol_with_its_module(void **state)
{
	(void)state;
	assert_whole(" dive+0x1a/0x2c", "dive+0x1a/0x2c", "");
	assert_whole("\tdive+0x1a/0x2c [otter]\r", "dive+0x1a/0x2c", "otter");
	assert_whole(
		"dive.constprop.0+0x1a/0x2c [otter 0011223344556677889900]",
		"dive.constprop.0+0x1a/0x2c", "otter");
	assert_whole(" 0xffffffffc0123456", "0xffffffffc0123456", "");
}

static void an_address_before_it_is_passed_over(void **state)
{
	(void)state;
	assert_whole(" [<ffffffff8117e4e3>] dive+0x1a/0x2c [otter]",
		     "dive+0x1a/0x2c", "otter");
	assert_whole("[<0x0000c0de>] dive+0x1a/0x2c", "dive+0x1a/0x2c", "");
	assert_whole(" [<(____ptrval____)>] dive+0x1a/0x2c", "dive+0x1a/0x2c",
		     "");
}

static void arm_tells_the_caller_behind_from(void **state)
{
	(void)state;
	assert_whole("[<c010f7f8>] (unwind_backtrace) from [<c010b9d8>] "
		     "(show_stack+0x10/0x14)",
		     "show_stack+0x10/0x14", "");
	assert_whole(" unwind_backtrace from show_stack+0x18/0x1c",
		     "show_stack+0x18/0x1c", "");
	assert_whole("[<bf0001>] (dive [otter]) from [<c010b9d8>] "
		     "(holt+0x10/0x14 [otter])",
		     "holt+0x10/0x14", "otter");
}

static void marks_behind_it_are_no_part_of_it(void **state)
{
	(void)state;
	assert_whole(" dive+0x1a/0x2c (P)", "dive+0x1a/0x2c", "");
	assert_whole(" dive+0x1a/0x2c [otter] (PL)", "dive+0x1a/0x2c", "otter");
}

static void symbols_of_rust_may_hold_nearly_anything(void **state)
{
	(void)state;
	assert_whole("_RNvXs_NtCs1_6kernel5print+0x0_+0x1a/0x2c",
		     "_RNvXs_NtCs1_6kernel5print+0x0_+0x1a/0x2c", "");
	assert_whole("core::ptr::drop_in_place<T>+0x1a/0x2c",
		     "core::ptr::drop_in_place<T>+0x1a/0x2c", "");
}

static void frames_without_a_word_for_it_are_refused(void **state)
{
	(void)state;
	assert_true(is_refused(""));
	assert_true(is_refused("   "));
	assert_true(is_refused("RIP: 0010:dive+0x1a/0x2c"));
	assert_true(is_refused("Call Trace:"));
	assert_true(is_refused("dive+0x1a"));
	assert_true(is_refused("+0x1a/0x2c"));
	assert_true(is_refused("dive+0x1a/0x2cg"));
	assert_true(is_refused("dive+0x1a/0x2c and more"));
	assert_true(is_refused("usb 1-1: new (full:12) device"));
	assert_true(is_refused("0x12 is a number"));
}

static void what_was_left_on_the_stack_is_none_of_it(void **state)
{
	(void)state;
	assert_int_equal(parse(" ? dive+0x1a/0x2c").kind, LOG_FRAME_DOUBTFUL);
	assert_int_equal(parse(" [<ffffffff8117e4e3>] ? dive+0x1a/0x2c").kind,
			 LOG_FRAME_DOUBTFUL);
	assert_int_equal(parse(" <TASK>").kind, LOG_FRAME_MARK);
	assert_int_equal(parse(" </IRQ>").kind, LOG_FRAME_MARK);
	assert_int_equal(parse(" <#DF>").kind, LOG_FRAME_MARK);
	add(" <TASK>");
	add(" ? dive+0x1a/0x2c");
	add(" holt+0x1/0x2 [otter]");
	assert_stack(" holt+0x1/0x2 [otter]\n");
}

static void syzbot_puts_places_behind_frames(void **state)
{
	struct log_frame frame = parse(" dive+0x1a/0x2c [otter] net/otter.c:9");

	(void)state;
	assert_int_equal(frame.kind, LOG_FRAME_WHOLE);
	assert_span(frame.text, "dive+0x1a/0x2c");
	assert_span(frame.module, "otter");
	assert_span(frame.file, "net/otter.c");
	assert_u64(frame.line, 9);
	frame = parse(" [<0000000e>] kmalloc include/slab.h:547 [inline]");
	assert_int_equal(frame.kind, LOG_FRAME_INLINE);
	assert_span(frame.text, "kmalloc");
	assert_span(frame.file, "include/slab.h");
	assert_u64(frame.line, 547);
}

static void decode_stacktrace_puts_places_for_offsets(void **state)
{
	struct log_frame frame =
		parse("dive (net/otter.c:9 (discriminator 3)) otter");

	(void)state;
	assert_span(frame.text, "dive");
	assert_span(frame.module, "otter");
	assert_span(frame.file, "net/otter.c");
	frame = parse("? dive (net/otter.c:9) [otter]");
	assert_int_equal(frame.kind, LOG_FRAME_DOUBTFUL);
	assert_span(frame.module, "otter");
	frame = parse("dive (./include/slab.h:600 net/otter.c:12) ");
	assert_span(frame.file, "net/otter.c");
	assert_u64(frame.line, 12);
}

static void places_stand_around_their_frame(void **state)
{
	(void)state;
	add("kmalloc include/slab.h:547 [inline]");
	add("kzalloc include/slab.h:742 [inline]");
	add("dive+0x1a/0x2c [otter] net/otter.c:9");
	add("holt+0x1/0x2");
	assert_stack(" kmalloc\tinclude/slab.h:547\tkzalloc\tinclude/slab.h:742"
		     "\tdive+0x1a/0x2c [otter]\tnet/otter.c:9\n"
		     " holt+0x1/0x2\n");
}

static void functions_without_their_frame_are_taken_off(void **state)
{
	(void)state;
	add("holt+0x1/0x2");
	add("kmalloc include/slab.h:547 [inline]");
	assert_stack(" holt+0x1/0x2\n");
	add("kmalloc include/slab.h:547 [inline]");
	assert_stack("");
}

static void a_stack_has_an_end(void **state)
{
	struct log_frame frame = parse("dive+0x1a/0x2c [otter]");

	(void)state;
	while (log_frame_add(&stack, &frame))
		;
	assert_int_equal(STACK_TEXT_MAX / 24 * 24,
			 log_frame_stack(&stack).length);
	stack.length = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_is_a_symbol_with_its_module),
		cmocka_unit_test(an_address_before_it_is_passed_over),
		cmocka_unit_test(arm_tells_the_caller_behind_from),
		cmocka_unit_test(marks_behind_it_are_no_part_of_it),
		cmocka_unit_test(symbols_of_rust_may_hold_nearly_anything),
		cmocka_unit_test(frames_without_a_word_for_it_are_refused),
		cmocka_unit_test(what_was_left_on_the_stack_is_none_of_it),
		cmocka_unit_test(syzbot_puts_places_behind_frames),
		cmocka_unit_test(decode_stacktrace_puts_places_for_offsets),
		cmocka_unit_test(places_stand_around_their_frame),
		cmocka_unit_test(functions_without_their_frame_are_taken_off),
		cmocka_unit_test(a_stack_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
