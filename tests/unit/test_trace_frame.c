/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_frame.h"

#include "tests/support/check.h"

static struct stack_text stack;

static void assert_frame(const char *line, const char *frame)
{
	stack.length = 0;
	assert_int_equal(trace_frame_kind(span_of(line)), TRACE_FRAME_KERNEL);
	assert_true(trace_frame_add(&stack, span_of(line)));
	assert_span(stack_text_span(&stack), frame);
}

static void frames_of_tracefs_have_an_arrow(void **state)
{
	(void)state;
	assert_frame(" => otter_dive", " otter_dive\n");
	assert_frame(" => otter_dive+0x1/0x2 [otter]",
		     " otter_dive+0x1/0x2 [otter]\n");
	assert_frame(" => otter_dive+0x1/0x2 [otter] <ffffffffc0123456>",
		     " otter_dive+0x1/0x2 [otter]\n");
	assert_frame(" => 0xffffffffc0123456", " 0xffffffffc0123456\n");
	assert_frame("=> otter_dive (ffffffffc0123456)", " otter_dive\n");
	assert_frame("               => otter_dive+0x12 (ffffffffc0123456)",
		     " otter_dive+0x12\n");
	assert_frame("=> ffffffffc0123456", " 0xffffffffc0123456\n");
}

static void frames_of_perf_say_where_they_are_of(void **state)
{
	(void)state;
	assert_frame("\tffffffff81234567 otter_dive+0x12 ([kernel.kallsyms])",
		     " otter_dive+0x12\n");
	assert_frame("        ffffffff81234567 otter_dive", " otter_dive\n");
	assert_frame("\tffffffffc0234567 holt+0x1 ([otter])",
		     " holt+0x1 [otter]\n");
	assert_frame("\tffffffffc0234567 holt+0x1 "
		     "(/lib/modules/6.1/kernel/sea-otter.ko.xz)",
		     " holt+0x1 [sea_otter]\n");
	assert_frame("\tffffffff81234567 holt+0x1 (/usr/lib/debug/vmlinux-6.1)",
		     " holt+0x1\n");
	assert_frame("\tffffffffc0234567 [unknown] ([unknown])",
		     " 0xffffffffc0234567\n");
	assert_frame("\tc0234567 holt+0x1 ([kernel.kallsyms])", " holt+0x1\n");
	assert_frame("\tffffffff81234567 holt (inlined)", "");
}

static void frames_of_programs_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(trace_frame_kind(SPAN("\t    7fbda58f2ad7 [unknown] "
					       "([unknown])")),
			 TRACE_FRAME_USER);
	assert_int_equal(trace_frame_kind(SPAN("\t  401136 main+0x4 "
					       "(/usr/bin/otter)")),
			 TRACE_FRAME_USER);
	assert_int_equal(trace_frame_kind(SPAN("\t7ffd12345678 x ([vdso])")),
			 TRACE_FRAME_USER);
	assert_int_equal(trace_frame_kind(SPAN("  otter.c:12")),
			 TRACE_FRAME_BESIDE);
	assert_int_equal(trace_frame_kind(SPAN("otter")), TRACE_FRAME_NONE);
	assert_int_equal(trace_frame_kind(SPAN("  ")), TRACE_FRAME_NONE);
}

static void the_tracer_itself_is_left_out(void **state)
{
	(void)state;
	stack.length = 0;
	trace_frame_add(&stack, SPAN(" => trace_event_raw_event_kmalloc"));
	trace_frame_add(&stack, SPAN(" => __kmalloc"));
	trace_frame_add(&stack, SPAN(" => perf_trace_otter"));
	assert_span(stack_text_span(&stack), " __kmalloc\n perf_trace_otter\n");
}

static void a_call_site_is_a_frame(void **state)
{
	static const char *const sites[][2] = {
		{"f+0x1/0x2 [otter]", " f+0x1/0x2 [otter]\n"},
		{"f+0x1", " f+0x1\n"},
		{"(f+0x1)", " f+0x1\n"},
		{"ffffffff81234567", " 0xffffffff81234567\n"},
		{"0xffffffff81234567", " 0xffffffff81234567\n"},
		{"", ""},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sites) / sizeof(sites[0]); i++) {
		stack.length = 0;
		assert_true(trace_frame_add_site(&stack, span_of(sites[i][0])));
		assert_span(stack_text_span(&stack), sites[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_of_tracefs_have_an_arrow),
		cmocka_unit_test(frames_of_perf_say_where_they_are_of),
		cmocka_unit_test(frames_of_programs_are_told_apart),
		cmocka_unit_test(the_tracer_itself_is_left_out),
		cmocka_unit_test(a_call_site_is_a_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
