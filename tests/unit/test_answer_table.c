/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/answer_table.h"

static struct byte_cursor bytes_of(const char *text)
{
	return (struct byte_cursor){(const unsigned char *)text, strlen(text)};
}

static void answers_are_found_by_all_bytes_of_their_keys(void **state)
{
	struct answer_table table = {0};
	struct table_answer *first, *second;
	char key[] = "key";

	(void)state;
	assert_null(answer_table_find(&table, bytes_of("key")));
	first = answer_table_add(&table, bytes_of(key), bytes_of("one"));
	second = answer_table_add(&table, bytes_of("key2"), bytes_of("two"));
	/* The key was copied, the value was not. */
	key[0] = 'x';
	assert_ptr_equal(answer_table_find(&table, bytes_of("key")), first);
	assert_ptr_equal(answer_table_find(&table, bytes_of("key2")), second);
	assert_null(answer_table_find(&table, bytes_of("ke")));
	assert_null(answer_table_find(&table, bytes_of("xey")));
	assert_int_equal(first->value.left, 3);
	assert_false(first->used);
	answer_table_deinit(&table);
	assert_null(answer_table_find(&table, bytes_of("key")));
	answer_table_deinit(&table);
}

static void answers_stay_in_the_order_they_came_in(void **state)
{
	struct answer_table table = {0};
	const struct table_answer *answer;
	char key[16];
	int at = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof(key), "%d", i);
		assert_non_null(
			answer_table_add(&table, bytes_of(key), bytes_of("")));
	}
	for (answer = table.answers; answer; answer = answer->hh.next) {
		snprintf(key, sizeof(key), "%d", at++);
		assert_memory_equal(answer->key.at, key, strlen(key));
	}
	assert_int_equal(at, 1000);
	answer_table_deinit(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_found_by_all_bytes_of_their_keys),
		cmocka_unit_test(answers_stay_in_the_order_they_came_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
