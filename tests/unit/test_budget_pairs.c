/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/budget_pairs.h"

static struct arena arena;
static const struct budget_row **rows;
static size_t count;

static int teardown(void **state)
{
	(void)state;
	arena_deinit(&arena);
	arena = (struct arena){0};
	return 0;
}

/* A budget whose ids are the letters; capital ones lie beside. */
static struct budget make(const char *letters)
{
	size_t length = strlen(letters), i;
	struct budget budget = {
		.known = true,
		.rows = arena_alloc(&arena,
				    (length + 1) * sizeof(*budget.rows)),
		.row_count = length,
	};

	for (i = 0; i < length; i++) {
		struct span letter = {letters + i, 1};
		bool beside = letters[i] < 'a';

		budget.rows[i] = (struct budget_row){
			.id = arena_string(&arena, letter),
			.name = "x",
			.kind = beside ? BUDGET_BESIDE : BUDGET_PART,
			.sum.kib = letters[i],
		};
	}
	return budget;
}

static void assert_union(const char *a, const char *b, const char *expected)
{
	const struct budget first = make(a), second = make(b);
	const struct budget *const budgets[] = {&first, &second};
	char ids[32] = {0};
	size_t i;

	assert_true(budget_rows_union(budgets, 2, &arena, &rows, &count));
	for (i = 0; i < count; i++)
		strcat(ids, rows[i]->id);
	assert_string_equal(ids, expected);
}

static void a_row_that_one_lacks_stands_where_the_other_has_it(void **state)
{
	(void)state;
	assert_union("abc", "abc", "abc");
	assert_union("ac", "abc", "abc");
	assert_union("bc", "abc", "abc");
	assert_union("abc", "b", "abc");
	assert_union("ab", "abcd", "abcd");
	assert_union("", "ab", "ab");
	assert_union("", "", "");
}

static void rows_that_are_not_added_are_left_out(void **state)
{
	(void)state;
	assert_union("aXb", "acY", "acb");
}

static void a_budget_without_a_row_has_0_of_it(void **state)
{
	const struct budget budget = make("ab");

	(void)state;
	assert_int_equal(budget_row_kib(&budget, "a"), 'a');
	assert_int_equal(budget_row_kib(&budget, "c"), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_row_that_one_lacks_stands_where_the_other_has_it),
		TEST(rows_that_are_not_added_are_left_out),
		TEST(a_budget_without_a_row_has_0_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
