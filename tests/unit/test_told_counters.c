/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "input/told_counters.h"

static struct capture capture;

static int setup(void **state)
{
	(void)state;
	capture = (struct capture){.path = "log"};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	capture_deinit(&capture);
	return 0;
}

static void add(struct counters *counters, const char *group, const char *name,
		uint64_t value)
{
	const struct counter counter = {
		.group = span_of(group),
		.name = span_of(name),
		.value = value,
	};
	struct error err;

	assert_true(counters_add(counters, &counter, &err));
}

static void adopt(void)
{
	struct error err;

	assert_true(told_counters_adopt(&capture, &err));
	assert_int_equal(capture.told.count, 0);
	assert_int_equal(capture.reported.count, 0);
}

static void assert_counter(const char *group, const char *name, uint64_t value)
{
	uint64_t found;

	assert_true(counters_value(&capture.counters, group, SPAN(""), name,
				   &found));
	assert_u64(found, value);
}

static void assert_none(const char *group, const char *name)
{
	assert_null(counters_find(&capture.counters, group, SPAN(""), name));
}

static void each_kind_has_its_place(void **state)
{
	const struct format *report = format_named("show_mem");
	const struct format *own = format_named("meminfo");

	(void)state;
	assert_ptr_equal(told_counters_place(&capture, own, false, "a"),
			 &capture.counters);
	assert_ptr_equal(told_counters_place(&capture, own, true, "a"),
			 &capture.told);
	assert_ptr_equal(told_counters_place(&capture, report, false, "b"),
			 &capture.reported);
	assert_ptr_equal(told_counters_place(&capture, report, true, "c"),
			 &capture.reported);
	assert_string_equal(capture.reported_path, "b");
}

static void a_log_adds_the_groups_that_lack(void **state)
{
	(void)state;
	add(&capture.counters, "version", "own", 1);
	add(&capture.told, "version", "old", 2);
	add(&capture.told, "cmdline", "old", 3);
	adopt();
	assert_counter("version", "own", 1);
	assert_none("version", "old");
	assert_counter("cmdline", "old", 3);
}

static void a_report_is_taken_whole_or_not_at_all(void **state)
{
	(void)state;
	add(&capture.counters, "version", "own", 1);
	add(&capture.reported, "meminfo", "MemTotal", 2);
	add(&capture.reported, "zoneinfo", "managed", 3);
	adopt();
	assert_counter("meminfo", "MemTotal", 2);
	assert_counter("zoneinfo", "managed", 3);
	add(&capture.reported, "show_mem", "order", 4);
	adopt();
	assert_none("show_mem", "order");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_kind_has_its_place),
		TEST(a_log_adds_the_groups_that_lack),
		TEST(a_report_is_taken_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
