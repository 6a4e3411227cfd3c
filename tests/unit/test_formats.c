/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/format.h"

static void each_format_is_found_by_its_name(void **state)
{
	size_t i;

	(void)state;
	assert_non_null(formats[0]);
	for (i = 0; formats[i]; i++) {
		assert_ptr_equal(format_named(formats[i]->name), formats[i]);
		assert_true(formats[i]->state_size > 0);
		assert_true(strlen(formats[i]->title) > 0);
	}
	assert_null(format_named(""));
	assert_null(format_named("page_owner_"));
}

static void assert_sniffed(const char *text, const char *name)
{
	const struct format *format = format_sniff(span_of(text));

	if (name) {
		assert_non_null(format);
		assert_string_equal(format->name, name);
	} else {
		assert_null(format);
	}
}

static void a_format_is_known_by_one_line_anywhere(void **state)
{
	(void)state;
	assert_sniffed("Page allocated via order 0, mask 0x0()\n",
		       "page_owner");
	assert_sniffed("a log\n\n[  1.0] Page allocated via order 0, mask "
		       "0x0\n",
		       "page_owner");
	assert_sniffed(" cut+0x1/0xPage allocated via order 0, mask 0x0\n",
		       "page_owner");
	assert_sniffed("3 times, 12 pages:\n", "page_owner_sort");
	assert_sniffed("x\n3 times, 12 pages, PID 1:\n", "page_owner_sort");
}

static void the_line_that_comes_first_decides(void **state)
{
	(void)state;
	assert_sniffed("3 times, 12 pages:\nPage allocated via order 0, mask "
		       "0x0\n",
		       "page_owner_sort");
	assert_sniffed("Page allocated via order 0, mask 0x0\n3 times, 12 "
		       "pages:\n",
		       "page_owner");
}

static void other_text_is_of_no_format(void **state)
{
	(void)state;
	assert_sniffed("", NULL);
	assert_sniffed("# notes\n", NULL);
	assert_sniffed("PFN 0x1 type Movable Block 0 type Movable\n", NULL);
	assert_sniffed("3 times\n", NULL);
	assert_sniffed("three times, 12 pages\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_format_is_found_by_its_name),
		cmocka_unit_test(a_format_is_known_by_one_line_anywhere),
		cmocka_unit_test(the_line_that_comes_first_decides),
		cmocka_unit_test(other_text_is_of_no_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
