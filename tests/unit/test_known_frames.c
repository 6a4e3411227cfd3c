/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/known_frames.h"

static struct known_frames frames;
static struct text_pool pool;

static int teardown(void **state)
{
	(void)state;
	known_frames_deinit(&frames);
	text_pool_deinit(&pool);
	return 0;
}

static struct known_frame *intern(const char *symbol, uint64_t offset,
				  uint64_t size, bool exact)
{
	const struct frame_query query = {.symbol = symbol,
					  .offset = offset,
					  .size = size,
					  .exact = exact};
	struct known_frame *frame = known_frames_intern(&frames, &pool, &query);

	assert_non_null(frame);
	return frame;
}

static void the_same_frame_is_known_again(void **state)
{
	char symbol[] = "do_leak";
	struct known_frame *frame = intern(symbol, 0x1f, 0x50, false);

	(void)state;
	/* It has a copy: what was asked with may be gone. */
	symbol[0] = '?';
	assert_string_equal(frame->query.symbol, "do_leak");
	assert_ptr_equal(intern("do_leak", 0x1f, 0x50, false), frame);
	assert_int_equal(HASH_COUNT(frames.table), 1);
}

static void what_differs_in_anything_is_another_frame(void **state)
{
	(void)state;
	intern("do_leak", 0x1f, 0x50, false);
	intern("do_leak", 0x20, 0x50, false);
	intern("do_leak", 0x1f, 0x60, false);
	intern("do_leak", 0x1f, 0x50, true);
	intern("do_lea", 0x1f, 0x50, false);
	intern("", 0x1f, 0x50, false);
	assert_int_equal(HASH_COUNT(frames.table), 6);
}

static void names_of_any_length_are_kept(void **state)
{
	char symbol[5000];

	(void)state;
	memset(symbol, 'x', sizeof(symbol) - 1);
	symbol[sizeof(symbol) - 1] = '\0';
	assert_string_equal(intern(symbol, 1, 2, false)->query.symbol, symbol);
	assert_ptr_equal(intern(symbol, 1, 2, false),
			 intern(symbol, 1, 2, false));
	assert_int_equal(HASH_COUNT(frames.table), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_same_frame_is_known_again,
					  teardown),
		cmocka_unit_test_teardown(
			what_differs_in_anything_is_another_frame, teardown),
		cmocka_unit_test_teardown(names_of_any_length_are_kept,
					  teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
