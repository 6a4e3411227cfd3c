/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/path_prefix.h"

static void a_path_of_that_name_is_taken_off(void **state)
{
	struct span line = SPAN("/d/slab/kmalloc-64/alloc_traces:  1 f");
	struct span path;

	(void)state;
	assert_true(path_prefix_take(&line, SPAN("alloc_traces"), &path));
	assert_span(path, "/d/slab/kmalloc-64/alloc_traces");
	assert_span(line, "  1 f");
	line = SPAN("alloc_traces:");
	assert_true(path_prefix_take(&line, SPAN("alloc_traces"), &path));
	assert_span(path, "alloc_traces");
	assert_span(line, "");
}

static void a_path_may_hold_colons(void **state)
{
	struct span line = SPAN("slab/k(1:alloc_traces)/alloc_traces: x");
	struct span path;

	(void)state;
	assert_true(path_prefix_take(&line, SPAN("alloc_traces"), &path));
	assert_span(path, "slab/k(1:alloc_traces)/alloc_traces");
	assert_span(line, " x");
}

static void other_lines_stay_as_they_are(void **state)
{
	static const char *const lines[] = {
		"", "alloc_traces", "x-alloc_traces: 1", "alloc_traces_2: 1",
		"free_traces: 1"};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(lines); i++) {
		struct span line = span_of(lines[i]), path = {0};

		assert_false(
			path_prefix_take(&line, SPAN("alloc_traces"), &path));
		assert_span(line, lines[i]);
		assert_null(path.at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_of_that_name_is_taken_off),
		cmocka_unit_test(a_path_may_hold_colons),
		cmocka_unit_test(other_lines_stay_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
