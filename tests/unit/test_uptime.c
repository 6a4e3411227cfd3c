/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "uptime", span_of(text), "proc/uptime");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void uptime_is_told_in_nanoseconds(void **state)
{
	(void)state;
	read_text("28.38 27.89\n");
	assert_clean(&dump, 1);
	assert_counter(&dump, "", "uptime", 28380000000, COUNTER_NS);
	read_text("0.05 0.00\r\n");
	assert_counter(&dump, "", "uptime", 50000000, COUNTER_NS);
	read_text("1.000000001 0.00\n");
	assert_counter(&dump, "", "uptime", 1000000001, COUNTER_NS);
}

static void a_number_that_may_be_cut_is_not_taken(void **state)
{
	static const char *const texts[] = {
		"rubbish\n",
		"28\n",
		"28.3",
		"28.38 ",
		"28.38 27",
		"28.38 x\n",
		"28,38 27,89\n",
		"28.38 27.89 0.05 1/99 5\n",
		"-1.00 0.00\n",
		"28.1234567890 1.00\n",
		"99999999999.00 1.00\n",
		"99999999999999999999.00 1.00\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(texts); i++)
		assert_rubbish("uptime", texts[i], "proc/uptime");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(uptime_is_told_in_nanoseconds),
		TEST(a_number_that_may_be_cut_is_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
