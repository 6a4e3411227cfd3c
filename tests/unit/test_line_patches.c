/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/line_patches.h"

enum { AT = 1000, FILE_SIZE = 120 };

static unsigned char whole[FILE_SIZE], patched[FILE_SIZE];

/* Of 1, 7 and 31 bytes, neighbours too, the last over the end of the file. */
static const struct {
	size_t at, length;
} places[] = {{80, 31}, {0, 1}, {40, 31}, {33, 7}, {8, 7}, {115, 31}};

static void fill(struct line_patches *patches)
{
	unsigned char bytes[LINE_PATCH_MAX];
	size_t i, j;

	for (i = 0; i < FILE_SIZE; i++)
		whole[i] = patched[i] = (unsigned char)i;
	for (i = 0; i < TEST_COUNT(places); i++) {
		for (j = 0; j < places[i].length; j++)
			bytes[j] = (unsigned char)(128 + 16 * i + j);
		for (j = 0; j < places[i].length; j++)
			if (places[i].at + j < FILE_SIZE)
				patched[places[i].at + j] = bytes[j];
		assert_true(line_patches_add(patches, AT + places[i].at, bytes,
					     places[i].length));
	}
	line_patches_sort(patches);
}

static void any_range_that_is_read_is_patched_in_it_alone(void **state)
{
	struct line_patches patches = {0};
	unsigned char read[FILE_SIZE + 2];
	size_t begin, length;

	(void)state;
	fill(&patches);
	for (begin = 0; begin < FILE_SIZE; begin++)
		for (length = 0; begin + length <= FILE_SIZE; length++) {
			memset(read, '-', sizeof(read));
			memcpy(read + 1, whole + begin, length);
			line_patches_apply(&patches, read + 1, length,
					   AT + begin);
			assert_int_equal(read[0], '-');
			assert_memory_equal(read + 1, patched + begin, length);
			assert_int_equal(read[1 + length], '-');
		}
	line_patches_deinit(&patches);
}

static void many_patches_are_kept(void **state)
{
	struct line_patches patches = {0};
	unsigned char read[3000] = "";
	size_t i;

	(void)state;
	for (i = 1000; i-- > 0;)
		assert_true(line_patches_add(&patches, 3 * i, "ab", 2));
	line_patches_sort(&patches);
	line_patches_apply(&patches, read, sizeof(read), 0);
	for (i = 0; i < 1000; i++)
		assert_memory_equal(read + 3 * i, "ab\0", 3);
	line_patches_deinit(&patches);
}

static void without_patches_nothing_changes(void **state)
{
	struct line_patches none = {0};
	char text[] = "otter";

	(void)state;
	line_patches_sort(&none);
	line_patches_apply(&none, text, sizeof(text), 0);
	assert_string_equal(text, "otter");
	line_patches_deinit(&none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_range_that_is_read_is_patched_in_it_alone),
		cmocka_unit_test(many_patches_are_kept),
		cmocka_unit_test(without_patches_nothing_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
