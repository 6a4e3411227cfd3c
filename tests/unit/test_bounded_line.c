/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/bounded_line.h"

static char buffer[16];
static struct bounded_line line;

static int setup(void **state)
{
	(void)state;
	memset(buffer, 'x', sizeof(buffer));
	bounded_line_init(&line, buffer, 12);
	return 0;
}

static void pieces_follow_each_other(void **state)
{
	(void)state;
	assert_string_equal(buffer, "");
	bounded_line_put(&line, "a%d", 1);
	bounded_line_quote(&line, SPAN("b\n"));
	assert_string_equal(buffer, "a1b\\n");
	assert_u64(line.length, 5);
}

static void what_fits_to_the_last_byte_is_whole(void **state)
{
	(void)state;
	bounded_line_put(&line, "0123456789A");
	assert_string_equal(buffer, "0123456789A");
	assert_false(line.full);
}

static void what_does_not_fit_is_cut_and_nothing_follows(void **state)
{
	(void)state;
	bounded_line_put(&line, "0123456789AB");
	assert_string_equal(buffer, "01234567...");
	bounded_line_put(&line, "C");
	assert_string_equal(buffer, "01234567...");
	assert_int_equal(buffer[12], 'x');
}

static void a_character_is_never_cut_in_two(void **state)
{
	(void)state;
	bounded_line_put(&line, "0123456←89AB");
	assert_string_equal(buffer, "0123456...");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, setup)
	const struct CMUnitTest tests[] = {
		TEST(pieces_follow_each_other),
		TEST(what_fits_to_the_last_byte_is_whole),
		TEST(what_does_not_fit_is_cut_and_nothing_follows),
		TEST(a_character_is_never_cut_in_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
