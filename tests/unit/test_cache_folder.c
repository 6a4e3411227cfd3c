/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "symbolize/cache_folder.h"
#include "tests/support/folder_maker.h"

#define NAME  "a00d"
#define LIMIT 100

static int folder = -1;

static int setup(void **state)
{
	return folder_setup(state);
}

static int teardown(void **state)
{
	if (folder >= 0)
		close(folder);
	folder = -1;
	return folder_teardown(state);
}

static void make_folder(void)
{
	folder = cache_folder_open("cache/symbols", true);
	assert_true(folder >= 0);
}

static unsigned mode_of(const char *path)
{
	struct stat status;

	assert_int_equal(lstat(path, &status), 0);
	return status.st_mode & 07777;
}

static bool is_there(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

static size_t file_count(void)
{
	DIR *stream = opendir("cache/symbols");
	size_t count = 0;

	assert_non_null(stream);
	while (readdir(stream))
		count++;
	closedir(stream);
	return count - 2;
}

static void write_text(const char *name, const char *text)
{
	assert_true(cache_folder_write(
		folder, name, (const unsigned char *)text, strlen(text)));
}

static bool reads(const char *name, const char *text)
{
	unsigned char *bytes;
	size_t length;
	bool same;

	if (!cache_folder_read(folder, name, LIMIT, &bytes, &length))
		return false;
	same = length == strlen(text) && memcmp(bytes, text, length) == 0;
	free(bytes);
	return same;
}

/* ---- the folder ---- */

static void folders_are_made_when_asked_and_for_the_user_alone(void **state)
{
	(void)state;
	umask(0);
	assert_int_equal(cache_folder_open("cache/symbols", false), -1);
	assert_false(is_there("cache"));
	make_folder();
	assert_int_equal(mode_of("cache"), 0700);
	assert_int_equal(mode_of("cache/symbols"), 0700);
	close(folder);
	folder = cache_folder_open("cache/symbols", false);
	assert_true(folder >= 0);
}

static void what_is_no_folder_of_ours_is_not_taken(void **state)
{
	(void)state;
	folder_file("plain", "");
	assert_int_equal(cache_folder_open("plain", true), -1);
	assert_int_equal(cache_folder_open("plain/symbols", true), -1);
	assert_int_equal(cache_folder_open("", true), -1);
	assert_int_equal(mkdir("foreign", 0777), 0);
	if (geteuid() != 0 || chown("foreign", 1, 1) != 0)
		skip();
	assert_int_equal(cache_folder_open("foreign", true), -1);
}

/* ---- files ---- */

static void a_file_is_replaced_as_a_whole(void **state)
{
	(void)state;
	make_folder();
	assert_false(reads(NAME, ""));
	write_text(NAME, "first and long");
	write_text("b0", "other");
	assert_true(reads(NAME, "first and long"));
	write_text(NAME, "second");
	assert_true(reads(NAME, "second"));
	assert_true(reads("b0", "other"));
	assert_int_equal(mode_of("cache/symbols/" NAME), 0600);
	assert_int_equal(file_count(), 2);
}

static void only_files_of_ours_are_believed(void **state)
{
	(void)state;
	make_folder();
	folder_file("elsewhere", "text");
	folder_link("cache/symbols/a1", "../../elsewhere");
	assert_false(reads("a1", "text"));
	assert_int_equal(link("elsewhere", "cache/symbols/a2"), 0);
	assert_true(reads("a2", "text"));
	assert_int_equal(mkdir("cache/symbols/a3", 0700), 0);
	assert_false(reads("a3", ""));
	/* Nobody writes to it: opened like a file it would never open. */
	assert_int_equal(mkfifo("cache/symbols/a4", 0600), 0);
	assert_false(reads("a4", ""));
	folder_file("cache/symbols/a5", "");
	assert_false(reads("a5", ""));
	if (geteuid() != 0 || chown("cache/symbols/a2", 1, 1) != 0)
		skip();
	assert_false(reads("a2", "text"));
}

static void a_file_above_the_limit_is_not_read(void **state)
{
	char text[LIMIT + 2] = "";

	(void)state;
	make_folder();
	memset(text, 'x', LIMIT);
	write_text(NAME, text);
	assert_true(reads(NAME, text));
	text[LIMIT] = 'x';
	write_text(NAME, text);
	assert_false(reads(NAME, text));
}

static void a_link_is_replaced_not_followed(void **state)
{
	(void)state;
	make_folder();
	folder_file("elsewhere", "text");
	folder_link("cache/symbols/" NAME, "../../elsewhere");
	write_text(NAME, "ours");
	assert_true(reads(NAME, "ours"));
	assert_int_equal(rename("elsewhere", "cache/symbols/a1"), 0);
	assert_true(reads("a1", "text"));
}

/* A limit on the size of files is the same as a full disk. */
static void on_a_full_disk_what_was_there_stays(void **state)
{
	static const unsigned char text[64 << 10] = "much";
	const struct rlimit limit = {4096, 4096};
	int status;
	pid_t child;

	(void)state;
	make_folder();
	write_text(NAME, "old");
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		signal(SIGXFSZ, SIG_IGN);
		_exit(setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
		      cache_folder_write(folder, NAME, text, sizeof(text)));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_true(reads(NAME, "old"));
	assert_int_equal(file_count(), 1);
}

static void what_cannot_be_replaced_leaves_nothing_behind(void **state)
{
	(void)state;
	make_folder();
	folder_file("cache/symbols/" NAME "/inside", "");
	assert_false(cache_folder_write(folder, NAME,
					(const unsigned char *)"x", 1));
	assert_int_equal(file_count(), 1);
}

/* ---- bounds ---- */

static void put_old(const char *name, off_t size, time_t age_s)
{
	char path[64];
	struct timespec times[2] = {{0}};
	int file;

	times[0].tv_sec = times[1].tv_sec = time(NULL) - age_s;
	snprintf(path, sizeof(path), "cache/symbols/%s", name);
	file = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(file >= 0);
	/* Holes: nothing of it is on the disk. */
	assert_int_equal(ftruncate(file, size), 0);
	assert_int_equal(futimens(file, times), 0);
	close(file);
}

static void the_oldest_of_too_many_files_go(void **state)
{
	char name[16];

	(void)state;
	make_folder();
	/* No file; it does not count. */
	assert_int_equal(mkdir("cache/symbols/ffff", 0700), 0);
	for (int i = 0; i < CACHE_FOLDER_FILES_MAX + 3; i++) {
		snprintf(name, sizeof(name), "%04x", i);
		put_old(name, 10, i < 5 ? 1000 - i : 10);
	}
	cache_folder_prune(folder, "0001");
	assert_int_equal(file_count(), CACHE_FOLDER_FILES_MAX + 1);
	assert_false(is_there("cache/symbols/0000"));
	assert_true(is_there("cache/symbols/0001"));
	assert_false(is_there("cache/symbols/0002"));
	assert_false(is_there("cache/symbols/0003"));
	assert_true(is_there("cache/symbols/0004"));
	cache_folder_prune(folder, "0001");
	assert_int_equal(file_count(), CACHE_FOLDER_FILES_MAX + 1);
}

static void the_oldest_of_too_much_go(void **state)
{
	const off_t mib = 1 << 20;

	(void)state;
	make_folder();
	put_old("01", 24 * mib, 50);
	put_old("02", 24 * mib, 40);
	put_old("03", 16 * mib, 30);
	cache_folder_prune(folder, "03");
	assert_int_equal(file_count(), 3);
	put_old("04", 1, 60);
	cache_folder_prune(folder, "03");
	assert_int_equal(file_count(), 3);
	assert_false(is_there("cache/symbols/04"));
	put_old("04", 1, 10);
	cache_folder_prune(folder, "01");
	assert_true(is_there("cache/symbols/01"));
	assert_false(is_there("cache/symbols/02"));
	put_old("01", 100 * mib, 50);
	cache_folder_prune(folder, "01");
	assert_int_equal(file_count(), 1);
	assert_true(is_there("cache/symbols/01"));
}

static void what_killed_writers_left_goes_after_an_hour(void **state)
{
	(void)state;
	make_folder();
	put_old("a00d.0123456789abcdef", 10, CACHE_LEFTOVER_S + 60);
	put_old("a00d.0123456789abcde0", 10, CACHE_LEFTOVER_S - 60);
	put_old("a00d", 10, CACHE_LEFTOVER_S + 60);
	cache_folder_prune(folder, NAME);
	assert_false(is_there("cache/symbols/a00d.0123456789abcdef"));
	assert_true(is_there("cache/symbols/a00d.0123456789abcde0"));
	assert_true(is_there("cache/symbols/a00d"));
}

static void what_others_put_there_is_left_alone(void **state)
{
	static const char *const names[] = {
		"README",
		"abc",
		"ABCD",
		"a00d.x",
		"a00d.0123456789abcdefe",
		"a00d.0123456789abcde",
		".0123456789abcdef",
		"a00d.0123456789abcdef.old",
	};
	const off_t large = (off_t)CACHE_FOLDER_BYTES_MAX + 1;

	(void)state;
	make_folder();
	for (size_t i = 0; i < TEST_COUNT(names); i++)
		put_old(names[i], large, 2 * CACHE_LEFTOVER_S);
	folder_link("cache/symbols/0a", "README");
	assert_int_equal(mkdir("cache/symbols/0b", 0700), 0);
	put_old(NAME, 1, 2 * CACHE_LEFTOVER_S);
	cache_folder_prune(folder, "0c");
	assert_int_equal(file_count(), TEST_COUNT(names) + 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(folders_are_made_when_asked_and_for_the_user_alone),
		TEST(what_is_no_folder_of_ours_is_not_taken),
		TEST(a_file_is_replaced_as_a_whole),
		TEST(only_files_of_ours_are_believed),
		TEST(a_file_above_the_limit_is_not_read),
		TEST(a_link_is_replaced_not_followed),
		TEST(on_a_full_disk_what_was_there_stays),
		TEST(what_cannot_be_replaced_leaves_nothing_behind),
		TEST(the_oldest_of_too_many_files_go),
		TEST(the_oldest_of_too_much_go),
		TEST(what_killed_writers_left_goes_after_an_hour),
		TEST(what_others_put_there_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
