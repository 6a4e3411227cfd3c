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

static struct budget_pairs make_pairs(struct budget *old, struct budget *new)
{
	struct budget_pairs pairs;

	assert_true(budget_pairs_make(old, new, &arena, &pairs));
	return pairs;
}

static void assert_pairs(const char *old, const char *new, const char *expected)
{
	struct budget first = make(old), second = make(new);
	const struct budget_pairs pairs = make_pairs(&first, &second);
	char ids[32] = {0};
	size_t i;

	for (i = 0; i < pairs.count; i++) {
		const struct budget_pair *pair = &pairs.pairs[i];

		strcat(ids, i == pairs.beside ? "|" : "");
		strcat(ids, budget_pair_newest(pair)->id);
		strcat(ids, pair->old && pair->new ? ""
			    : pair->old		   ? "-"
						   : "+");
	}
	assert_string_equal(ids, expected);
}

static void pairs_have_all_rows_of_both_captures(void **state)
{
	(void)state;
	assert_pairs("abX", "abX", "ab|X");
	assert_pairs("acX", "abX", "ac-b+|X");
	assert_pairs("", "X", "|X+");
	assert_pairs("a", "a", "a");
	assert_pairs("", "", "");
}

/* Of what came, all of it has grown. */
static void what_is_beside_is_ranked_by_growth(void **state)
{
	(void)state;
	assert_pairs("XYZ", "ZAB", "|B+A+ZX-Y-");
}

static void a_row_that_moved_stands_where_the_new_one_does(void **state)
{
	struct budget old = make("abc"), new = make("acb");
	struct budget_pairs pairs;

	(void)state;
	old.rows[1].kind = BUDGET_INSIDE;
	pairs = make_pairs(&old, &new);
	assert_string_equal(pairs.pairs[2].new->id, "b");
	assert_true(budget_pair_moved(&pairs.pairs[2]));
	assert_false(budget_pair_moved(&pairs.pairs[1]));
	new.rows[2].kind = BUDGET_BESIDE;
	pairs = make_pairs(&old, &new);
	assert_int_equal(pairs.count, 3);
	assert_int_equal(pairs.beside, 3);
	assert_true(budget_pair_moved(&pairs.pairs[1]));
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
		TEST(pairs_have_all_rows_of_both_captures),
		TEST(what_is_beside_is_ranked_by_growth),
		TEST(a_row_that_moved_stands_where_the_new_one_does),
		TEST(a_budget_without_a_row_has_0_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
