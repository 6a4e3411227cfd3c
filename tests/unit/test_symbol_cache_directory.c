/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "symbolize/symbol_cache.h"
#include "tests/support/folder_maker.h"

static char here[256];

static int setup(void **state)
{
	folder_setup(state);
	if (!getcwd(here, sizeof(here)))
		return -1;
	unsetenv("XDG_CACHE_HOME");
	return setenv("HOME", here, 1);
}

/* Below the folder; or NULL, where there is none to write to. */
static void assert_directory(const char *expected)
{
	char *directory = symbol_cache_directory();

	if (!expected) {
		assert_null(directory);
		return;
	}
	assert_non_null(directory);
	assert_int_equal(strncmp(directory, here, strlen(here)), 0);
	assert_string_equal(directory + strlen(here), expected);
	free(directory);
}

static void set_cache_home(const char *below)
{
	char path[300];

	snprintf(path, sizeof(path), "%s%s", here, below);
	assert_int_equal(setenv("XDG_CACHE_HOME", path, 1), 0);
}

static void it_is_below_home(void **state)
{
	(void)state;
	assert_directory("/.cache/pageowl/symbols");
	assert_int_equal(mkdir(".cache", 0700), 0);
	assert_directory("/.cache/pageowl/symbols");
	assert_int_equal(access(".cache/pageowl", F_OK), -1);
}

static void the_cache_home_goes_before_home(void **state)
{
	(void)state;
	assert_int_equal(mkdir("xdg", 0700), 0);
	set_cache_home("/xdg");
	assert_directory("/xdg/pageowl/symbols");
	set_cache_home("/not/yet/there");
	assert_directory("/not/yet/there/pageowl/symbols");
	unsetenv("HOME");
	assert_directory("/not/yet/there/pageowl/symbols");
}

static void a_cache_home_that_is_not_absolute_does_not_count(void **state)
{
	(void)state;
	setenv("XDG_CACHE_HOME", "xdg", 1);
	assert_directory("/.cache/pageowl/symbols");
	setenv("XDG_CACHE_HOME", "", 1);
	assert_directory("/.cache/pageowl/symbols");
}

static void without_a_home_there_is_none(void **state)
{
	(void)state;
	setenv("HOME", ".", 1);
	assert_directory(NULL);
	setenv("HOME", "", 1);
	assert_directory(NULL);
	unsetenv("HOME");
	assert_directory(NULL);
	setenv("HOME", "/does/not/exist", 1);
	assert_directory(NULL);
}

static void what_is_no_folder_is_not_written_to(void **state)
{
	(void)state;
	folder_file(".cache", "");
	assert_directory(NULL);
	assert_int_equal(unlink(".cache"), 0);
	folder_link(".cache", "nowhere");
	assert_directory(NULL);
	folder_file("file", "");
	set_cache_home("/file");
	assert_directory(NULL);
	set_cache_home("/file/below");
	assert_directory(NULL);
}

/* Root without its capabilities cannot make one of somebody else. */
static bool give_away(const char *path)
{
	return mkdir(path, 0777) == 0 && chown(path, 1, 1) == 0;
}

static void the_folder_of_somebody_else_is_not_written_to(void **state)
{
	char path[300];

	(void)state;
	if (geteuid() != 0) {
		setenv("HOME", "/", 1);
		assert_directory(NULL);
		setenv("XDG_CACHE_HOME", "/", 1);
		assert_directory(NULL);
		return;
	}
	if (!give_away("theirs"))
		skip();
	snprintf(path, sizeof(path), "%s/theirs", here);
	setenv("HOME", path, 1);
	assert_directory(NULL);
	assert_int_equal(mkdir("theirs/.cache", 0700), 0);
	assert_directory(NULL);
	set_cache_home("/theirs");
	assert_directory(NULL);
	set_cache_home("/theirs/below");
	assert_directory(NULL);
	unsetenv("XDG_CACHE_HOME");
	setenv("HOME", here, 1);
	assert_directory("/.cache/pageowl/symbols");
	assert_true(give_away(".cache"));
	assert_directory(NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, folder_teardown)
	const struct CMUnitTest tests[] = {
		TEST(it_is_below_home),
		TEST(the_cache_home_goes_before_home),
		TEST(a_cache_home_that_is_not_absolute_does_not_count),
		TEST(without_a_home_there_is_none),
		TEST(what_is_no_folder_is_not_written_to),
		TEST(the_folder_of_somebody_else_is_not_written_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
