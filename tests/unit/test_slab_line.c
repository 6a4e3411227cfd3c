/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/slab_line.h"

static struct slab_line split(const char *text)
{
	struct slab_line line;

	if (!slab_line_split(span_of(text), &line))
		fail_msg("%s", text);
	return line;
}

static void a_line_is_split_at_its_symbol(void **state)
{
	struct slab_line line;

	(void)state;
	line = split(
		"    338 f+0x2c/0xa0 waste=5/1 age=1/2/3 pid=1-9 cpus=0\n");
	assert_span(line.count, "338");
	assert_span(line.symbol, "f+0x2c/0xa0");
	assert_span(line.facts, " waste=5/1 age=1/2/3 pid=1-9 cpus=0\n");
	line = split("12345678 g+0x1/0x2 [m 01ab] age=4 pid=2 \t\r");
	assert_span(line.count, "12345678");
	assert_span(line.symbol, "g+0x1/0x2 [m 01ab]");
	assert_span(line.facts, " age=4 pid=2");
	line = split("7 g+0x1/0x2 [m] waste=1/1 age=4");
	assert_span(line.symbol, "g+0x1/0x2 [m]");
	line = split("\t 9281 <not-available> age=4294788434 pid=0");
	assert_span(line.symbol, "<not-available>");
	assert_true(span_equal(line.symbol, slab_line_not_available));
}

static void a_line_that_was_cut_is_split_as_far_as_it_goes(void **state)
{
	struct slab_line line;

	(void)state;
	line = split("7 f+0x1/0x2");
	assert_span(line.symbol, "f+0x1/0x2");
	assert_span(line.facts, "");
	line = split("7 f+0x1/0");
	assert_span(line.symbol, "f+0x1/0");
	line = split("7 f+0x1/0x2 [mo");
	assert_span(line.symbol, "f+0x1/0x2");
	assert_span(line.facts, " [mo");
}

static void a_word_is_a_symbol_where_an_age_follows(void **state)
{
	(void)state;
	assert_span(split("7 (____ptrval____) age=5 pid=1").symbol,
		    "(____ptrval____)");
	assert_span(split("7 f+0x1 waste=1/1 age=5").symbol, "f+0x1");
}

static void other_texts_are_no_count_lines(void **state)
{
	static const char *const others[] = {
		"",
		" ",
		"7",
		"7 ",
		"7f+0x1/0x2 age=5",
		"f+0x1/0x2 age=5 pid=1",
		"        f+0x1/0x2",
		"12 packets",
		"12 some words age=5",
		"7 word waste=1/1 age=5",
		"3 times, 12 pages:",
		"-7 f+0x1/0x2 age=5",
		"No data",
	};
	struct slab_line line;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(others); i++)
		if (slab_line_split(span_of(others[i]), &line))
			fail_msg("%s", others[i]);
}

static void a_count_of_more_than_64_bits_is_refused(void **state)
{
	struct slab_line line = {.count = SPAN("18446744073709551615")};
	uint64_t count = 7;

	(void)state;
	assert_true(slab_line_count(&line, &count));
	assert_u64(count, UINT64_MAX);
	line.count = SPAN("18446744073709551616");
	count = 7;
	assert_false(slab_line_count(&line, &count));
	assert_u64(count, 7);
}

static void assert_glued(const char *before, const char *count,
			 const char *behind)
{
	struct slab_line line;
	char text[200];

	snprintf(text, sizeof(text), "%s%s%s", before, count, behind);
	if (!slab_line_find_glued(span_of(text), &line))
		fail_msg("%s", text);
	assert_span(line.count, count);
	assert_ptr_equal(line.count.at, text + strlen(before));
}

static void a_line_behind_the_rest_of_another_is_found(void **state)
{
	(void)state;
	assert_glued("        g+0x     ", "7", " h+0x1/0x2 age=5 pid=1");
	assert_glued("      2 g+0x1      ", "7", " h+0x1/0x2 age=5 pid=1");
	assert_glued(" 2 g+0x1/0x2 age=1/2 ", "78", " h+0x1/0x2 age=5");
	/* The first of two. */
	assert_glued("x ", "7", " h+0x1/0x2 age=5 8 h+0x1/0x2 age=5");
}

static void a_line_of_its_own_is_not_glued(void **state)
{
	struct slab_line line;

	(void)state;
	assert_false(slab_line_find_glued(SPAN(""), &line));
	assert_false(slab_line_find_glued(SPAN(" "), &line));
	assert_false(slab_line_find_glued(SPAN("  7 h+0x1/0x2 age=5"), &line));
	/* Without an age it may be anything. */
	assert_false(slab_line_find_glued(SPAN("x 7 h+0x1/0x2 pid=5"), &line));
	assert_false(slab_line_find_glued(SPAN("x7 h+0x1/0x2 age=5"), &line));
}

static void nothing_glued_is_looked_for_beyond_1024_bytes(void **state)
{
	static const char line[] = " 7 h+0x1/0x2 age=5 pid=1";
	char text[1200];
	struct slab_line found;
	size_t before;

	(void)state;
	for (before = 1023; before <= 1024; before++) {
		memset(text, 'x', before);
		strcpy(text + before, line);
		assert_int_equal(slab_line_find_glued(span_of(text), &found),
				 before == 1023);
	}
}

static void what_a_cut_has_left_begins_with_a_digit(void **state)
{
	(void)state;
	assert_true(slab_line_is_cut(SPAN("    3")));
	assert_true(slab_line_is_cut(SPAN("338 f+0x")));
	assert_false(slab_line_is_cut(SPAN("        f+0x")));
	assert_false(slab_line_is_cut(SPAN("  ")));
	assert_false(slab_line_is_cut(SPAN("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_split_at_its_symbol),
		cmocka_unit_test(
			a_line_that_was_cut_is_split_as_far_as_it_goes),
		cmocka_unit_test(a_word_is_a_symbol_where_an_age_follows),
		cmocka_unit_test(other_texts_are_no_count_lines),
		cmocka_unit_test(a_count_of_more_than_64_bits_is_refused),
		cmocka_unit_test(a_line_behind_the_rest_of_another_is_found),
		cmocka_unit_test(a_line_of_its_own_is_not_glued),
		cmocka_unit_test(nothing_glued_is_looked_for_beyond_1024_bytes),
		cmocka_unit_test(what_a_cut_has_left_begins_with_a_digit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
