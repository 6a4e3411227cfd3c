/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/text_width.h"

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_deinit(&arena);
	return 0;
}

static const char *left(const char *text, size_t width)
{
	const char *cut = text_cut_left(&arena, text, width);

	assert_non_null(cut);
	return cut;
}

static void a_width_is_counted_in_characters(void **state)
{
	(void)state;
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("a←ö"), 3);
}

static void a_cut_takes_the_middle(void **state)
{
	(void)state;
	assert_string_equal(text_cut(&arena, "abcdefgh", 8), "abcdefgh");
	assert_string_equal(text_cut(&arena, "abcdefgh", 7), "abc…fgh");
	assert_string_equal(text_cut(&arena, "←←←←←", 3), "←…←");
}

static void a_path_loses_folders_from_its_front(void **state)
{
	(void)state;
	assert_string_equal(left("drivers/net/veth.c:12", 21),
			    "drivers/net/veth.c:12");
	assert_string_equal(left("drivers/net/veth.c:12", 20),
			    "…/net/veth.c:12");
	assert_string_equal(left("drivers/net/veth.c:12", 15),
			    "…/net/veth.c:12");
	assert_string_equal(left("drivers/net/veth.c:12", 14), "…/veth.c:12");
}

static void a_name_that_is_too_long_loses_its_front(void **state)
{
	(void)state;
	assert_string_equal(left("drivers/net/veth.c:12", 9), "…eth.c:12");
	assert_string_equal(left("net/äöü.c:1", 6), "…ü.c:1");
}

static void no_cut_is_wider_than_asked(void **state)
{
	size_t width;

	(void)state;
	for (width = 2; width < 30; width++) {
		assert_true(text_width(left("/a/bb/ccc/ö.c:7", width)) <=
			    width);
		assert_true(text_width(text_cut(&arena, "/a/bb/ccc/ö.c:7",
						width)) <= width);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_width_is_counted_in_characters),
		cmocka_unit_test(a_cut_takes_the_middle),
		cmocka_unit_test(a_path_loses_folders_from_its_front),
		cmocka_unit_test(a_name_that_is_too_long_loses_its_front),
		cmocka_unit_test(no_cut_is_wider_than_asked),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
