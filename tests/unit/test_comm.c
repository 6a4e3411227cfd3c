/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "comm", span_of(text), "proc/812/comm");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void a_name_may_hold_any_byte(void **state)
{
	static const char *const names[][2] = {
		{"sshd\n", "sshd"},
		{"x\n\nPFN 0x1 typ\n", "x\n\nPFN 0x1 typ"},
		{"\n\n", "\n"},
		{"\n", ""},
		{" a \r\n", " a \r"},
		{"cat: /proc/1/co\n", "cat: /proc/1/co"},
		{"no newline", "no newline"},
		{"\x1b[31m\xff\n", "\x1b[31m\xff"},
	};

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(names); i++) {
		read_text(names[i][0]);
		assert_clean(&dump, 1);
		assert_counter_text(&dump, "812", "comm", names[i][1]);
		assert_span(dump.counters.table->counter.group, "comm");
	}
}

static void a_process_that_is_gone_has_no_name(void **state)
{
	(void)state;
	read_text("");
	assert_clean(&dump, 0);
}

static void what_is_longer_than_any_name_is_none(void **state)
{
	char text[400];

	(void)state;
	snprintf(text, sizeof(text), "%0256d", 0);
	read_text(text);
	assert_clean(&dump, 1);
	snprintf(text, sizeof(text), "%0256d\n", 0);
	read_text(text);
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 1);
	read_text("cat: /proc/812/comm: No such process\n");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.stray, 1);
}

static void only_its_path_tells_the_format(void **state)
{
	(void)state;
	assert_null(format_named("comm")->sniff);
	assert_true(format_named("comm")->of_process);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_name_may_hold_any_byte),
		TEST(a_process_that_is_gone_has_no_name),
		TEST(what_is_longer_than_any_name_is_none),
		TEST(only_its_path_tells_the_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
