/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "count_threshold", span_of(text),
			  "sys/kernel/debug/page_owner_stacks/count_threshold");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void a_number_needs_no_newline(void **state)
{
	(void)state;
	read_text("7000");
	assert_clean(&dump, 1);
	assert_counter(&dump, "", "count_threshold", 7000, COUNTER_NUMBER);
	read_text("0\n");
	assert_clean(&dump, 1);
	assert_counter(&dump, "", "count_threshold", 0, COUNTER_NUMBER);
}

static void what_is_no_number_gives_no_counter(void **state)
{
	(void)state;
	assert_rubbish("count_threshold", "rubbish", NULL);
	assert_rubbish("count_threshold", "5 pages\n", NULL);
	assert_rubbish("count_threshold", "-5\n", NULL);
	assert_rubbish("count_threshold", "18446744073709551616\n", NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_number_needs_no_newline),
		TEST(what_is_no_number_gives_no_counter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
