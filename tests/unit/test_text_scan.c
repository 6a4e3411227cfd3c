/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both scans against examples, and the vector code against the portable. */
#include "tests/support/check.h"

#include "base/text_scan.h"
#include "tests/support/dice.h"

static void assert_run(const char *text, ptrdiff_t end, uint64_t lines,
		       bool odd)
{
	const struct text_scan *scans[] = {text_scan_portable(),
					   text_scan_best()};
	size_t i;

	for (i = 0; i < 2; i++) {
		struct text_run run =
			scans[i]->indented(text, text + strlen(text));

		if (end < 0) {
			assert_null(run.end);
			continue;
		}
		assert_ptr_equal(run.end, text + end);
		assert_u64(run.lines, lines);
		assert_int_equal(run.odd, odd);
	}
}

static void a_run_ends_before_the_first_line_without_indent(void **state)
{
	(void)state;
	assert_run(" a\n b\nc\n", 6, 2, false);
	assert_run(" a\n\n", 3, 1, false);
	assert_run("c\n", 0, 0, false);
	assert_run("\n", 0, 0, false);
	assert_run(" sym+0x1/0x2\n sym+0x1/0x2\n sym+0x1/0x2\n"
		   " sym+0x1/0x2 [module]\nCharged",
		   61, 4, false);
}

static void a_run_that_reaches_the_end_is_not_known_to_end(void **state)
{
	(void)state;
	assert_run("", -1, 0, false);
	assert_run(" ", -1, 0, false);
	assert_run(" a", -1, 0, false);
	assert_run(" a\n", -1, 0, false);
	assert_run(" sym+0x1/0x2\n sym+0x1/0x2\n sym+0x1/0x2\n a\n", -1, 0,
		   false);
}

static void spaces_where_no_frame_has_them_are_odd(void **state)
{
	(void)state;
	assert_run(" a b\n\n", 5, 1, true);
	assert_run("  a\n\n", 4, 1, true);
	assert_run(" a \n\n", 4, 1, true);
	assert_run(" a [m]\n\n", 7, 1, false);
	assert_run(" [<ff>] a [m]\n\n", 14, 1, false);
	assert_run(" a\n b c\n d\n\n", 11, 3, true);
}

/* Text of the bytes that matter, in memory of exactly its size. */
static void vector_and_portable_scan_agree_on_any_text(void **state)
{
	static const char letters[] = "ab \n [>x";
	const struct text_scan *best = text_scan_best();
	const struct text_scan *portable = text_scan_portable();
	struct dice dice = {7};
	unsigned round;
	size_t i, from;

	(void)state;
	for (round = 0; round < 20000; round++) {
		size_t length = 1 + dice_below(&dice, 200);
		unsigned sides = 2 + (unsigned)dice_below(&dice, 40);
		char *text = malloc(length);
		char *end = text + length;

		assert_non_null(text);
		for (i = 0; i < length; i++)
			text[i] = dice_one_in(&dice, sides)
					  ? letters[dice_below(&dice, 8)]
					  : 'f';
		text[0] = ' ';
		for (from = 0; from < length; from += 1 + from / 8) {
			struct text_run a, b;

			assert_ptr_equal(best->newline(text + from, end),
					 portable->newline(text + from, end));
			if (from && text[from - 1] != '\n')
				continue;
			a = best->indented(text + from, end);
			b = portable->indented(text + from, end);
			assert_ptr_equal(a.end, b.end);
			if (!a.end)
				continue;
			assert_u64(a.lines, b.lines);
			assert_int_equal(a.odd, b.odd);
		}
		free(text);
	}
}

/* Each alignment of the text against each place of what is looked for. */
static void a_newline_is_found_at_any_place_and_alignment(void **state)
{
	const struct text_scan *best = text_scan_best();
	char text[160];
	size_t from, at;

	(void)state;
	for (from = 0; from < 40; from++) {
		for (at = from; at < 120; at++) {
			memset(text, 'x', sizeof(text));
			text[at] = '\n';
			assert_ptr_equal(best->newline(text + from, text + 120),
					 text + at);
			assert_null(best->newline(text + from, text + at));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_run_ends_before_the_first_line_without_indent),
		cmocka_unit_test(
			a_run_that_reaches_the_end_is_not_known_to_end),
		cmocka_unit_test(spaces_where_no_frame_has_them_are_odd),
		cmocka_unit_test(vector_and_portable_scan_agree_on_any_text),
		cmocka_unit_test(a_newline_is_found_at_any_place_and_alignment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
