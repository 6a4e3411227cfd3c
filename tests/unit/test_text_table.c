/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/text_table.h"
#include "output/text_width.h"

static struct text_table table;

static int setup(void **state)
{
	(void)state;
	table = (struct text_table){
		.headings = {"size", "name", "held by"},
		.left = {false, true, true},
		.column_count = 3,
	};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	text_table_deinit(&table);
	return 0;
}

static struct text_row *add(const char *size, const char *name,
			    const char *holder)
{
	struct text_row *row = text_table_add(&table);

	assert_non_null(row);
	row->cells[0] = size;
	row->cells[1] = name;
	row->cells[2] = holder;
	return row;
}

static void assert_written(size_t width, bool colour, const char *expected)
{
	size_t length;
	char *text;
	FILE *file = open_memstream(&text, &length);

	assert_non_null(file);
	text_table_write(&table, width, colour, file);
	fclose(file);
	assert_string_equal(text, expected);
	assert_false(table.no_memory);
	free(text);
}

static void numbers_stand_right_and_names_left(void **state)
{
	(void)state;
	add("1", "a", "x");
	add("1,000,000", "long name", "y");
	assert_written(0, false,
		       "      size  name       held by\n"
		       "         1  a          x\n"
		       " 1,000,000  long name  y\n");
}

static void no_line_ends_in_spaces(void **state)
{
	(void)state;
	add("1", "a", "");
	add("2", "", NULL);
	add("3", NULL, "z");
	assert_written(0, false,
		       " size  name  held by\n"
		       "    1  a\n"
		       "    2\n"
		       "    3        z\n");
}

static void columns_count_characters_and_not_bytes(void **state)
{
	(void)state;
	assert_int_equal(text_width("caf\xc3\xa9 \xe2\x86\x92"), 6);
	add("1", "caf\xc3\xa9", "x");
	add("2", "cafe", "x");
	assert_written(0, false,
		       " size  name  held by\n"
		       "    1  caf\xc3\xa9  x\n"
		       "    2  cafe  x\n");
}

static void the_last_column_is_cut_in_its_middle(void **state)
{
	(void)state;
	add("1", "a", "0123456789012345678901234567890123456789");
	assert_written(40, false,
		       " size  name  held by\n"
		       "    1  a     0123456789012\xe2\x80\xa6"
		       "7890123456789\n");
}

static void a_narrow_terminal_leaves_names_some_room(void **state)
{
	(void)state;
	add("1", "a", "0123456789012345678901234567890123456789");
	assert_written(10, false,
		       " size  name  held by\n"
		       "    1  a     012345678901\xe2\x80\xa6"
		       "90123456789\n");
}

/* What was close to a column that is gone stands apart from others. */
static void a_narrow_terminal_does_without_what_can_be_spared(void **state)
{
	struct text_row *row;

	(void)state;
	table = (struct text_table){
		.headings = {"size", "old", "", "new", "why", "held by"},
		.left = {[4] = true, [5] = true},
		.close = {[2] = true, [3] = true},
		.spare = {[1] = 1, [2] = 1, [4] = 2},
		.column_count = 6,
		.coloured = 4,
		.ruled = 5,
	};
	row = add("1", "10", ">");
	row->cells[3] = "20";
	row->cells[4] = "word";
	row->cells[5] = "f";
	row->colour = "\033[31m";
	text_table_add(&table)->rule = true;
	assert_written(0, false,
		       " size  old   new  why   held by\n"
		       "    1   10 >  20  word  f\n"
		       " ────  ─── ─ ───  ────\n");
	assert_written(32, true,
		       "\033[2m size  old   new  why   held by\033[0m\n"
		       "    1   10 >  20  \033[31mword\033[0m  f\n"
		       " ────  ─── ─ ───  ────\n");
	assert_written(30, true,
		       "\033[2m size  old   new  held by\033[0m\n"
		       "    1   10 >  20  f\n"
		       " ────  ─── ─ ───\n");
	assert_written(24, false,
		       " size  new  held by\n"
		       "    1   20  f\n"
		       " ────  ───\n");
	assert_written(5, false,
		       " size  new  held by\n"
		       "    1   20  f\n"
		       " ────  ───\n");
}

static void a_spare_column_without_a_word_is_left_out(void **state)
{
	(void)state;
	table.spare[1] = 1;
	add("1", "-", "x");
	add("2", "", "y");
	add("3", NULL, "z");
	assert_written(0, false,
		       " size  held by\n"
		       "    1  x\n"
		       "    2  y\n"
		       "    3  z\n");
}

static void a_column_that_is_needed_stays_without_a_word(void **state)
{
	(void)state;
	add("1", "-", "x");
	assert_written(0, false,
		       " size  name  held by\n"
		       "    1  -     x\n");
}

static void colour_stays_with_its_column(void **state)
{
	(void)state;
	table.spare[0] = 1;
	table.coloured = 1;
	add("1", "a", "x")->colour = "\033[31m";
	assert_written(10, true,
		       "\033[2m name  held by\033[0m\n"
		       " \033[31ma\033[0m     x\n");
}

