/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/frame.h"

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_deinit(&arena);
	arena = (struct arena){0};
	return 0;
}

static struct source_place made(const char *function, const char *file,
				unsigned line)
{
	struct source_place place;

	assert_true(source_place_init(&place, &arena, function, file, line));
	return place;
}

static void a_place_has_its_file_and_line_as_one_text(void **state)
{
	struct source_place place = made("new_slab", "mm/slub.c", 1204);

	(void)state;
	assert_span(place.function, "new_slab");
	assert_span(place.file, "mm/slub.c");
	assert_span(place.file_line, "mm/slub.c:1204");
	assert_int_equal(place.line, 1204);
	assert_span(made("f", "a", 4294967295).file_line, "a:4294967295");
}

static void what_is_not_known_is_empty(void **state)
{
	struct source_place place = made(NULL, NULL, 7);

	(void)state;
	assert_span(place.function, "");
	assert_span(place.file, "");
	assert_span(place.file_line, "");
	assert_span(made("f", "", 7).file_line, "");
	assert_span(made("f", "entry.S", 0).file_line, "entry.S");
}

static void a_file_ends_where_the_line_begins(void **state)
{
	(void)state;
	assert_span(source_file_of(SPAN("mm/slub.c:3278")), "mm/slub.c");
	assert_span(source_file_of(SPAN("a:1:2")), "a:1");
	assert_span(source_file_of(SPAN("mm/slub.c")), "mm/slub.c");
	assert_span(source_file_of(SPAN("slub.c2")), "slub.c2");
	assert_span(source_file_of(SPAN("")), "");
}

static void a_frame_tells_the_place_that_was_chosen(void **state)
{
	const struct source_place places[] = {made("leaf", "a.h", 1),
					      made("f", "a.c", 2)};
	struct frame frame = {.told_place = 1};

	(void)state;
	assert_null(frame_place(&frame));
	frame.places = places;
	frame.place_count = 2;
	assert_ptr_equal(frame_place(&frame), &places[1]);
	assert_true(frame_place_is_inlined(&frame, 0));
	assert_false(frame_place_is_inlined(&frame, 1));
	frame.told_place = 2;
	assert_null(frame_place(&frame));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_place_has_its_file_and_line_as_one_text),
		cmocka_unit_test(what_is_not_known_is_empty),
		cmocka_unit_test(a_file_ends_where_the_line_begins),
		cmocka_unit_test(a_frame_tells_the_place_that_was_chosen),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
