/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "input/clause.h"

static void clauses_are_divided_by_semicolons(void **state)
{
	char line[64] = "";

	(void)state;
	clause_add(line, sizeof(line), "%d byte%s", 1, clause_plural(1));
	assert_string_equal(line, "1 byte");
	clause_add(line, sizeof(line), "%d byte%s", 2, clause_plural(2));
	assert_string_equal(line, "1 byte; 2 bytes");
}

static void what_exceeds_the_line_is_cut(void **state)
{
	size_t capacity;

	(void)state;
	for (capacity = 1; capacity < 24; capacity++) {
		char line[32];

		memset(line, '#', sizeof(line));
		line[0] = '\0';
		clause_add(line, capacity, "one");
		clause_add(line, capacity, "two");
		clause_add(line, capacity, "three");
		assert_true(strlen(line) < capacity);
		assert_int_equal(line[capacity], '#');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clauses_are_divided_by_semicolons),
		cmocka_unit_test(what_exceeds_the_line_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
