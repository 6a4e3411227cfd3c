/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <locale.h>

#include "output/csv_writer.h"

static char *written;
static size_t written_length;
static struct csv_writer csv;

static int setup(void **state)
{
	(void)state;
	written = NULL;
	csv = (struct csv_writer){
		.file = open_memstream(&written, &written_length)};
	return csv.file ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	free(written);
	return 0;
}

static void assert_written(const char *expected)
{
	csv_end_row(&csv);
	fclose(csv.file);
	assert_string_equal(written, expected);
}

static void cells_are_parted_by_commas_and_rows_by_newlines(void **state)
{
	(void)state;
	csv_string(&csv, "a");
	csv_u64(&csv, 1);
	csv_end_row(&csv);
	csv_string(&csv, "b");
	csv_u64(&csv, 2);
	assert_written("a,1\nb,2\n");
}

static void an_empty_first_cell_is_a_cell(void **state)
{
	(void)state;
	csv_empty(&csv);
	csv_string(&csv, NULL);
	csv_text(&csv, (struct span){0});
	csv_u64_if(&csv, false, 5);
	csv_u64_if(&csv, true, 6);
	assert_written(",,,,6\n");
}

static void numbers_are_exact_to_their_ends(void **state)
{
	(void)state;
	csv_u64(&csv, UINT64_MAX);
	csv_i64(&csv, INT64_MIN);
	csv_i64(&csv, INT64_MAX);
	assert_written("18446744073709551615,-9223372036854775808,"
		       "9223372036854775807\n");
}

static void shares_have_four_digits_in_any_locale(void **state)
{
	(void)state;
	setlocale(LC_ALL, "de_DE.UTF-8");
	csv_share(&csv, 0.0);
	csv_share(&csv, 0.12345);
	csv_share(&csv, 1.0);
	csv_share(&csv, -1.0);
	setlocale(LC_ALL, "C");
	assert_written("0.0000,0.1235,1.0000,\n");
}

static void what_would_part_a_cell_is_quoted(void **state)
{
	(void)state;
	csv_string(&csv, "a,b");
	csv_string(&csv, "say \"x\"");
	csv_string(&csv, "a;b");
	csv_string(&csv, "a b");
	assert_written("\"a,b\",\"say \"\"x\"\"\",\"a;b\",a b\n");
}

static void a_formula_is_text(void **state)
{
	(void)state;
	csv_string(&csv, "=1+1");
	csv_string(&csv, "+1");
	csv_string(&csv, "-1");
	csv_string(&csv, "@x");
	csv_string(&csv, "a=1");
	assert_written("\"'=1+1\",\"'+1\",\"'-1\",\"'@x\",a=1\n");
}

static void what_no_line_may_hold_is_escaped(void **state)
{
	(void)state;
	csv_string(&csv, "a\nb\r\t\033");
	csv_text(&csv, SPAN("x\0y"));
	csv_string(&csv, "\xff\xc3\xa9");
	assert_written("a\\x0ab\\x0d\\x09\\x1b,x\\x00y,\\xff\xc3\xa9\n");
}

static void lines_become_one_cell(void **state)
{
	(void)state;
	csv_lines(&csv, SPAN(" f+0x1/0x2\n g+0x3/0x4 [mod]\n"), CSV_CALLER);
	csv_lines(&csv, SPAN(" f,g\n  x\n"), CSV_CALLER);
	csv_lines(&csv, (struct span){0}, CSV_CALLER);
	csv_lines(&csv, SPAN(" one"), CSV_CALLER);
	csv_lines(&csv, SPAN(" =f\n =g\n"), CSV_CALLER);
	assert_written("f+0x1/0x2 < g+0x3/0x4 [mod],\"f,g <  x\",,one,"
		       "\"'=f < =g\"\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static void what_is_not_known_is_empty_and_decimals_have_four_digits(
	void **state)
{
	(void)state;
	csv_decimal_if(&csv, true, 0.5);
	csv_decimal_if(&csv, true, -2);
	csv_decimal_if(&csv, false, 1);
	csv_decimal_if(&csv, true, 1e300);
	csv_i64_if(&csv, true, -7);
	csv_i64_if(&csv, false, 7);
	assert_written("0.5000,-2.0000,,,-7,\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_not_known_is_empty_and_decimals_have_four_digits),
		TEST(cells_are_parted_by_commas_and_rows_by_newlines),
		TEST(an_empty_first_cell_is_a_cell),
		TEST(numbers_are_exact_to_their_ends),
		TEST(shares_have_four_digits_in_any_locale),
		TEST(what_would_part_a_cell_is_quoted),
		TEST(a_formula_is_text),
		TEST(what_no_line_may_hold_is_escaped),
		TEST(lines_become_one_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
