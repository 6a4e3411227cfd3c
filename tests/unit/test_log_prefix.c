/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/log_prefix.h"

/* The prefix, and nothing else, is taken off all kinds of lines. */
static void assert_prefix(const char *prefix)
{
	static const char *const lines[] = {
		"Page allocated via order 0, mask 0x0()",
		"PFN 0x1 type Movable Block 0 type Movable Flags 0x0()",
		" f+0x1/0x2 [mod]",
		" [<ffffffff8117e4e3>] f+0x1/0x2",
		"Charged to memcg x",
		"",
	};
	char text[200];
	size_t i;

	for (i = 0; i < TEST_COUNT(lines); i++) {
		snprintf(text, sizeof(text), "%s%s", prefix, lines[i]);
		assert_int_equal(log_prefix_length(span_of(text)),
				 strlen(prefix));
	}
}

static void times_of_printk_are_prefixes(void **state)
{
	(void)state;
	assert_prefix("[  123.456789] ");
	assert_prefix("[12345.678901] ");
	assert_prefix("[    0.000000][    T1] ");
	assert_prefix("[    0.000000] [   C2] ");
	assert_prefix("[Mon Jan  4 09:53:54 2021] ");
	assert_prefix("[2-3219.1870] ");
	assert_prefix("[Nov23 04:42] ");
	assert_prefix("[  +0.000172] ");
	assert_prefix("[ +12.000172] ");
	assert_prefix("[    8.812345 <    0.000076>] ");
	assert_prefix("[Mon Jan  4 09:53:54 2021 <    0.000076>] ");
	assert_prefix("[<    0.000076>] ");
}

static void levels_and_facilities_are_prefixes(void **state)
{
	(void)state;
	assert_prefix("<4>");
	assert_prefix("<14>[    1.000000] ");
	assert_prefix("kern  :warn  : ");
	assert_prefix("kern  :info  : [    1.000000] ");
	assert_prefix("4,1234,567890,-;");
	assert_prefix("12,345,6789,-,caller=T1;");
}

static void dates_of_logs_are_prefixes(void **state)
{
	(void)state;
	assert_prefix("Jan  4 09:53:54 host kernel: ");
	assert_prefix("Dec 31 23:59:59 host kernel: [    1.000000] ");
	assert_prefix("2026-02-23T09:53:54.123456+01:00 host kernel: ");
	assert_prefix("2026-02-23 09:53:54 host kernel: ");
	assert_prefix("2026-02-23T09:53:54Z ");
	assert_prefix("I kernel  : ");
}

static void quotes_and_colours_are_prefixes(void **state)
{
	(void)state;
	assert_prefix("> ");
	assert_prefix("> > > ");
	assert_prefix("\033[0;32m");
	assert_prefix("\033[32m[    1.000000] \033[0m");
	assert_prefix("> [    1.000000] ");
	assert_prefix("\033[0K\033[36;1m[    1.000000] \033[0m\033[33m");
}

static void blanks_before_a_time_are_of_the_prefix(void **state)
{
	struct log_prefix prefix;

	(void)state;
	assert_prefix("    [    1.000000] ");
	assert_prefix("\t<4>[    1.000000] ");
	assert_prefix("      Jan  4 09:53:54 host kernel: ");
	prefix = log_prefix_parse(SPAN("    [    1.000002][    T1] a"));
	assert_true(prefix.time_ns == 1000002000);
	assert_span(prefix.caller, "T1");
}

static void a_prefix_alone_may_have_lost_its_space(void **state)
{
	(void)state;
	assert_int_equal(log_prefix_length(SPAN(">")), 1);
	assert_int_equal(log_prefix_length(SPAN("[    1.000000]")), 14);
	assert_int_equal(log_prefix_length(SPAN("Jan  4 09:53:54 h kernel:")),
			 25);
}

static void assert_parsed(const char *line, const char *caller,
			  uint64_t time_ns, bool of_log)
{
	struct log_prefix prefix = log_prefix_parse(span_of(line));

	assert_span(prefix.caller, caller);
	assert_true(prefix.time_ns == time_ns);
	assert_int_equal(prefix.of_log, of_log);
}

