/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <stdalign.h>

#include "base/arena.h"

static bool is_zero(const char *at, size_t size)
{
	while (size-- > 0)
		if (*at++)
			return false;
	return true;
}

static void pieces_are_zeroed_aligned_and_do_not_overlap(void **state)
{
	struct arena arena = {0};
	char *pieces[300];
	size_t i, k;

	(void)state;
	for (i = 0; i < TEST_COUNT(pieces); i++) {
		size_t size = i * 7 % 1000;

		pieces[i] = arena_alloc(&arena, size);
		assert_non_null(pieces[i]);
		assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t),
				 0);
		assert_true(is_zero(pieces[i], size));
		memset(pieces[i], (int)i, size);
	}
	for (i = 0; i < TEST_COUNT(pieces); i++)
		for (k = 0; k < i * 7 % 1000; k++)
			assert_int_equal((unsigned char)pieces[i][k],
					 (unsigned char)i);
	arena_deinit(&arena);
}

static void nothing_has_an_address_too(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_non_null(arena_alloc(&arena, 0));
	arena_deinit(&arena);
}

static void a_large_piece_does_not_waste_the_rest_of_a_chunk(void **state)
{
	struct arena arena = {0};
	char *small = arena_alloc(&arena, 16), *next;
	char *large = arena_alloc(&arena, 1 << 20);

	(void)state;
	assert_non_null(large);
	assert_true(is_zero(large, 1 << 20));
	memset(large, 1, 1 << 20);
	next = arena_alloc(&arena, 16);
	assert_ptr_equal(next, small + 16);
	assert_true(is_zero(next, 16));
	arena_deinit(&arena);
}

static void a_size_beyond_all_memory_is_refused(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_null(arena_alloc(&arena, SIZE_MAX));
	assert_null(arena_alloc(&arena, SIZE_MAX - 15));
	assert_null(arena_alloc(&arena, SIZE_MAX - 16));
	assert_non_null(arena_alloc(&arena, 1));
	arena_deinit(&arena);
}

static void a_copy_is_the_arenas_own(void **state)
{
	struct arena arena = {0};
	char text[] = "abc";
	struct span copy, none = {NULL, 0};

	(void)state;
	assert_true(arena_copy(&arena, span_of(text), &copy));
	text[0] = 'x';
	assert_span(copy, "abc");
	assert_true(arena_copy(&arena, none, &copy));
	assert_span(copy, "");
	assert_non_null(copy.at);
	arena_deinit(&arena);
}

static void a_string_is_the_arenas_own_and_ends_in_zero(void **state)
{
	struct arena arena = {0};
	char text[] = "abcdef", *first, *second, *empty;

	(void)state;
	first = arena_string(&arena, (struct span){text, 3});
	empty = arena_string(&arena, (struct span){NULL, 0});
	second = arena_string(&arena, span_of(text));
	memset(text, 'x', sizeof(text));
	assert_string_equal(first, "abc");
	assert_string_equal(empty, "");
	assert_string_equal(second, "abcdef");
	arena_deinit(&arena);
}

static void an_arena_can_be_used_again_after_deinit(void **state)
{
	struct arena arena = {0};

	(void)state;
	arena_deinit(&arena);
	assert_non_null(arena_alloc(&arena, 100));
	arena_deinit(&arena);
	assert_non_null(arena_alloc(&arena, 100));
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_aligned_and_do_not_overlap),
		cmocka_unit_test(nothing_has_an_address_too),
		cmocka_unit_test(
			a_large_piece_does_not_waste_the_rest_of_a_chunk),
		cmocka_unit_test(a_size_beyond_all_memory_is_refused),
		cmocka_unit_test(a_copy_is_the_arenas_own),
		cmocka_unit_test(a_string_is_the_arenas_own_and_ends_in_zero),
		cmocka_unit_test(an_arena_can_be_used_again_after_deinit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
