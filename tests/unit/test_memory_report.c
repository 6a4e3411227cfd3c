/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/budget_maker.h"

#include "account/memory_report.h"

static struct budget_maker maker;

static int teardown(void **state)
{
	(void)state;
	budget_maker_deinit(&maker);
	return 0;
}

static void add(const char *group, const char *name, uint64_t value)
{
	const struct counter counter = {
		.group = span_of(group),
		.name = span_of(name),
		.value = value,
		.unit = COUNTER_KIB,
	};

	budget_maker_add(&maker, &counter);
}

static void add_text(const char *name, const char *text)
{
	const struct counter counter = {
		.group = SPAN("show_mem"),
		.name = span_of(name),
		.text = span_of(text),
		.unit = COUNTER_TEXT,
	};

	budget_maker_add(&maker, &counter);
}

static const char *described(void)
{
	const char *text;
	struct error err;

	assert_true(memory_report_describe(&maker.counters, &maker.arena, &text,
					   &err));
	return text;
}

static void a_report_is_named_by_its_event_and_place(void **state)
{
	(void)state;
	assert_null(described());
	add("meminfo", "MemTotal", 4000);
	assert_false(memory_report_is_source(&maker.counters));
	add("show_mem", "pages_ram", 1000);
	assert_true(memory_report_is_source(&maker.counters));
	assert_string_equal(described(), "report on memory");
	add_text("event", "oom");
	add_text("invoked_by", "a\nb");
	add("show_mem", "line", 12);
	add("show_mem", "order", 3);
	add_text("victim", "x");
	add("show_mem", "victim_pid", 7);
	assert_string_equal(described(),
			    "OOM report at line 12: 'a\\nb' invoked the OOM "
			    "killer, order 3; it killed 'x' (7)");
}

static void a_cgroup_that_ran_out_is_told(void **state)
{
	char text[400];

	(void)state;
	assert_false(memory_report_of_cgroup(&maker.counters, text, 400));
	add_text("cgroup", "/box");
	assert_true(memory_report_of_cgroup(&maker.counters, text, 400));
	assert_string_equal(
		text, "the log reports that a memory cgroup ran out of memory "
		      "(/box), nothing of the machine; 'pageowl ps' lists its "
		      "tasks");
	add("show_mem", "cgroup_usage", 24575);
	add("show_mem", "cgroup_limit", 24576);
	assert_true(memory_report_of_cgroup(&maker.counters, text, 400));
	assert_text_has(text, "(/box: usage 24575kB, limit 24576kB)");
	add("meminfo", "MemTotal", 4000);
	assert_false(memory_report_of_cgroup(&maker.counters, text, 400));
}

static void parts_that_no_report_prints_are_told(void **state)
{
	static struct budget_row rows[] = {{.id = "kernel-stacks"},
					   {.id = "percpu"}};
	struct budget budget = {.rows = rows, .row_count = 2};

	(void)state;
	assert_string_equal(memory_report_untold(&budget, &maker.arena),
			    "vmalloc, secondary page tables, compressed swap, "
			    "huge page pool");
	assert_false(memory_report_leaves_out(&budget, "vmalloc"));
	budget.untold = "vmalloc";
	assert_true(memory_report_leaves_out(&budget, "vmalloc"));
	assert_false(memory_report_leaves_out(&budget, "percpu"));
	assert_false(memory_report_leaves_out(&budget, "gpu"));
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_report_is_named_by_its_event_and_place),
		TEST(a_cgroup_that_ran_out_is_told),
		TEST(parts_that_no_report_prints_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
