/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/sniff_line.h"

static unsigned asked;

/* Whether line ends in "yes", and is not the last. */
static bool is_yes(struct span head, struct span line)
{
	asked++;
	return span_ends_with(line, SPAN("yes")) &&
	       span_end(line) < span_end(head);
}

static void the_first_line_that_decides_is_found(void **state)
{
	static const char text[] = "yes\na a no\nan a yes\na yes\n";

	(void)state;
	asked = 0;
	assert_ptr_equal(sniff_line(span_of(text), SPAN("a "), is_yes),
			 strstr(text, "an a yes"));
	/* Once a line, and only where the mark is. */
	assert_int_equal(asked, 2);
}

static void where_no_line_decides_nothing_is_found(void **state)
{
	(void)state;
	assert_null(sniff_line(SPAN(""), SPAN("a "), is_yes));
	assert_null(sniff_line(SPAN("yes\na no\n"), SPAN("a "), is_yes));
	assert_null(sniff_line(SPAN("a yes"), SPAN("a "), is_yes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line_that_decides_is_found),
		cmocka_unit_test(where_no_line_decides_nothing_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
