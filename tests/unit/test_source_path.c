/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/source_path.h"

static void assert_clean(const char *path, const char *expected)
{
	char copy[256];

	snprintf(copy, sizeof(copy), "%s", path);
	source_path_clean(copy);
	assert_string_equal(copy, expected);
}

static void a_clean_path_stays(void **state)
{
	(void)state;
	assert_clean("mm/slub.c", "mm/slub.c");
	assert_clean("/usr/src/linux/mm/slub.c", "/usr/src/linux/mm/slub.c");
	assert_clean("", "");
	assert_clean("/", "/");
	assert_clean("a..b/.c/..d", "a..b/.c/..d");
}

static void the_folder_itself_and_doubled_slashes_go(void **state)
{
	(void)state;
	assert_clean("./mm/./slub.c", "mm/slub.c");
	assert_clean("//a///b", "/a/b");
	assert_clean("a/", "a");
	assert_clean(".", "");
}

static void a_folder_that_is_left_again_goes(void **state)
{
	(void)state;
	assert_clean("arch/x86/../../mm/slub.c", "mm/slub.c");
	assert_clean("/build/obj/../src/mm/slub.c", "/build/src/mm/slub.c");
	assert_clean("/a/..", "/");
	assert_clean("/a/../b", "/b");
	assert_clean("a/..", "");
}

static void what_lies_above_the_start_stays(void **state)
{
	(void)state;
	assert_clean("../include/linux/mm.h", "../include/linux/mm.h");
	assert_clean("a/../../b", "../b");
	assert_clean("../../b", "../../b");
	assert_clean("/../b", "/b");
}

static void a_prefix_is_what_stands_before_the_known_file(void **state)
{
	(void)state;
	assert_int_equal(
		source_path_prefix("/usr/src/linux/init/main.c", "init/main.c"),
		15);
	assert_int_equal(source_path_prefix("b/init/main.c", "init/main.c"), 2);
	assert_int_equal(source_path_prefix("/init/main.c", "init/main.c"), 1);
}

static void without_the_known_file_there_is_no_prefix(void **state)
{
	(void)state;
	assert_int_equal(source_path_prefix("init/main.c", "init/main.c"), 0);
	assert_int_equal(source_path_prefix("/a/kinit/main.c", "init/main.c"),
			 0);
	assert_int_equal(source_path_prefix("/a/init/main.h", "init/main.c"),
			 0);
	assert_int_equal(source_path_prefix("main.c", "init/main.c"), 0);
	assert_int_equal(source_path_prefix("", "init/main.c"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clean_path_stays),
		cmocka_unit_test(the_folder_itself_and_doubled_slashes_go),
		cmocka_unit_test(a_folder_that_is_left_again_goes),
		cmocka_unit_test(what_lies_above_the_start_stays),
		cmocka_unit_test(a_prefix_is_what_stands_before_the_known_file),
		cmocka_unit_test(without_the_known_file_there_is_no_prefix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
