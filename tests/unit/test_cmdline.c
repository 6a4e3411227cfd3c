/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "cmdline", span_of(text), "proc/cmdline");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void the_line_is_kept_as_it_is(void **state)
{
	(void)state;
	read_text("> [1] page_owner=on dyndbg=\"file x +p\"\n\n");
	assert_clean(&dump, 1);
	assert_counter_text(&dump, "", "cmdline",
			    "> [1] page_owner=on dyndbg=\"file x +p\"");
}

static void what_no_kernel_prints_gives_no_counter(void **state)
{
	(void)state;
	counter_dump_read(&dump, "cmdline", SPAN("a\0b\n"), "proc/cmdline");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 1);
	read_text("cat: /proc/cmdline: Permission denied\n");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.stray, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_line_is_kept_as_it_is),
		TEST(what_no_kernel_prints_gives_no_counter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
