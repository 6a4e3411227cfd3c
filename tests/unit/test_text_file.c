/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <unistd.h>
#include <zlib.h>

#include "cli/text_file.h"

static char path[] = "/tmp/test_text_file.XXXXXX";
static struct arena arena;
static struct error err;

static int setup(void **state)
{
	int fd;

	(void)state;
	strcpy(path + strlen(path) - 6, "XXXXXX");
	fd = mkstemp(path);
	return fd < 0 || close(fd) != 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_deinit(&arena);
	return unlink(path);
}

static void put(const char *mode, size_t size)
{
	gzFile file = gzopen(path, mode);
	char block[1024];

	assert_non_null(file);
	memset(block, 'x', sizeof(block));
	for (; size; size -= size < sizeof(block) ? size : sizeof(block))
		assert_true(gzwrite(file, block,
				    size < sizeof(block) ? (unsigned)size
							 : sizeof(block)) > 0);
	assert_int_equal(gzclose(file), Z_OK);
}

static void a_file_is_read_whole(void **state)
{
	static const size_t sizes[] = {0,     1,       65535,	     65536,
				       65537, 1234567, TEXT_FILE_MAX};
	struct span text;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(sizes); i++) {
		put("wT", sizes[i]);
		assert_true(text_file_read(path, &arena, &text, &err));
		assert_u64(text.length, sizes[i]);
		put("w1", sizes[i]);
		assert_true(text_file_read(path, &arena, &text, &err));
		assert_u64(text.length, sizes[i]);
	}
}

static void a_file_that_is_too_large_is_refused(void **state)
{
	struct span text = {0};
	char why[64];

	(void)state;
	snprintf(why, sizeof(why), "%s: larger than 16 MiB", path);
	put("wT", TEXT_FILE_MAX + 1);
	assert_false(text_file_read(path, &arena, &text, &err));
	assert_string_equal(err.text, why);
	/* What is small on the disk may be large in memory. */
	put("w9", (size_t)64 << 20);
	assert_false(text_file_read(path, &arena, &text, &err));
	assert_string_equal(err.text, why);
	assert_null(text.at);
}

static void a_damaged_file_is_refused(void **state)
{
	struct span text = {0};

	(void)state;
	put("w1", 100000);
	assert_int_equal(truncate(path, 60), 0);
	assert_false(text_file_read(path, &arena, &text, &err));
	assert_text_has(err.text, path);
	assert_null(text.at);
}

static void a_missing_file_is_told_with_its_name(void **state)
{
	struct span text;

	(void)state;
	assert_false(text_file_read("/no/such", &arena, &text, &err));
	assert_string_equal(err.text, "cannot open '/no/such': No such file or "
				      "directory");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_read_whole),
		TEST(a_file_that_is_too_large_is_refused),
		TEST(a_damaged_file_is_refused),
		TEST(a_missing_file_is_told_with_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
