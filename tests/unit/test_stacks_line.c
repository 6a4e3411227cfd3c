/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "formats/stacks_line.h"

static struct stacks_line line;

static enum stacks_line_kind kind_of(const char *text)
{
	stacks_line_read(span_of(text), &line);
	return line.kind;
}

static void assert_handle(const char *text, uint32_t handle)
{
	assert_int_equal(kind_of(text), LINE_HANDLE);
	assert_u64(line.handle, handle);
}

static void assert_frame(const char *text, const char *frame)
{
	assert_int_equal(kind_of(text), LINE_FRAME);
	assert_span(line.frame, frame);
}

static void a_count_has_had_two_names(void **state)
{
	(void)state;
	assert_int_equal(kind_of("nr_base_pages: 16"), LINE_COUNT);
	assert_u64(line.pages, 16);
	assert_int_equal(kind_of("stack_count: 2147483647 \r"), LINE_COUNT);
	assert_u64(line.pages, 2147483647);
}

static void a_handle_has_32_bits_with_a_sign_or_without(void **state)
{
	(void)state;
	assert_handle("handle: 0", 0);
	assert_handle("handle: 4294967295\r", UINT32_MAX);
	assert_handle("handle: -1", UINT32_MAX);
	assert_handle("handle: -2147483648", (uint32_t)1 << 31);
	assert_int_equal(kind_of("handle: 4294967296"), LINE_BAD_HANDLE);
	assert_int_equal(kind_of("handle: -2147483649"), LINE_BAD_HANDLE);
	assert_int_equal(kind_of("handle: --1"), LINE_BAD_HANDLE);
	assert_int_equal(kind_of("handle: 7x"), LINE_BAD_HANDLE);
	assert_int_equal(kind_of("handle: "), LINE_BAD_HANDLE);
}

static void a_count_that_is_no_number_is_bad(void **state)
{
	(void)state;
	assert_int_equal(kind_of("nr_base_pages: "), LINE_BAD_COUNT);
	assert_int_equal(kind_of("nr_base_pages: -1"), LINE_BAD_COUNT);
	assert_int_equal(kind_of("nr_base_pages: 18446744073709551616"),
			 LINE_BAD_COUNT);
	assert_int_equal(kind_of("stack_count: 1 f+0x1/0x2"), LINE_BAD_COUNT);
	assert_int_equal(kind_of("nr_base_pages"), LINE_OTHER);
}

static void a_frame_is_whole_or_indented(void **state)
{
	(void)state;
	assert_frame(" f+0x1/0x2 [mod]", "f+0x1/0x2 [mod]");
	assert_frame("f+0x1/0x2\t\r", "f+0x1/0x2");
	assert_frame("\t0xffffffffc0123456", "0xffffffffc0123456");
	assert_frame(" f", "f");
	/* An address on the stack that is no caller keeps its mark. */
	assert_frame(" ? f+0x1/0x2", "? f+0x1/0x2");
	assert_int_equal(kind_of("f"), LINE_OTHER);
	assert_int_equal(kind_of("\tf"), LINE_OTHER);
	assert_int_equal(kind_of(" some words"), LINE_OTHER);
}

static void a_line_of_blanks_is_blank(void **state)
{
	(void)state;
	assert_int_equal(kind_of(""), LINE_BLANK);
	assert_int_equal(kind_of(" \t\r"), LINE_BLANK);
}

static void a_whole_frame_was_not_cut(void **state)
{
	(void)state;
	assert_true(stacks_line_is_whole_frame(SPAN(" f+0x1/0x2")));
	assert_true(stacks_line_is_whole_frame(SPAN("f+0x1/0x2 [m]")));
	assert_false(stacks_line_is_whole_frame(SPAN(" f+0x1")));
	assert_false(stacks_line_is_whole_frame(SPAN(" ? f+0x1/0x2")));
	assert_false(stacks_line_is_whole_frame(SPAN(" ")));
	assert_false(stacks_line_is_whole_frame(SPAN("")));
}

static void what_logs_and_grep_put_before_a_line_is_taken_off(void **state)
{
	(void)state;
	assert_span(stacks_line_bare(SPAN("[   12.345678]  f+0x1/0x2")),
		    " f+0x1/0x2");
	assert_span(stacks_line_bare(SPAN("a/show_stacks: f+0x1/0x2")),
		    " f+0x1/0x2");
	assert_span(stacks_line_bare(SPAN("show_handles:handle: 7")),
		    "handle: 7");
	assert_span(stacks_line_bare(SPAN("> show_stacks_handles:handle: 7")),
		    "handle: 7");
	assert_span(stacks_line_bare(SPAN("show_more:handle: 7")),
		    "show_more:handle: 7");
}

static void assert_glued(const char *cut, const char *glued)
{
	struct span found = {0};
	char text[200];

	snprintf(text, sizeof(text), "%s%s", cut, glued);
	if (!stacks_line_find_glued(span_of(text), &found))
		fail_msg("%s", text);
	assert_span(found, glued);
}

static void a_frame_or_handle_behind_a_cut_line_is_found(void **state)
{
	(void)state;
	assert_glued(" f+0x", " g+0x1/0x2");
	assert_glued("nr_base_pages: 1", " g+0x1/0x2 [m]");
	assert_glued("nr_b", " g+0x1/0x2");
	assert_glued("stack_count: ", "handle: 7");
	assert_glued("handle: -12", "handle: 7");
	assert_glued("handle: -", "handle: 7");
	assert_glued("h", "handle: -7");
}

static void behind_other_text_nothing_is_glued(void **state)
{
	struct span found;

	(void)state;
	assert_false(stacks_line_find_glued(SPAN("words g+0x1/0x2"), &found));
	assert_false(stacks_line_find_glued(SPAN(" a b g+0x1/0x2"), &found));
	assert_false(
		stacks_line_find_glued(SPAN("handle: 7x g+0x1/0x2"), &found));
	assert_false(stacks_line_find_glued(SPAN(" f g+0x1"), &found));
	/* It has to stand behind something. */
	assert_false(stacks_line_find_glued(SPAN("handle: 7"), &found));
	assert_false(stacks_line_find_glued(SPAN(""), &found));
}

static void nothing_glued_is_looked_for_beyond_1025_bytes(void **state)
{
	char text[1100];
	struct span found;
	size_t cut;

	(void)state;
	for (cut = 1025; cut <= 1026; cut++) {
		memset(text, 'f', cut);
		text[0] = ' ';
		strcpy(text + cut, " g+0x1/0x2");
		assert_int_equal(stacks_line_find_glued(span_of(text), &found),
				 cut == 1025);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_count_has_had_two_names),
		cmocka_unit_test(a_handle_has_32_bits_with_a_sign_or_without),
		cmocka_unit_test(a_count_that_is_no_number_is_bad),
		cmocka_unit_test(a_frame_is_whole_or_indented),
		cmocka_unit_test(a_line_of_blanks_is_blank),
		cmocka_unit_test(a_whole_frame_was_not_cut),
		cmocka_unit_test(
			what_logs_and_grep_put_before_a_line_is_taken_off),
		cmocka_unit_test(a_frame_or_handle_behind_a_cut_line_is_found),
		cmocka_unit_test(behind_other_text_nothing_is_glued),
		cmocka_unit_test(nothing_glued_is_looked_for_beyond_1025_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
