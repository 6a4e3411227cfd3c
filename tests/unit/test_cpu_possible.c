/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

#define PATH "sys/devices/system/cpu/possible"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "cpu_possible", span_of(text), PATH);
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void the_cpus_of_a_list_are_counted(void **state)
{
	static const struct {
		const char *text;
		uint64_t cpus;
	} lists[] = {
		{"0\n", 1},
		{"0-127\n", 128},
		{"0-1,4,6-7\n", 5},
		{"0-65535\n", 65536},
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(lists); i++) {
		read_text(lists[i].text);
		assert_clean(&dump, 1);
		assert_counter(&dump, "", "possible", lists[i].cpus,
			       COUNTER_NUMBER);
	}
}

static void a_list_that_may_be_cut_or_is_none_is_not_taken(void **state)
{
	static const char *const texts[] = {
		"rubbish\n",
		"0-12",
		"0-\n",
		"0,\n",
		"-1\n",
		"7-0\n",
		"0-3,3\n",
		"3,0\n",
		"0-65536\n",
		"0-3 x\n",
		"0-18446744073709551615\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(texts); i++)
		assert_rubbish("cpu_possible", texts[i], PATH);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_cpus_of_a_list_are_counted),
		TEST(a_list_that_may_be_cut_or_is_none_is_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
