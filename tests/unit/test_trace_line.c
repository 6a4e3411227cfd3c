/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_line.h"

#include "model/record.h"
#include "tests/support/check.h"

static void assert_event(const char *text, const char *event,
			 const char *fields, uint64_t ts_ns)
{
	struct trace_line line;

	assert_true(trace_line_split(span_of(text), &line));
	assert_span(line.event, event);
	assert_span(line.fields, fields);
	assert_u64(line.ts_ns, ts_ns);
}

static void assert_task(const char *text, const char *comm, const char *pid,
			const char *tgid, const char *cpu)
{
	struct trace_line line;
	struct trace_task task;

	assert_true(trace_line_split(span_of(text), &line));
	trace_line_task(&line, &task);
	assert_span(task.comm, comm);
	assert_span(task.pid, pid);
	assert_span(task.tgid, tgid);
	assert_span(task.cpu, cpu);
	assert_u64(trace_line_cpu(&line),
		   *cpu ? strtoull(cpu, NULL, 10) : TRACE_CPU_NONE);
}

static void the_time_stands_before_the_event(void **state)
{
	(void)state;
	assert_event("   otter-12      [001] d..1.   12.000034: kfree: ptr=1",
		     "kfree", " ptr=1", 12000034000);
	assert_event("otter 12/13 [001] 12.000000034: kmem:kfree: ptr=1",
		     "kfree", " ptr=1", 12000000034);
	assert_event("otter 12 [001]  12.5:     1   kmem:kfree: ptr=1", "kfree",
		     " ptr=1", 12500000000);
	assert_event(" otter-12 [001] .....  12.000034: <stack trace>",
		     "<stack trace>", "", 12000034000);
	assert_event("otter-12  [001]  12.000034: kernel_stack:  <stack trace>",
		     "kernel_stack", "  <stack trace>", 12000034000);
}

static void a_clock_that_is_no_time_is_passed_over(void **state)
{
	(void)state;
	assert_event(" otter-12 [001] ..... 81934: kfree: ptr=1", "kfree",
		     " ptr=1", TS_NONE);
	assert_event(" otter-12   1d..1.   34us : kfree: ptr=1", "kfree",
		     " ptr=1", TS_NONE);
	assert_event(" otter-12   1d..1.   34us!: kfree: ptr=1", "kfree",
		     " ptr=1", TS_NONE);
	assert_event(" otter 12 1 1 00000002 0000000a [000009d1] 0.034ms "
		     "(+0.001ms): kfree: ptr=1",
		     "kfree", " ptr=1", TS_NONE);
	assert_event("otter 12 [001] kmem:kfree: ptr=1", "kfree", " ptr=1",
		     TS_NONE);
	assert_event(" x-1 [001] . 18446744073709551615.000000: kfree: ptr=1",
		     "kfree", " ptr=1", TS_NONE);
}

static void a_time_beyond_what_64_bits_hold_is_none(void **state)
{
	(void)state;
	assert_event(" x-1 [001] . 18446744072.000001: kfree: ptr=1", "kfree",
		     " ptr=1", 18446744072000001000u);
	assert_event(" x-1 [001] . 18446744073.709551615: kfree: ptr=1",
		     "kfree", " ptr=1", TS_NONE);
	assert_event(" x-1 [001] . 18446744073.999999: kfree: ptr=1", "kfree",
		     " ptr=1", TS_NONE);
}

/* Lines of hostile lengths: each colon looks back a little way only. */
static void the_verbose_form_is_short(void **state)
{
	char text[400];
	struct trace_line line;

	(void)state;
	snprintf(text, sizeof(text), "x [%0*d (+0.001ms): kfree: ptr=1", 68, 0);
	assert_event(text, "kfree", " ptr=1", TS_NONE);
	snprintf(text, sizeof(text), "x [%0*d (+0.001ms): kfree: ptr=1", 69, 0);
	assert_false(trace_line_split(span_of(text), &line));
	snprintf(text, sizeof(text), "x 1.5: <%0*d>: kfree: ptr=1", 300, 0);
	assert_false(trace_line_split(span_of(text), &line));
}

