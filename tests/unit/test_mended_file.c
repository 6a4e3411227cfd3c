/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "tests/support/check.h"

#include "symbolize/mended_file.h"

#include <sys/mman.h>
#include <unistd.h>

enum { AT = 100, RELOCATIONS = 300, FILE_SIZE = 400 };

/* A line table of DWARF 5: "a" and "b" are its files, 1 and 2 their folders. */
static const char table[] = "\x32\0\0\0\5\0\x08\0\x26\0\0\0\1\1\1\xfb\x0e\x0d"
			    "\0\1\1\1\1\0\0\0\1\0\0\1\1\1\x08\2x\0y\0"
			    "\2\1\x08\2\x0f\2a\0\1b\0\2\x20\0\1\1";

enum { TABLE_SIZE = sizeof(table) - 1, FILE_0 = TABLE_SIZE - 10 };

static struct mended_file make_file(void)
{
	static char bytes[FILE_SIZE];
	struct mended_file file = {.size = FILE_SIZE};

	memset(bytes, '.', sizeof(bytes));
	memcpy(bytes + AT, table, TABLE_SIZE);
	file.fd = memfd_create("lines", MFD_CLOEXEC);
	assert_true(file.fd >= 0);
	assert_int_equal(write(file.fd, bytes, sizeof(bytes)), sizeof(bytes));
	return file;
}

static void close_file(struct mended_file *file)
{
	close(file->fd);
	mended_file_deinit(file);
}

/* The two files, of three bytes each. */
static void assert_read(const struct mended_file *file, const char *expected)
{
	char bytes[FILE_SIZE];

	assert_int_equal(mended_file_read(file, bytes, 7, AT + FILE_0 - 1), 7);
	assert_memory_equal(bytes, "\2", 1);
	assert_memory_equal(bytes + 1, expected, 6);
	/* From within what is changed. */
	assert_int_equal(mended_file_read(file, bytes, 1, AT + FILE_0 + 2), 1);
	assert_int_equal(bytes[0], expected[2]);
}

static void a_file_is_read_as_it_is_until_it_is_mended(void **state)
{
	struct mended_file file = make_file();
	struct line_layout layout = {.lines = {AT, TABLE_SIZE}};

	(void)state;
	assert_read(&file, "a\0\1b\0\2");
	assert_true(mended_file_mend_lines(&file, &layout));
	assert_int_equal(file.patches.count, 1);
	assert_read(&file, "b\0\2b\0\2");
	close_file(&file);
}

static void behind_the_end_of_a_file_nothing_is_read(void **state)
{
	struct mended_file file = make_file();
	char bytes[FILE_SIZE];

	(void)state;
	assert_int_equal(mended_file_read(&file, bytes, 20, FILE_SIZE - 5), 5);
	assert_memory_equal(bytes, ".....", 5);
	assert_int_equal(mended_file_read(&file, bytes, 20, FILE_SIZE + 5), 0);
	close_file(&file);
	file.fd = -1;
	assert_int_equal(mended_file_read(&file, bytes, 20, 0), -1);
}

static void a_section_that_is_not_whole_is_not_mended(void **state)
{
	static const struct line_layout layouts[] = {
		{.lines = {AT, FILE_SIZE}},
		{.lines = {UINT64_MAX, TABLE_SIZE}},
		{.lines = {AT, UINT64_MAX}},
		{.lines = {AT, TABLE_SIZE},
		 .relocations = {RELOCATIONS, FILE_SIZE}},
	};
	struct mended_file file = make_file();

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(layouts); i++) {
		assert_true(mended_file_mend_lines(&file, &layouts[i]));
		assert_int_equal(file.patches.count, 0);
	}
	close_file(&file);
}

/* Told a size that it does not have any more. */
static void a_file_that_was_cut_is_not_mended(void **state)
{
	struct line_layout layout = {.lines = {AT, TABLE_SIZE}};
	struct line_layout module = {
		.lines = {AT, TABLE_SIZE},
		.relocations = {RELOCATIONS, FILE_SIZE - RELOCATIONS},
	};
	struct mended_file file = make_file();

	(void)state;
	assert_int_equal(ftruncate(file.fd, FILE_SIZE - 1), 0);
	assert_true(mended_file_mend_lines(&file, &module));
	assert_int_equal(file.patches.count, 0);
	assert_int_equal(ftruncate(file.fd, AT + TABLE_SIZE - 1), 0);
	assert_true(mended_file_mend_lines(&file, &layout));
	assert_int_equal(file.patches.count, 0);
	close_file(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_read_as_it_is_until_it_is_mended),
		cmocka_unit_test(behind_the_end_of_a_file_nothing_is_read),
		cmocka_unit_test(a_section_that_is_not_whole_is_not_mended),
		cmocka_unit_test(a_file_that_was_cut_is_not_mended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
