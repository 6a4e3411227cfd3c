/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/output.h"
#include "tests/support/dump_reader.h"
#include "tests/support/place_maker.h"
#include "tests/support/text_buffer.h"

static struct text_buffer dumps[2];
static struct dump_reading readings[2];
static struct report report;
static struct output_options options;
static char *text;

static int setup(void **state)
{
	(void)state;
	options = (struct output_options){0};
	text = NULL;
	return 0;
}

static int teardown(void **state)
{
	unsigned i;

	(void)state;
	report_deinit(&report);
	report = (struct report){0};
	for (i = 0; i < 2; i++) {
		dump_reading_deinit(&readings[i]);
		text_buffer_deinit(&dumps[i]);
		dumps[i] = (struct text_buffer){0};
	}
	free(text);
	return 0;
}

/* 2^order pages of a stack; spaces in front and newlines are its own. */
static void add(unsigned side, unsigned order, const char *stack)
{
	text_buffer_format(&dumps[side],
			   "Page allocated via order %u, mask 0x1(X), pid 1, "
			   "tgid 1 (a;b c), ts 5 ns\nPFN 0x1 type Unmovable "
			   "Block 0 type Unmovable Flags 0x0()\n%s\n",
			   order, stack);
}

static void read_side(unsigned side, const char *by)
{
	const struct question question = {.by = by};
	struct error err;

	if (!dump_reading_init(&readings[side], text_buffer_span(&dumps[side]),
			       &(struct way){.threads = 1}, &question, &err))
		fail_msg("%s", err.text);
}

static const char *folded(void)
{
	static size_t length;
	struct error err;
	FILE *file;

	assert_true(report_arrange(&report, SORT_RANK, false, &err));
	free(text);
	file = open_memstream(&text, &length);
	assert_non_null(file);
	assert_true(
		output_named("folded")->write(&report, &options, file, &err));
	fclose(file);
	return text;
}

static const char *top_by(const char *by)
{
	read_side(0, by);
	dump_top(&readings[0], &report);
	return folded();
}

static const char *diff(void)
{
	read_side(0, NULL);
	read_side(1, NULL);
	dump_diff(&readings[0], &readings[1], MATCH_EXACT, &report);
	return folded();
}

static void frames_go_from_the_outermost_inwards(void **state)
{
	(void)state;
	add(0, 1, " inner+0x1/0x2 [mod]\n outer.isra.0+0x3/0x4\n");
	assert_string_equal(top_by(NULL), "outer;inner_[mod] 8192\n");
}

static void stacks_that_read_the_same_are_added_up_and_sorted(void **state)
{
	(void)state;
	add(0, 0, " f+0x1/0x9\n z+0x1/0x9\n");
	add(0, 0, " f+0x1/0x9\n a+0x1/0x9\n");
	add(0, 1, " f+0x2/0x9\n z+0x1/0x9\n");
	add(0, 0, " f+0x1/0x9\n B+0x1/0x9\n");
	assert_string_equal(top_by(NULL), "B;f 4096\na;f 4096\nz;f 12288\n");
}

static void two_captures_have_two_numbers(void **state)
{
	(void)state;
	add(0, 0, " gone+0x1/0x2\n");
	add(0, 0, " same+0x1/0x2\n");
	add(1, 0, " same+0x1/0x2\n");
	add(1, 1, " new+0x1/0x2\n");
	assert_string_equal(diff(),
			    "gone 4096 0\nnew 0 8192\nsame 4096 4096\n");
}

static void what_was_inlined_is_a_frame_of_its_own(void **state)
{
	static const struct made_frame made[] = {
		{"f+0x1/0x2 [mod]",
		 3,
		 {{"leaf", "a.h", 1}, {NULL, "a.h", 2}, {"f", "a.c", 3}}},
		{0}};

	(void)state;
	add(0, 0, " f+0x1/0x2 [mod]\n g+0x1/0x2\n");
	read_side(0, NULL);
	place_maker_fill(&readings[0].snapshot, made);
	dump_top(&readings[0], &report);
	assert_string_equal(folded(),
			    "g;f_[mod];(unknown)_[i];leaf_[i] 4096\n");
}

static void nothing_of_a_name_can_end_a_frame(void **state)
{
	(void)state;
	add(0, 0, " a;b c\033\xff+0x1/0x2 [m;d]\n");
	assert_text_lacks(top_by(NULL), ";");
	assert_text_lacks(text, "\033");
	assert_text_lacks(text, "\xff");
	assert_text_has(text, "a_b_c__");
	assert_ptr_equal(strchr(text, ' '), strrchr(text, ' '));
}

static void addresses_stay(void **state)
{
	(void)state;
	add(0, 0, " f+0x1/0x2\n 0xffffffffc0123456\n");
	assert_string_equal(top_by(NULL), "0xffffffffc0123456;f 4096\n");
}

static void values_of_keys_are_frames(void **state)
{
	(void)state;
	add(0, 0, " f+0x1/0x2 [mod]\n g+0x1/0x2\n");
	assert_string_equal(top_by("comm,module"), "a_b_c;mod 4096\n");
	report_deinit(&report);
	report = (struct report){0};
	dump_reading_deinit(&readings[0]);
	assert_string_equal(top_by("comm,stack"), "a_b_c;g;f_[mod] 4096\n");
}

static void what_is_not_told_is_a_frame_too(void **state)
{
	(void)state;
	add(0, 0, " f+0x1/0x2\n");
	assert_string_equal(top_by("comm,module"), "a_b_c;(none) 4096\n");
}

static void top_and_min_leave_out_rows(void **state)
{
	(void)state;
	add(0, 0, " f+0x1/0x2\n");
	add(0, 1, " g+0x1/0x2\n");
	options.top_given = true;
	options.top = 1;
	assert_string_equal(top_by(NULL), "g 8192\n");
	options.top_given = false;
	options.min_bytes = 8192;
	assert_string_equal(folded(), "g 8192\n");
}

static void what_holds_nothing_is_left_out(void **state)
{
	(void)state;
	add(0, 0, " f+0x1/0x2\n");
	read_side(0, NULL);
	dump_top(&readings[0], &report);
	report.sides[0].unit_bytes = 0;
	assert_string_equal(folded(), "");
}

static void objects_of_no_known_size_are_counted(void **state)
{
	(void)state;
	add(0, 3, " f+0x1/0x2\n");
	read_side(0, NULL);
	dump_top(&readings[0], &report);
	report.sides[0].unit = UNIT_OBJECT;
	assert_string_equal(folded(), "f 1\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(frames_go_from_the_outermost_inwards),
		TEST(stacks_that_read_the_same_are_added_up_and_sorted),
		TEST(two_captures_have_two_numbers),
		TEST(what_was_inlined_is_a_frame_of_its_own),
		TEST(nothing_of_a_name_can_end_a_frame),
		TEST(addresses_stay),
		TEST(values_of_keys_are_frames),
		TEST(what_is_not_told_is_a_frame_too),
		TEST(top_and_min_leave_out_rows),
		TEST(what_holds_nothing_is_left_out),
		TEST(objects_of_no_known_size_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