static void an_event_is_of_one_system(void **state)
{
	struct trace_line line;

	(void)state;
	assert_event("x 1.5: kmem:kfree: ptr=1", "kfree", " ptr=1", 1500000000);
	assert_event("x 1.5: kfree:", "kfree", "", 1500000000);
	assert_false(trace_line_split(SPAN("x 1.5: a:kmem:kfree: ptr"), &line));
	assert_false(trace_line_split(SPAN("x 1.5: :kfree: ptr"), &line));
}

static void text_that_quotes_an_event_is_none(void **state)
{
	struct trace_line line;

	(void)state;
	assert_false(trace_line_split(SPAN("kfree: ptr=1"), &line));
	assert_false(trace_line_split(SPAN("a kmem:kfree:ptr=1"), &line));
	assert_false(trace_line_split(SPAN("otter: kfree: ptr=1"), &line));
	assert_false(trace_line_split(SPAN("at 12:30: nothing"), &line));
	assert_false(trace_line_split(SPAN(""), &line));
	assert_event(" x-1 [001] . 1.5: tracing_mark_write: 2.5: kfree: ptr=1",
		     "tracing_mark_write", " 2.5: kfree: ptr=1", 1500000000);
}

static void a_name_may_hold_what_divides(void **state)
{
	(void)state;
	assert_task("     otter-12     [001] d..1. 1.5: kfree: ptr=1", "otter",
		    "12", "", "1");
	assert_task(" kworker/u8:2-ev-77  [012] 1.5: kfree: ptr=1",
		    "kworker/u8:2-ev", "77", "", "12");
	assert_task(" a: b [3] 1-9 [002] ..... 1.5: kfree: ptr=1", "a: b [3] 1",
		    "9", "", "2");
	assert_task(" otter-12   (   11) [000] ..... 1.5: kfree: ptr=1",
		    "otter", "12", "11", "0");
	assert_task(" otter-12   (-----) [000] ..... 1.5: kfree: ptr=1",
		    "otter", "12", "", "0");
	assert_task("sea otter 11/12  [003]  1.5: kmem:kfree: ptr=1",
		    "sea otter", "12", "11", "3");
	assert_task("sea-otter 12 1.5: kmem:kfree: ptr=1", "sea-otter", "12",
		    "", "");
	assert_task("   otter-12      2d..1.  3us : kfree: ptr=1", "otter",
		    "12", "", "2");
}

static void lost_events_are_told_in_many_ways(void **state)
{
	static const struct {
		const char *text;
		uint64_t lost;
	} lines[] = {
		{"CPU:2 [LOST 1234 EVENTS]", 1234},
		{"CPU:2 [LOST EVENTS]", 0},
		{"CPU:1 [12 EVENTS DROPPED]", 12},
		{"LOST 7 events!", 7},
		{"swapper 0 [000] 1.5: PERF_RECORD_LOST lost 9", 9},
		{"# entries-in-buffer/entries-written: 40/100   #P:4", 60},
	};
	uint64_t lost;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_true(trace_line_lost(span_of(lines[i].text), &lost));
		assert_u64(lost, lines[i].lost);
	}
	assert_false(trace_line_lost(SPAN("LOST 7 otters"), &lost));
	assert_false(trace_line_lost(SPAN("CPU: 2 PID: 7 Comm: x"), &lost));
	assert_false(trace_line_lost(
		SPAN("# entries-in-buffer/entries-written: 9/1"), &lost));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_time_stands_before_the_event),
		cmocka_unit_test(a_clock_that_is_no_time_is_passed_over),
		cmocka_unit_test(a_time_beyond_what_64_bits_hold_is_none),
		cmocka_unit_test(the_verbose_form_is_short),
		cmocka_unit_test(an_event_is_of_one_system),
		cmocka_unit_test(text_that_quotes_an_event_is_none),
		cmocka_unit_test(a_name_may_hold_what_divides),
		cmocka_unit_test(lost_events_are_told_in_many_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
