/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* mkdtemp, nftw */
#include "tests/support/check.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/series_folder.h"

static struct capture_paths paths;
static char directory[64];

static int drop(const char *path, const struct stat *status, int type,
		struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

static int setup(void **state)
{
	(void)state;
	strcpy(directory, "/tmp/test_series.XXXXXX");
	return mkdtemp(directory) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	capture_paths_deinit(&paths);
	return nftw(directory, drop, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *place(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}

static void make_folder(const char *name)
{
	assert_int_equal(mkdir(place(name), 0700), 0);
}

static void make_capture(const char *name)
{
	char proc[64];

	make_folder(name);
	snprintf(proc, sizeof(proc), "%s/proc", name);
	make_folder(proc);
}

static void make_file(const char *name)
{
	int file = open(place(name), O_WRONLY | O_CREAT, 0600);

	assert_true(file >= 0);
	close(file);
}

static void add(const char *operand)
{
	struct error err;

	assert_true(capture_paths_add(&paths, operand, &err));
}

/* What the operand stands for, without the folder before it. */
static void assert_names(const char *first, const char *second)
{
	size_t length = strlen(directory) + 1;

	assert_int_equal(paths.count, 2);
	assert_string_equal(paths.paths[0] + length, first);
	assert_string_equal(paths.paths[1] + length, second);
	assert_null(paths.paths[2]);
}

static void assert_itself(void)
{
	add(directory);
	assert_int_equal(paths.count, 1);
	assert_string_equal(paths.paths[0], directory);
}

static void captures_come_in_the_order_of_their_numbers(void **state)
{
	(void)state;
	make_capture("10000");
	make_capture("9999");
	make_file("notes.txt");
	add(directory);
	assert_names("9999", "10000");
}

static void archives_are_a_series_too(void **state)
{
	(void)state;
	make_file("night-0002.tar.gz");
	make_file("night-0001.tar.gz");
	add(directory);
	assert_names("night-0001.tar.gz", "night-0002.tar.gz");
}

static void two_series_in_one_folder_are_none(void **state)
{
	(void)state;
	make_file("night-0001.tar");
	make_file("day-0002.tar");
	assert_itself();
}

static void one_capture_is_no_series(void **state)
{
	(void)state;
	make_capture("0001");
	make_capture("002");
	make_capture("00003");
	make_file("0004");
	assert_itself();
}

static void folders_of_processes_are_no_series(void **state)
{
	(void)state;
	make_folder("1000");
	make_folder("1001");
	assert_itself();
}

static void a_capture_stays_one(void **state)
{
	(void)state;
	make_capture("0001");
	make_capture("0002");
	make_folder("proc");
	assert_itself();
}

/* It is for the reader to say what is wrong with it. */
static void an_empty_folder_among_captures_is_one_of_them(void **state)
{
	(void)state;
	make_capture("0001");
	make_folder("0003");
	make_capture("0002");
	add(directory);
	assert_int_equal(paths.count, 3);
}

static void other_operands_stand_for_themselves(void **state)
{
	(void)state;
	add("-");
	add("/nonexistent/0001");
	assert_int_equal(paths.count, 2);
	assert_string_equal(paths.paths[0], "-");
	assert_string_equal(paths.paths[1], "/nonexistent/0001");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(captures_come_in_the_order_of_their_numbers),
		TEST(archives_are_a_series_too),
		TEST(two_series_in_one_folder_are_none),
		TEST(one_capture_is_no_series),
		TEST(folders_of_processes_are_no_series),
		TEST(a_capture_stays_one),
		TEST(an_empty_folder_among_captures_is_one_of_them),
		TEST(other_operands_stand_for_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
