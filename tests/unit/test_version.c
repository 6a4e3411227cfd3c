/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/counter_dump.h"

static struct collector dump;

static void read_text(const char *text)
{
	counter_dump_read(&dump, "version", span_of(text), "proc/version");
}

static int teardown(void **state)
{
	(void)state;
	collector_deinit(&dump);
	return 0;
}

#define LINE                                                             \
	"Linux version 6.12.117-lab (root@vm) (gcc (Debian) 12.2.0) #1 " \
	"SMP PREEMPT_DYNAMIC Sun Nov 22 09:19:59 UTC 2026"

static void the_line_and_the_release_in_it_are_kept(void **state)
{
	(void)state;
	read_text(LINE "\n");
	assert_clean(&dump, 2);
	assert_counter_text(&dump, "", "release", "6.12.117-lab");
	assert_counter_text(&dump, "", "version", LINE);
	assert_u64(dump.sink.lines, 1);
}

static void other_text_gives_no_counter(void **state)
{
	(void)state;
	assert_rubbish("version", "rubbish\n", NULL);
	assert_rubbish("version", "Linux version \n", NULL);
	assert_rubbish("version", "Linux version 6.12", NULL);
	assert_rubbish("version", "Linux version 6.1\x01 x\n", NULL);
	assert_rubbish("version", "cat: /proc/version: No such file\n", NULL);
}

static void a_second_line_is_stray(void **state)
{
	(void)state;
	read_text(LINE "\r\n\nmore\n");
	assert_int_equal(dump.counters.count, 2);
	assert_counter_text(&dump, "", "version", LINE);
	assert_int_equal(dump.stray, 1);
}

static void assert_sniffed(const char *text, size_t at)
{
	const struct format *format = format_sniff(span_of(text));

	assert_non_null(format);
	assert_string_equal(format->name, "version");
	assert_ptr_equal(format->sniff(span_of(text)), text + at);
}

static void it_decides_only_where_nothing_follows(void **state)
{
	(void)state;
	assert_sniffed(LINE "\n", 0);
	assert_sniffed(LINE, 0);
	assert_null(format_sniff(SPAN("x\n" LINE "\n")));
	assert_null(format_sniff(SPAN("[    0.000000] " LINE "\n")));
	assert_null(format_sniff(SPAN(LINE "\nCommand line: x\n")));
	assert_string_equal(
		format_sniff(SPAN(LINE "\n\nPage allocated via order 0, mask "
				       "0x0()\n"))
			->name,
		"page_owner");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_line_and_the_release_in_it_are_kept),
		TEST(other_text_gives_no_counter),
		TEST(a_second_line_is_stray),
		TEST(it_decides_only_where_nothing_follows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
