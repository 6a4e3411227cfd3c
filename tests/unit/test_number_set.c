/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/number_set.h"

static struct number_set set_of(const char *list)
{
	struct number_set set = {0};

	assert_true(number_set_add_list(&set, span_of(list)));
	return set;
}

/* The list as it is printed with room for capacity bytes. */
static void assert_text(const char *list, size_t capacity, const char *expected)
{
	const struct number_set set = set_of(list);
	char text[256];

	memset(text, '#', sizeof(text));
	assert_ptr_equal(number_set_text(&set, text, capacity), text);
	assert_string_equal(text, expected);
	assert_int_equal(text[capacity], '#');
}

static void an_empty_set_is_printed_as_nothing(void **state)
{
	struct number_set set = {0};
	char text[8];

	(void)state;
	assert_true(number_set_is_empty(&set));
	assert_string_equal(number_set_text(&set, text, sizeof(text)), "");
	set = set_of("0");
	assert_false(number_set_is_empty(&set));
}

static void lists_and_ranges_are_printed_as_the_kernel_does(void **state)
{
	(void)state;
	assert_text("0", 255, "0");
	assert_text("0-3,7", 255, "0-3,7");
	assert_text("7,0,1,2,3", 255, "0-3,7");
	assert_text("5-5", 255, "5");
	assert_text("0-3,4-9", 255, "0-9");
	assert_text("62-65,127,128", 255, "62-65,127-128");
	assert_text("0-1023", 255, "0-1023");
}

static void sets_are_added(void **state)
{
	struct number_set set = set_of("1-2"), other = set_of("3,1023");
	char text[32];

	(void)state;
	number_set_add(&set, &other);
	assert_string_equal(number_set_text(&set, text, sizeof(text)),
			    "1-3,1023");
	assert_true(number_set_add_list(&set, SPAN("0")));
	assert_string_equal(number_set_text(&set, text, sizeof(text)),
			    "0-3,1023");
}

static void what_is_no_list_adds_nothing(void **state)
{
	static const char *const lists[] = {
		"",
		"a",
		"1,",
		",1",
		"1-",
		"3-2",
		"1 2",
		"1,2,x",
		"-1",
		"1--2",
		"1,2\n",
		"0x1",
		"1-2-3",
		"99999999999999999999",
		"0-99999999999999999999",
	};
	struct number_set set = set_of("4");
	char text[32];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(lists); i++) {
		assert_false(number_set_add_list(&set, span_of(lists[i])));
		assert_string_equal(number_set_text(&set, text, sizeof(text)),
				    "4");
	}
}

static void numbers_above_1023_are_said_to_be_there(void **state)
{
	struct number_set set = {0}, other = set_of("1024");

	(void)state;
	assert_text("1024", 255, "…");
	assert_text("1,1024", 255, "1,…");
	assert_text("1000-18446744073709551615", 255, "1000-1023,…");
	assert_false(number_set_is_empty(&other));
	number_set_add(&set, &other);
	assert_true(set.more);
}

static void a_list_that_just_fits_is_whole(void **state)
{
	(void)state;
	assert_text("0,2,4,6", 8, "0,2,4,6");
	assert_text("0", 2, "0");
	assert_text("1000-1001", 10, "1000-1001");
}

static void a_long_list_is_cut_at_a_comma(void **state)
{
	(void)state;
	assert_text("0,2,4,6", 7, "0,…");
	assert_text("0,2,4,6,8", 8, "0,2,…");
	assert_text("0-3,10-13,20", 12, "0-3,…");
	assert_text("100,200", 6, "…");
	assert_text("100,200", 4, "…");
	assert_text("100,200", 3, "");
	assert_text("100,200", 1, "");
	assert_text("1,1024", 6, "1,…");
	assert_text("1,1024", 5, "…");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_set_is_printed_as_nothing),
		cmocka_unit_test(
			lists_and_ranges_are_printed_as_the_kernel_does),
		cmocka_unit_test(sets_are_added),
		cmocka_unit_test(what_is_no_list_adds_nothing),
		cmocka_unit_test(numbers_above_1023_are_said_to_be_there),
		cmocka_unit_test(a_list_that_just_fits_is_whole),
		cmocka_unit_test(a_long_list_is_cut_at_a_comma),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
