/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/told_place.h"

/* Places innermost first, all in files, but for those called "?". */
static size_t told_of(size_t count, const char *const *functions)
{
	struct source_place places[4] = {0};
	struct frame frame = {.places = places, .place_count = count};
	size_t i;

	/* Whatever it was before. */
	frame.told_place = 3;
	for (i = 0; i < count; i++) {
		places[i].function = span_of(functions[i]);
		if (strcmp(functions[i], "?") != 0)
			places[i].file = span_of("a.c");
	}
	told_place_choose(&frame);
	return frame.told_place;
}

#define told(...)                                                 \
	told_of(TEST_COUNT(((const char *const[]){__VA_ARGS__})), \
		(const char *const[]){__VA_ARGS__})

static void an_inlined_allocator_is_not_told(void **state)
{
	(void)state;
	assert_int_equal(told("kmalloc_noprof", "lab_node_new"), 1);
	assert_int_equal(told("kmalloc_noprof", "kzalloc_noprof", "probe"), 2);
	assert_int_equal(told("alloc_tag_save", "churn_obj_get"), 1);
}

static void names_are_folded_as_those_of_frames_are(void **state)
{
	(void)state;
	assert_int_equal(told("__kmalloc_noprof.isra.0", "f"), 1);
	assert_int_equal(told("__alloc_pages_node_noprof", "f"), 1);
}

static void inlined_code_of_its_own_is_told(void **state)
{
	(void)state;
	assert_int_equal(told("lab_inl_leaf", "lab_inl_middle", "path"), 0);
	assert_int_equal(told("kmalloc_noprof", "lab_inl_leaf", "path"), 1);
	assert_int_equal(told("do_leak"), 0);
}

static void of_allocators_alone_the_outermost_is_told(void **state)
{
	(void)state;
	assert_int_equal(told("kmalloc_noprof", "kzalloc_noprof"), 1);
}

static void a_place_without_a_file_tells_nothing(void **state)
{
	(void)state;
	assert_int_equal(told("?", "f"), 1);
	assert_int_equal(told("kmalloc_noprof", "?"), 0);
	assert_int_equal(told("?", "?"), 0);
}

static void a_frame_without_places_has_none_to_tell(void **state)
{
	struct frame frame = {0};

	(void)state;
	told_place_choose(&frame);
	assert_null(frame_place(&frame));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_inlined_allocator_is_not_told),
		cmocka_unit_test(names_are_folded_as_those_of_frames_are),
		cmocka_unit_test(inlined_code_of_its_own_is_told),
		cmocka_unit_test(of_allocators_alone_the_outermost_is_told),
		cmocka_unit_test(a_place_without_a_file_tells_nothing),
		cmocka_unit_test(a_frame_without_places_has_none_to_tell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
