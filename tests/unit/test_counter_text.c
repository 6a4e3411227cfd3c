/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/counter_text.h"

static void a_path_before_a_line_is_taken_off(void **state)
{
	(void)state;
	assert_span(
		counter_text_bare(SPAN("/proc/vmstat:nr_dirty 5"), "vmstat"),
		"nr_dirty 5");
	assert_span(counter_text_bare(SPAN("vmstat:nr_dirty 5 \r"), "vmstat"),
		    "nr_dirty 5");
	assert_span(counter_text_bare(SPAN("old_vmstat:nr_dirty 5"), "vmstat"),
		    "old_vmstat:nr_dirty 5");
	assert_span(counter_text_bare(SPAN("a vmstat:nr_dirty 5"), "vmstat"),
		    "a vmstat:nr_dirty 5");
	assert_span(counter_text_bare(SPAN(" \t"), "vmstat"), "");
}

static void a_scope_that_does_not_fit_stays_as_it_was(void **state)
{
	struct counter_scope scope = {0};
	char long_text[sizeof(scope.bytes)];

	(void)state;
	memset(long_text, 'x', sizeof(long_text));
	assert_true(counter_scope_add(&scope, SPAN("node ")));
	assert_true(counter_scope_add_number(&scope, UINT64_MAX));
	assert_false(counter_scope_add(
		&scope, (struct span){long_text, sizeof(long_text)}));
	assert_span(counter_scope_span(&scope), "node 18446744073709551615");
	assert_true(counter_scope_add(
		&scope,
		(struct span){long_text, sizeof(long_text) - scope.length}));
	assert_false(counter_scope_add(&scope, SPAN("y")));
}

static bool is_five(struct span line, struct span rest)
{
	return span_equal(line, SPAN("a 5")) &&
	       span_equal(rest, SPAN("rest\n"));
}

static void the_line_that_fits_is_found(void **state)
{
	static const char text[] = "a 4\nxa 5\n[  1.0] a 5\nrest\n";

	(void)state;
	assert_ptr_equal(
		counter_text_find(span_of(text), "x", SPAN("a "), is_five),
		text + 9);
	assert_null(
		counter_text_find(SPAN("a 4\na 6"), "x", SPAN("a "), is_five));
	assert_null(counter_text_find(SPAN(""), "x", SPAN("a "), is_five));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_before_a_line_is_taken_off),
		cmocka_unit_test(a_scope_that_does_not_fit_stays_as_it_was),
		cmocka_unit_test(the_line_that_fits_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
