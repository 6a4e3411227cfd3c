/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* mkdtemp, nftw */
#include "tests/support/check.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/capture.h"

static char root[64];
static struct capture capture;
static struct error err;

static int setup(void **state)
{
	(void)state;
	strcpy(root, "/tmp/test_capture.XXXXXX");
	return mkdtemp(root) ? 0 : -1;
}

static int remove_entry(const char *path, const struct stat *stat, int type,
			struct FTW *place)
{
	(void)stat;
	(void)type;
	(void)place;
	return remove(path);
}

static int teardown(void **state)
{
	(void)state;
	capture_deinit(&capture);
	return nftw(root, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* The path of name below the root. */
static const char *path_of(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", root, name);
	return path;
}

static void put(const char *name, const char *text)
{
	char path[256];
	char *slash;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	for (slash = strchr(path + strlen(root) + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void open_capture(const char *path)
{
	if (!capture_init(&capture, path, &err))
		fail_msg("%s", err.text);
}

static void a_lone_file_is_a_capture_of_which_nothing_is_known(void **state)
{
	(void)state;
	put("dump.txt", "x");
	put("proc/version", "Linux version 6.1 (x)\n");
	open_capture(path_of("dump.txt"));
	assert_string_equal(capture.path, path_of("dump.txt"));
	assert_string_equal(capture.dump_path, path_of("dump.txt"));
	assert_string_equal(capture.kernel, "");
	assert_string_equal(capture.boot_id, "");
	assert_u64(capture.uptime_ns, UINT64_MAX);
}

static void a_path_that_does_not_exist_is_left_to_who_opens_it(void **state)
{
	(void)state;
	open_capture(path_of("nothing"));
	assert_string_equal(capture.dump_path, path_of("nothing"));
	capture_deinit(&capture);
	open_capture("-");
	assert_string_equal(capture.dump_path, "-");
}

static void a_directory_knows_kernel_uptime_and_boot(void **state)
{
	(void)state;
	put("sys/kernel/debug/page_owner", "x");
	put("proc/version", "Linux version 6.12.117-lab (a@b) (gcc) #1 SMP\n");
	put("proc/uptime", "30.87 55.10\n");
	put("proc/sys/kernel/random/boot_id",
	    "01234567-89ab-cdef-0123-456789abcdef\n");
	open_capture(root);
	assert_string_equal(capture.path, root);
	assert_string_equal(capture.dump_path,
			    path_of("sys/kernel/debug/page_owner"));
	assert_string_equal(capture.kernel, "6.12.117-lab");
	assert_u64(capture.uptime_ns, 30870000000);
	assert_string_equal(capture.boot_id,
			    "01234567-89ab-cdef-0123-456789abcdef");
}

static void a_dump_inside_a_capture_knows_the_same(void **state)
{
	(void)state;
	put("sys/kernel/debug/page_owner.gz", "x");
	put("proc/uptime", "7.5\n");
	open_capture(path_of("sys/kernel/debug/page_owner.gz"));
	assert_u64(capture.uptime_ns, 7050000000);
}

static void a_file_whose_name_only_ends_alike_is_no_capture(void **state)
{
	(void)state;
	put("xsys/kernel/debug/page_owner", "x");
	put("proc/uptime", "7.50\n");
	open_capture(path_of("xsys/kernel/debug/page_owner"));
	assert_u64(capture.uptime_ns, UINT64_MAX);
}

static void the_kernels_own_path_is_preferred_and_plain_to_gzip(void **state)
{
	static const char *const names[] = {
		"page_owner.txt.gz",
		"page_owner.txt",
		"page_owner.gz",
		"page_owner",
		"sys/kernel/debug/page_owner.gz",
		"sys/kernel/debug/page_owner",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(names); i++) {
		put(names[i], "x");
		open_capture(root);
		assert_string_equal(capture.dump_path, path_of(names[i]));
		capture_deinit(&capture);
	}
}

static void a_directory_without_a_dump_is_refused(void **state)
{
	(void)state;
	put("proc/uptime", "7.50\n");
	assert_false(capture_init(&capture, root, &err));
	assert_int_equal(err.code, ERROR_FORMAT);
	assert_non_null(strstr(err.text, "is a directory without"));
	assert_non_null(strstr(err.text, root));
}

static void assert_uptime(const char *text, uint64_t expected)
{
	put("page_owner", "x");
	put("proc/uptime", text);
	open_capture(root);
	assert_u64(capture.uptime_ns, expected);
	capture_deinit(&capture);
}

static void an_uptime_that_makes_no_sense_is_none(void **state)
{
	(void)state;
	assert_uptime("0.00 0.00\n", 0);
	assert_uptime("12 3\n", 12000000000);
	assert_uptime("", UINT64_MAX);
	assert_uptime("x", UINT64_MAX);
	assert_uptime("-5.00\n", UINT64_MAX);
	assert_uptime("99999999999.00\n", UINT64_MAX);
	assert_uptime("5.123456\n", UINT64_MAX);
	assert_uptime("5.\n", UINT64_MAX);
}

static void hostile_text_beside_a_dump_is_cut_at_the_first_space(void **state)
{
	char text[1000];

	(void)state;
	put("page_owner", "x");
	put("proc/version", "Linux version 6.1\033[2J evil");
	open_capture(root);
	assert_string_equal(capture.kernel, "6.1");
	capture_deinit(&capture);
	memset(text, 'x', sizeof(text));
	memcpy(text, "Linux version ", 14);
	text[999] = '\0';
	put("proc/version", text);
	put("proc/sys/kernel/random/boot_id", text + 14);
	open_capture(root);
	assert_int_equal(strlen(capture.kernel), sizeof(capture.kernel) - 1);
	assert_true(strlen(capture.boot_id) < sizeof(capture.boot_id));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_lone_file_is_a_capture_of_which_nothing_is_known),
		TEST(a_path_that_does_not_exist_is_left_to_who_opens_it),
		TEST(a_directory_knows_kernel_uptime_and_boot),
		TEST(a_dump_inside_a_capture_knows_the_same),
		TEST(a_file_whose_name_only_ends_alike_is_no_capture),
		TEST(the_kernels_own_path_is_preferred_and_plain_to_gzip),
		TEST(a_directory_without_a_dump_is_refused),
		TEST(an_uptime_that_makes_no_sense_is_none),
		TEST(hostile_text_beside_a_dump_is_cut_at_the_first_space),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