static void a_tail_stands_behind_or_below(void **state)
{
	(void)state;
	add("1", "a", "holder")->tail = "\xe2\x86\x90 caller";
	assert_written(40, false,
		       " size  name  held by\n"
		       "    1  a     holder \xe2\x86\x90 caller\n");
	assert_written(24, false,
		       " size  name  held by\n"
		       "    1  a     holder\n"
		       "              \xe2\x86\x90 caller\n");
}

static void a_note_stands_below_its_row(void **state)
{
	(void)state;
	add("1", "a", "x")->note = "    note\n";
	add("2", "b", "y");
	assert_written(0, false,
		       " size  name  held by\n"
		       "    1  a     x\n"
		       "    note\n"
		       "    2  b     y\n");
}

static void colour_is_for_one_column_and_takes_no_room(void **state)
{
	(void)state;
	table.coloured = 1;
	add("1", "a", "x")->colour = "\033[31m";
	add("2", "bb", "y");
	assert_written(0, true,
		       "\033[2m size  name  held by\033[0m\n"
		       "    1  \033[31ma\033[0m     x\n"
		       "    2  bb    y\n");
}

static void close_columns_have_one_space_between(void **state)
{
	(void)state;
	table.close[1] = true;
	add("1", "a", "x");
	assert_written(0, false, " size name  held by\n    1 a     x\n");
}

static void a_wrapping_table_goes_on_below_where_the_cell_began(void **state)
{
	(void)state;
	table.wraps = true;
	add("1", "a", "some words that are too many for a line");
	add("2", "b", "  indented, and of many words");
	assert_written(40, false,
		       " size  name  held by\n"
		       "    1  a     some words that are too\n"
		       "             many for a line\n"
		       "    2  b       indented, and of many\n"
		       "               words\n");
}

static void a_wrapping_table_of_no_width_wraps_nothing(void **state)
{
	(void)state;
	table.wraps = true;
	add("1", "a", "some words that are too many for a line");
	assert_written(0, false,
		       " size  name  held by\n"
		       "    1  a     some words that are too many for a line"
		       "\n");
}

static void a_wrapping_table_can_end_in_numbers(void **state)
{
	(void)state;
	table.wraps = true;
	table.left[2] = false;
	add("1", "a", "5");
	assert_written(0, false,
		       " size  name  held by\n"
		       "    1  a           5\n");
}

static void a_rule_is_below_the_columns_that_it_is_for(void **state)
{
	(void)state;
	table.wraps = true;
	table.ruled = 2;
	add("1", "a", "x");
	add(NULL, NULL, NULL)->rule = true;
	add("1", "b", "y");
	assert_written(0, false,
		       " size  name  held by\n"
		       "    1  a     x\n"
		       " ────  ────\n"
		       "    1  b     y\n");
}

static void a_bold_row_is_bold_where_there_is_colour(void **state)
{
	(void)state;
	table.wraps = true;
	table.coloured = TEXT_COLUMNS_MAX;
	add("1", "a", "x")->bold = true;
	assert_written(0, true,
		       "\033[2m size  name  held by\033[0m\n"
		       "\033[1m    1  a     x\033[0m\n");
	assert_written(0, false,
		       " size  name  held by\n"
		       "    1  a     x\n");
}

static void a_text_is_cut_to_just_the_width(void **state)
{
	struct arena arena = {0};
	size_t width;

	(void)state;
	assert_string_equal(text_cut(&arena, "abcdef", 6), "abcdef");
	assert_string_equal(text_cut(&arena, "abcdef", 5), "ab\xe2\x80\xa6"
							   "ef");
	assert_string_equal(text_cut(&arena, "", 5), "");
	for (width = 2; width < 12; width++)
		assert_int_equal(text_width(text_cut(&arena,
						     "\xc3\xa9\xe2\x86\x92"
						     "abcdefghijk",
						     width)),
				 width);
	arena_deinit(&arena);
}

static void formatted_cells_live_as_long_as_the_table(void **state)
{
	char name[] = "abc";
	char *cell = text_table_format(&table, "%s %d", name, 5);

	(void)state;
	name[0] = '#';
	assert_string_equal(cell, "abc 5");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(numbers_stand_right_and_names_left),
		TEST(no_line_ends_in_spaces),
		TEST(columns_count_characters_and_not_bytes),
		TEST(the_last_column_is_cut_in_its_middle),
		TEST(a_narrow_terminal_leaves_names_some_room),
		TEST(a_narrow_terminal_does_without_what_can_be_spared),
		TEST(a_spare_column_without_a_word_is_left_out),
		TEST(a_column_that_is_needed_stays_without_a_word),
		TEST(colour_stays_with_its_column),
		TEST(a_tail_stands_behind_or_below),
		TEST(a_note_stands_below_its_row),
		TEST(colour_is_for_one_column_and_takes_no_room),
		TEST(close_columns_have_one_space_between),
		TEST(a_wrapping_table_goes_on_below_where_the_cell_began),
		TEST(a_wrapping_table_of_no_width_wraps_nothing),
		TEST(a_wrapping_table_can_end_in_numbers),
		TEST(a_rule_is_below_the_columns_that_it_is_for),
		TEST(a_bold_row_is_bold_where_there_is_colour),
		TEST(a_text_is_cut_to_just_the_width),
		TEST(formatted_cells_live_as_long_as_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