static void callers_and_times_are_told(void **state)
{
	(void)state;
	assert_parsed("[    1.000002][    T12] a", "T12", 1000002000, true);
	assert_parsed("[    1.000002] [   C1] a", "C1", 1000002000, true);
	assert_parsed("<4>[    0.000000] a", "", 0, true);
	assert_parsed("6,7,1500,-,caller=T9;a", "T9", 1500000, true);
	assert_parsed("6,7,1500,-;a", "", 1500000, true);
	assert_parsed("Jan  4 09:53:54 h kernel: a", "", UINT64_MAX, true);
	assert_parsed("Jan  4 09:53:54 h kernel: [ 2.5] a", "", 2500000000,
		      true);
	assert_parsed("[Mon Jan  4 09:53:54 2021] a", "", UINT64_MAX, true);
	assert_parsed("[    8.5 <    0.000076>] a", "", 8500000000, true);
	assert_parsed("[  +0.000172] a", "", UINT64_MAX, true);
	assert_parsed("[Nov23 04:42] a", "", UINT64_MAX, true);
	assert_parsed("> a", "", UINT64_MAX, false);
	assert_parsed("\033[0;32ma", "", UINT64_MAX, false);
	assert_parsed("a", "", UINT64_MAX, false);
	/* What is no number of a thread is none. */
	assert_parsed("[    1.000002][    T1a] b", "", 1000002000, true);
}

static void a_host_stands_behind_a_time_alone(void **state)
{
	(void)state;
	assert_prefix("[    1.000000] host kernel: ");
	assert_int_equal(log_prefix_length(SPAN("host kernel: a")), 0);
	assert_int_equal(
		log_prefix_length(SPAN("[    1.000000] a b kernel: c")), 15);
}

static void lines_of_a_dump_have_no_prefix(void **state)
{
	static const char *const lines[] = {
		"",
		" ",
		"Page allocated via order 0, mask 0x0()",
		"PFN 0x1 type Movable Block 0 type Movable Flags 0x0()",
		" f+0x1/0x2 [mod]",
		"[<ffffffff8117e4e3>] f+0x1/0x2",
		"[ext4]",
		"[]",
		"[",
		"[    1.000000",
		"[an entry of forty bytes and more, 1 of them] x",
		"[1.0]x",
		"<x>",
		"<4",
		"<4444>x",
		"1,2,3",
		"1,2,3,-",
		"Jan",
		"January 4",
		"2026-02-23",
		"2026-02-23T09:53",
		"kernel: x",
		"kern x",
		"Information",
		"    ",
		"\t",
		"    [<ffffffff8117e4e3>] f+0x1/0x2",
		"    00 00 00 6b 6b 6b 6b 6b  ........",
		"    f+0x1/0x2",
		"\033[",
		"\033[0;",
		"0xffffffffc0123456",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(lines); i++)
		assert_int_equal(log_prefix_length(span_of(lines[i])), 0);
}

/* Every cut of a prefix is looked at without reading beyond it. */
static void a_cut_prefix_is_never_read_past_its_end(void **state)
{
	static const char text[] =
		"> \033[32m<4>[    1.000000][ T1] kern  :warn  : "
		"12,345,6789,-;Jan  4 09:53:54 host kernel: I kernel  : ";
	size_t length;

	(void)state;
	for (length = 0; length < sizeof(text); length++) {
		char *exact = malloc(length + 1);

		assert_non_null(exact);
		memcpy(exact + 1, text, length);
		assert_true(log_prefix_length((struct span){exact + 1,
							    length}) <= length);
		free(exact);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_of_printk_are_prefixes),
		cmocka_unit_test(levels_and_facilities_are_prefixes),
		cmocka_unit_test(dates_of_logs_are_prefixes),
		cmocka_unit_test(quotes_and_colours_are_prefixes),
		cmocka_unit_test(blanks_before_a_time_are_of_the_prefix),
		cmocka_unit_test(a_prefix_alone_may_have_lost_its_space),
		cmocka_unit_test(callers_and_times_are_told),
		cmocka_unit_test(a_host_stands_behind_a_time_alone),
		cmocka_unit_test(lines_of_a_dump_have_no_prefix),
		cmocka_unit_test(a_cut_prefix_is_never_read_past_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
