/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/download_watch.h"

#include <limits.h>

#define SECOND UINT64_C(1000000000)

/* As a clock has it that did not begin today. */
#define BEGIN (UINT64_C(1) << 50)

static void a_server_that_says_nothing_is_given_up(void **state)
{
	struct download_watch watch = {0};
	long looks = 0;

	(void)state;
	/* Ten looks a second. */
	for (; looks <= 10 * DOWNLOAD_PATIENCE_S; looks++)
		assert_false(download_watch_tell(
			&watch, BEGIN + (uint64_t)looks * SECOND / 10, looks,
			0));
	assert_false(watch.stalled);
	assert_true(download_watch_tell(
		&watch, BEGIN + (uint64_t)looks * SECOND / 10, looks, 0));
	assert_true(watch.stalled);
}

static void as_long_as_bytes_come_it_is_waited_for(void **state)
{
	struct download_watch watch = {0};

	(void)state;
	for (long i = 0; i < 20; i++)
		assert_false(download_watch_tell(
			&watch, BEGIN + (uint64_t)i * 9 * SECOND, i, 1000));
	/* Then there are no more. */
	assert_false(
		download_watch_tell(&watch, BEGIN + 181 * SECOND, 19, 1000));
	assert_true(
		download_watch_tell(&watch, BEGIN + 182 * SECOND, 19, 1000));
}

static void bytes_of_an_unknown_number_count_too(void **state)
{
	struct download_watch watch = {0};

	(void)state;
	for (long i = 0; i < 20; i++)
		assert_false(download_watch_tell(
			&watch, BEGIN + (uint64_t)i * 9 * SECOND, i * 16384,
			0));
}

static void odd_numbers_do_no_harm(void **state)
{
	struct download_watch watch = {0};

	(void)state;
	assert_false(download_watch_tell(&watch, BEGIN, LONG_MAX, 0));
	assert_false(download_watch_tell(&watch, BEGIN - 1, 0, 0));
	assert_false(download_watch_tell(&watch, BEGIN + 1, LONG_MIN, -1));
	assert_false(download_watch_tell(&watch, BEGIN + 2, LONG_MAX, 1));
	assert_true(download_watch_tell(&watch, BEGIN + 11 * SECOND, 1, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_server_that_says_nothing_is_given_up),
		cmocka_unit_test(as_long_as_bytes_come_it_is_waited_for),
		cmocka_unit_test(bytes_of_an_unknown_number_count_too),
		cmocka_unit_test(odd_numbers_do_no_harm),
	};

	return cmocka_run_group_tests_name("download_watch", tests, NULL, NULL);
}
