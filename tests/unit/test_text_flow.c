/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/text_flow.h"

static char *written;
static size_t length;
static FILE *file;

static int setup(void **state)
{
	(void)state;
	written = NULL;
	file = open_memstream(&written, &length);
	return file ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	free(written);
	return 0;
}

static void assert_written(const char *expected)
{
	fclose(file);
	assert_string_equal(written, expected);
}

static void lines_break_between_words_and_are_indented(void **state)
{
	(void)state;
	text_flow_paragraph(file, "one two three four", 2, 12);
	assert_written("  one two\n  three four\n");
}

static void without_a_width_nothing_breaks(void **state)
{
	(void)state;
	text_flow_paragraph(file, "one two three four", 2, 0);
	assert_written("  one two three four\n");
}

static void a_piece_stays_whole_even_where_it_does_not_fit(void **state)
{
	struct text_flow flow = text_flow_begin(file, 10, 2, 0);

	(void)state;
	text_flow_piece(&flow, "a b c d e f g h");
	text_flow_piece(&flow, "i j");
	text_flow_piece(&flow, "");
	assert_written("  a b c d e f g h\n  i j");
}

static void a_flow_goes_on_where_the_line_is(void **state)
{
	struct text_flow flow = text_flow_begin(file, 12, 8, 6);

	(void)state;
	fputs("name: ", file);
	flow.indent = 4;
	text_flow_words(&flow, "one two three");
	assert_written("name: one\n    two\n    three");
}

static void an_indent_is_for_lines_to_come(void **state)
{
	struct text_flow flow = text_flow_begin(file, 10, 0, 0);

	(void)state;
	text_flow_words(&flow, "a");
	flow.indent = 4;
	text_flow_words(&flow, "= one two");
	assert_written("a = one\n    two");
}

static void control_characters_are_escaped(void **state)
{
	(void)state;
	text_flow_paragraph(file, "a\nb\033[2J", 0, 0);
	assert_written("a\\nb\\x1b[2J\n");
}

static void words_without_end_are_written_in_full(void **state)
{
	char word[601] = {0};
	size_t i, kept = 0;

	(void)state;
	memset(word, 'x', 600);
	text_flow_paragraph(file, word, 0, 20);
	fclose(file);
	for (i = 0; i < length; i++)
		kept += written[i] == 'x';
	assert_int_equal(kept, 600);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(lines_break_between_words_and_are_indented),
		TEST(without_a_width_nothing_breaks),
		TEST(a_piece_stays_whole_even_where_it_does_not_fit),
		TEST(a_flow_goes_on_where_the_line_is),
		TEST(an_indent_is_for_lines_to_come),
		TEST(control_characters_are_escaped),
		TEST(words_without_end_are_written_in_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
