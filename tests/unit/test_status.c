/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "status", span_of(text), "proc/812/status");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

static void rows_of_memory_and_identity_are_kept(void **state)
{
	(void)state;
	read_text("Name:\tsshd\nUmask:\t0022\nState:\tS (sleeping)\n"
		  "Tgid:\t812\nPid:\t812\nPPid:\t1\n"
		  "Uid:\t1000\t0\t1\t2\nGid:\t5\t5\t5\t5\nGroups:\t4 24\n"
		  "VmRSS:\t    5640 kB\nRssAnon:\t     724 kB\n"
		  "HugetlbPages:\t       0 kB\nVmSwap:\t       8 kB\n"
		  "Threads:\t3\nSigQ:\t1/3720\nCapEff:\t000001ffffffffff\n"
		  "Speculation_Store_Bypass:\tthread vulnerable\n"
		  "Mems_allowed:\t00000000,00000001\n");
	assert_clean(&dump, 10);
	assert_counter_text(&dump, "812", "Name", "sshd");
	assert_counter(&dump, "812", "Tgid", 812, COUNTER_NUMBER);
	assert_counter(&dump, "812", "Pid", 812, COUNTER_NUMBER);
	assert_counter(&dump, "812", "PPid", 1, COUNTER_NUMBER);
	assert_counter(&dump, "812", "Uid", 1000, COUNTER_NUMBER);
	assert_counter(&dump, "812", "Threads", 3, COUNTER_NUMBER);
	assert_counter(&dump, "812", "VmRSS", 5640, COUNTER_KIB);
	assert_counter(&dump, "812", "RssAnon", 724, COUNTER_KIB);
	assert_counter(&dump, "812", "HugetlbPages", 0, COUNTER_KIB);
	assert_counter(&dump, "812", "VmSwap", 8, COUNTER_KIB);
	assert_span(dump.counters.table->counter.group, "status");
}

static void what_the_kernel_escapes_in_a_name_is_undone(void **state)
{
	static const char *const names[][2] = {
		{"x\\n\\nPFN 0x1 typ", "x\n\nPFN 0x1 typ"},
		{"a\\\\nb", "a\\nb"},
		{"a\\\\", "a\\"},
		{"a\\", "a\\"},
		{"a\\tb", "a\\tb"},
		{" a  ", " a  "},
		{"Pid:\t5", "Pid:\t5"},
		{"\x1b[1m\xff", "\x1b[1m\xff"},
		{"", ""},
	};
	char text[64];

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(names); i++) {
		snprintf(text, sizeof(text), "Name:\t%s\n", names[i][0]);
		read_text(text);
		assert_clean(&dump, 1);
		assert_counter_text(&dump, "812", "Name", names[i][1]);
	}
}

static void damaged_rows_are_skipped(void **state)
{
	char name[400];

	(void)state;
	read_text("Uid:\tx\nPid:\t99999999999999999999\nPPid:\t1x\n"
		  "VmRSS:\t-5 kB\nVmSwap:\t 99999999999999999999 kB\n"
		  "VmPTE:\t 5 MB\nRssFile:\t5\nRssAnon:\t 12 k");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 8);
	read_text("rubbish\n\n");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.stray, 1);
	snprintf(name, sizeof(name), "Name:\t%0257d\n", 0);
	read_text(name);
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 1);
	read_text("Name:\tss");
	assert_int_equal(dump.counters.count, 0);
	assert_int_equal(dump.skipped, 1);
}

static void only_its_path_tells_the_format(void **state)
{
	(void)state;
	assert_null(format_named("status")->sniff);
	assert_true(format_named("status")->of_process);
	assert_null(format_sniff(SPAN("Name:\tsshd\nPid:\t812\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(rows_of_memory_and_identity_are_kept),
		TEST(what_the_kernel_escapes_in_a_name_is_undone),
		TEST(damaged_rows_are_skipped),
		TEST(only_its_path_tells_the_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
