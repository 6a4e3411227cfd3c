/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "cgroup", span_of(text), "proc/812/cgroup");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void the_unified_hierarchy_goes_before_all(void **state)
{
	(void)state;
	read_text("0::/user.slice/a b:c \n");
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "812", "cgroup", "/user.slice/a b:c ");
	assert_span(dump.counters.table->counter.group, "cgroup");
	read_text("9:memory:/docker/4f\n1:name=systemd:/s\n0::/u\n");
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "812", "cgroup", "/u");
}

static void then_that_of_memory_then_that_of_systemd(void **state)
{
	(void)state;
	read_text("12:cpu,cpuacct:/c\n2:name=systemd:/s\n"
		  "9:hugetlb,memory:/m\n3:memory:/n\n");
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "812", "cgroup", "/m");
	read_text("4:memoryx:/x\n3:name=systemd:/s\n2:name=systemd:/t\n");
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "812", "cgroup", "/s");
	read_text("4:cpu:/x\n1:name=elogind:/e\n");
	assert_clean(&dump, 0);
	read_text("");
	assert_clean(&dump, 0);
}

static void what_is_no_such_line_is_skipped(void **state)
{
	char text[5000];

	(void)state;
	read_text("0:/a\n0::a\n::/a\nx\n99999999999999999999::/a\n0:\n0::\n");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 7);
	read_text("0::/user.sli");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 1);
	snprintf(text, sizeof(text), "0::/%04096d\n1:memory:/m\n", 0);
	read_text(text);
	assert_int_equal(dump.skipped, 1);
	assert_counter_text(&dump, "812", "cgroup", "/m");
	snprintf(text, sizeof(text), "0::/%04095d\n", 0);
	read_text(text);
	assert_clean(&dump, 1);
}

static void only_its_path_tells_the_format(void **state)
{
	(void)state;
	assert_null(format_named("cgroup")->sniff);
	assert_null(format_sniff(SPAN("0::/init.scope\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_unified_hierarchy_goes_before_all),
		TEST(then_that_of_memory_then_that_of_systemd),
		TEST(what_is_no_such_line_is_skipped),
		TEST(only_its_path_tells_the_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
