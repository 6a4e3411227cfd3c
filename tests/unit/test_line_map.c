/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/line_map.h"

static struct line_map map;

static void an_empty_map_changes_nothing(void **state)
{
	(void)state;
	map = (struct line_map){0};
	assert_int_equal(line_map_find(&map, 0), 0);
	assert_int_equal(line_map_find(&map, 7), 7);
}

static void a_line_lies_in_the_last_piece_that_begins_before_it(void **state)
{
	(void)state;
	map = (struct line_map){0};
	line_map_note(&map, 1, 10);
	line_map_note(&map, 4, 100);
	assert_int_equal(line_map_find(&map, 1), 10);
	assert_int_equal(line_map_find(&map, 3), 12);
	assert_int_equal(line_map_find(&map, 4), 100);
	assert_int_equal(line_map_find(&map, 9), 105);
}

static void of_a_line_too_old_the_oldest_known_is_told(void **state)
{
	uint64_t i;

	(void)state;
	map = (struct line_map){0};
	for (i = 1; i <= LINE_MAP_PIECES + 2; i++)
		line_map_note(&map, i, 10 * i);
	assert_int_equal(line_map_find(&map, 1), 30);
	assert_int_equal(line_map_find(&map, 3), 30);
	assert_int_equal(line_map_find(&map, 4), 40);
	assert_int_equal(line_map_find(&map, LINE_MAP_PIECES + 2),
			 10 * (LINE_MAP_PIECES + 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_map_changes_nothing),
		cmocka_unit_test(
			a_line_lies_in_the_last_piece_that_begins_before_it),
		cmocka_unit_test(of_a_line_too_old_the_oldest_known_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
