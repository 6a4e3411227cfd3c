/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/line_chain.h"

static struct line_chain chain;

static int clear(void **state)
{
	(void)state;
	line_chain_deinit(&chain);
	return 0;
}

static void add(const char *function, const char *file, unsigned line)
{
	struct source_line told = {function, file, line};

	line_chain_add(&chain, &told);
}

static void lines_are_copied_in_their_order(void **state)
{
	char borrowed[] = "inner";

	(void)state;
	add(borrowed, "a.c", 1);
	borrowed[0] = '!';
	add(NULL, NULL, 0);
	/* Enough to move the text elsewhere. */
	for (int i = 0; i < 100; i++)
		add("a function with a name that is long enough", "b.c", 2);
	assert_int_equal(chain.count, 102);
	assert_string_equal(line_chain_line(&chain, 0).function, "inner");
	assert_string_equal(line_chain_line(&chain, 0).file, "a.c");
	assert_int_equal(line_chain_line(&chain, 0).line, 1);
	assert_null(line_chain_line(&chain, 1).function);
	assert_null(line_chain_line(&chain, 1).file);
	assert_string_equal(line_chain_line(&chain, 101).file, "b.c");
}

static void a_chain_without_end_has_one(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2 * ANSWER_LINES_MAX; i++)
		add("f", "f.c", i);
	assert_int_equal(chain.count, ANSWER_LINES_MAX);
	assert_int_equal(line_chain_line(&chain, ANSWER_LINES_MAX - 1).line,
			 ANSWER_LINES_MAX - 1);
}

static void text_no_message_could_hold_is_cut(void **state)
{
	static char many[3 * ANSWER_MESSAGE_MAX];

	(void)state;
	memset(many, 'x', sizeof(many) - 1);
	add(many, "after.c", 1);
	assert_int_equal(strlen(line_chain_line(&chain, 0).function),
			 ANSWER_MESSAGE_MAX);
	assert_string_equal(line_chain_line(&chain, 0).file, "after.c");
}

static uint64_t hash_of(const char *function, const char *file, unsigned line)
{
	line_chain_clear(&chain);
	add("inner", "a.c", 1);
	add(function, file, line);
	return line_chain_hash(&chain);
}

static void the_hash_tells_what_differs(void **state)
{
	uint64_t hash = hash_of("f", "b.c", 2), empty;

	(void)state;
	assert_u64(hash_of("f", "b.c", 2), hash);
	assert_true(hash_of("g", "b.c", 2) != hash);
	assert_true(hash_of("f", "c.c", 2) != hash);
	assert_true(hash_of("f", "b.c", 3) != hash);
	assert_true(hash_of("fb", ".c", 2) != hash);
	assert_true(hash_of(NULL, "b.c", 2) != hash_of("", "b.c", 2));
	add("outermost", "b.c", 2);
	assert_true(line_chain_hash(&chain) != hash);
	line_chain_clear(&chain);
	empty = line_chain_hash(&chain);
	assert_true(empty != hash);
	add(NULL, NULL, 0);
	assert_true(line_chain_hash(&chain) != empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(lines_are_copied_in_their_order,
					  clear),
		cmocka_unit_test_teardown(a_chain_without_end_has_one, clear),
		cmocka_unit_test_teardown(text_no_message_could_hold_is_cut,
					  clear),
		cmocka_unit_test_teardown(the_hash_tells_what_differs, clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
