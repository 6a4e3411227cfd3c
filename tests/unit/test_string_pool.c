/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "base/string_pool.h"

static uint32_t intern(struct string_pool *pool, struct span text)
{
	struct error err;
	string_id id;

	assert_true(string_pool_intern(pool, text, &id, &err));
	return id.index;
}

static void equal_strings_get_one_id_and_ids_count_from_0(void **state)
{
	struct string_pool pool = {0};

	(void)state;
	assert_int_equal(intern(&pool, SPAN("")), 0);
	assert_int_equal(intern(&pool, SPAN("a")), 1);
	assert_int_equal(intern(&pool, SPAN("b")), 2);
	assert_int_equal(intern(&pool, SPAN("a")), 1);
	assert_int_equal(intern(&pool, (struct span){NULL, 0}), 0);
	assert_int_equal(pool.count, 3);
	string_pool_deinit(&pool);
}

static void strings_are_bytes_and_are_copied(void **state)
{
	struct string_pool pool = {0};
	char text[] = "a\0b";

	(void)state;
	intern(&pool, (struct span){text, 3});
	text[0] = 'x';
	assert_int_equal(intern(&pool, SPAN("a\0b")), 0);
	assert_int_equal(intern(&pool, SPAN("a\0c")), 1);
	assert_int_equal(intern(&pool, SPAN("a")), 2);
	assert_true(span_equal(string_pool_text(&pool, (string_id){0}),
			       SPAN("a\0b")));
	string_pool_deinit(&pool);
}

static void many_strings_keep_their_ids(void **state)
{
	struct string_pool pool = {0};
	char text[16];
	uint32_t i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		snprintf(text, sizeof(text), "%u", i);
		assert_int_equal(intern(&pool, span_of(text)), i);
	}
	for (i = 0; i < 5000; i++) {
		snprintf(text, sizeof(text), "%u", i);
		assert_int_equal(intern(&pool, span_of(text)), i);
		assert_span(string_pool_text(&pool, (string_id){i}), text);
	}
	assert_int_equal(pool.count, 5000);
	string_pool_deinit(&pool);
	string_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_strings_get_one_id_and_ids_count_from_0),
		cmocka_unit_test(strings_are_bytes_and_are_copied),
		cmocka_unit_test(many_strings_keep_their_ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
