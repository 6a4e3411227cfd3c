/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/allocinfo_row.h"

static struct allocinfo_row row;

static void read_row(const char *text)
{
	if (!allocinfo_row_parse(span_of(text), &row))
		fail_msg("%s", text);
}

static void assert_size(const char *size, uint64_t bytes)
{
	char text[100];

	snprintf(text, sizeof(text), "%s 1 mm/a.c:1 func:f", size);
	read_row(text);
	assert_u64(row.size, bytes);
}

static void assert_path(const char *path)
{
	char text[100];

	snprintf(text, sizeof(text), "4096 1 %s [m] func:f ", path);
	read_row(text);
	assert_span(row.site, path);
	assert_span(row.module, "m");
	assert_span(row.function, "f");
}

static void assert_none(const char *const *texts, size_t count)
{
	while (count--)
		if (allocinfo_row_parse(span_of(texts[count]), &row))
			fail_msg("%s", texts[count]);
}

static void a_row_has_numbers_a_site_and_a_function(void **state)
{
	(void)state;
	read_row("     4136960     1010 drivers/ring.c:20 [heron] func:fill ");
	assert_u64(row.size, 4136960);
	assert_u64(row.calls, 1010);
	assert_span(row.site, "drivers/ring.c:20");
	assert_span(row.module, "heron");
	assert_span(row.function, "fill");
	assert_true(row.spaced);
	assert_false(row.negative);
	assert_false(row.rounded);
	assert_false(row.inaccurate);
	read_row("\t0\t0 mm/a.c:1 func:f");
	assert_span(row.module, "");
	assert_false(row.spaced);
}

static void words_behind_the_function_are_passed_over(void **state)
{
	(void)state;
	read_row("1 1 mm/a.c:1 func:f numa:0,1 color:blue ");
	assert_span(row.function, "f");
	assert_false(row.inaccurate);
	read_row("1 1 mm/a.c:1 func:f numa:0,1 accurate:no  color: ");
	assert_true(row.inaccurate);
}

static void a_path_may_hold_what_it_likes(void **state)
{
	(void)state;
	assert_path("/usr/src/my modules/ring buf.c:20");
	assert_path("../heron/ring.c:7");
	assert_path("C:/heron [old]/a.c:8");
	assert_path("a:1 [x] b.c:9");
}

static void sizes_in_human_units_are_powers_of_1024(void **state)
{
	(void)state;
	assert_size("2.8M", 2936013); /* 2936012.8 */
	assert_true(row.rounded);
	assert_size("    48.0 MiB", 50331648);
	assert_size("1.5Gi", 1610612736);
	assert_size("12K", 12288);
	assert_size("123kB", 125952);
	assert_size("1,5K", 1536);
	assert_size("7.36 MiB", 7717519); /* 7717519.36 */
	assert_size("2T", 2199023255552);
	assert_size("1.00009K", 1024);
	assert_true(row.rounded);
	/* Bytes are exact. */
	assert_size("0 B", 0);
	assert_false(row.rounded);
}

static void what_is_below_zero_is_zero(void **state)
{
	(void)state;
	assert_size("-4096", 0);
	assert_true(row.negative);
	assert_u64(row.calls, 1);
	assert_size("-1.5K", 0);
	assert_true(row.negative);
	read_row("4096 18446744073709551615 mm/a.c:1 func:f");
	assert_true(row.negative);
	assert_u64(row.size, 4096);
	assert_u64(row.calls, 0);
	read_row("4096 9223372036854775807 mm/a.c:1 func:f");
	assert_false(row.negative);
	assert_u64(row.calls, INT64_MAX);
}

static void numbers_too_large_are_refused(void **state)
{
	static const char *const texts[] = {
		"9223372036854775808 1 mm/a.c:1 func:f",
		"99999999999999999999 1 mm/a.c:1 func:f",
		"1 99999999999999999999 mm/a.c:1 func:f",
		"8388608T 1 mm/a.c:1 func:f",
		"99999999999999999P 1 mm/a.c:1 func:f",
	};

	(void)state;
	assert_none(texts, TEST_COUNT(texts));
	assert_size("9223372036854775807", INT64_MAX);
}

static void what_lacks_a_part_is_no_row(void **state)
{
	static const char *const texts[] = {
		"",
		"4096 1",
		"4096 mm/a.c:1 func:f",
		"mm/a.c:1 func:f",
		"4096 1 mm/a.c:1 fun",
		"4096 1 mm/a.c func:f",
		"4096 1 mm/a.c: func:f",
		"4096 1 :1 func:f",
		"4096 1 mm/a.c:1 func:",
		"4096 1 mm/a.c:1 [] func:f",
		"4096 1 mm/a.c:12[m] func:f",
		"4096 1 mm/a.c:1 func:f what",
		"4096 1 mm/a.c:1 func:f :no",
		"4096Q 1 mm/a.c:1 func:f",
		"40-96 1 mm/a.c:1 func:f",
	};

	(void)state;
	assert_none(texts, TEST_COUNT(texts));
}

static void names_may_have_4096_bytes_together(void **state)
{
	char text[ALLOCINFO_NAMES_MAX + 100];
	size_t extra;

	(void)state;
	for (extra = 0; extra < 2; extra++) {
		int length = sprintf(text, "1 1 mm/a.c:1 [mod] func:");

		memset(text + length, 'f', ALLOCINFO_NAMES_MAX - 3 + extra);
		text[length + ALLOCINFO_NAMES_MAX - 3 + extra] = '\0';
		assert_int_equal(allocinfo_row_parse(span_of(text), &row),
				 extra == 0);
	}
}

static void two_numbers_or_a_function_begin_a_row(void **state)
{
	(void)state;
	assert_true(allocinfo_row_begins(SPAN("  4096 1 mm/a")));
	assert_true(allocinfo_row_begins(SPAN("48.0 MiB 12 ")));
	assert_true(allocinfo_row_begins(SPAN("a.c:1 func:f")));
	assert_false(allocinfo_row_begins(SPAN("4096 1")));
	assert_false(allocinfo_row_begins(SPAN("some words")));
	assert_false(allocinfo_row_begins(SPAN("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_has_numbers_a_site_and_a_function),
		cmocka_unit_test(words_behind_the_function_are_passed_over),
		cmocka_unit_test(a_path_may_hold_what_it_likes),
		cmocka_unit_test(sizes_in_human_units_are_powers_of_1024),
		cmocka_unit_test(what_is_below_zero_is_zero),
		cmocka_unit_test(numbers_too_large_are_refused),
		cmocka_unit_test(what_lacks_a_part_is_no_row),
		cmocka_unit_test(names_may_have_4096_bytes_together),
		cmocka_unit_test(two_numbers_or_a_function_begin_a_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
