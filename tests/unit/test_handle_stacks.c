/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <inttypes.h>

#include "formats/handle_stacks.h"
#include "tests/support/text_buffer.h"

static struct handle_stacks handles;
static struct text_buffer told;

static void take_remark(struct sink *sink, const char *text)
{
	(void)sink;
	text_buffer_format(&told, "%s\n", text);
}

static int setup(void **state)
{
	(void)state;
	handles = (struct handle_stacks){0};
	told = (struct text_buffer){0};
	text_buffer_add(&told, SPAN(""));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	handle_stacks_deinit(&handles);
	text_buffer_deinit(&told);
	return 0;
}

static void name(uint32_t handle, const char *stack)
{
	struct error err;

	assert_true(handle_stacks_name(&handles, handle, span_of(stack), &err));
}

static void count(uint32_t handle, uint64_t pages, uint64_t line)
{
	struct error err;

	assert_true(handle_stacks_count(&handles, handle, pages, line, &err));
}

/* What was counted, in its order: "line: pages stack". */
static void assert_joined(const char *expected)
{
	const struct handle_stack *entry;
	struct text_buffer joined = {0};
	struct handle_text text;

	text_buffer_add(&joined, SPAN(""));
	for (entry = handles.first_counted; entry; entry = entry->next) {
		text_buffer_format(&joined, "%" PRIu64 ": %" PRIu64,
				   entry->line, entry->pages);
		text_buffer_add(&joined, handle_stack_text(entry, &text));
	}
	assert_string_equal(joined.at, expected);
	text_buffer_deinit(&joined);
}

static void assert_remarks(const char *expected)
{
	struct sink sink = {.remark = take_remark};

	handle_stacks_remark(&handles, &sink);
	assert_string_equal(told.at, expected);
}

static void halves_are_joined_whichever_comes_first(void **state)
{
	(void)state;
	name(7, " f+0x1/0x2\n");
	count(UINT32_MAX, 30, 1);
	count(7, 4, 2);
	name(UINT32_MAX, " g+0x1/0x2\n");
	/* A stack that has no pages now is not among them. */
	name(8, " h+0x1/0x2\n");
	assert_joined("1: 30 g+0x1/0x2\n2: 4 f+0x1/0x2\n");
	assert_remarks("");
}

static void the_text_of_a_stack_is_copied(void **state)
{
	char stack[] = " f+0x1/0x2\n";

	(void)state;
	name(7, stack);
	memset(stack, '#', sizeof(stack) - 1);
	count(7, 4, 2);
	assert_joined("2: 4 f+0x1/0x2\n");
}

static void the_first_stack_and_the_last_count_hold(void **state)
{
	(void)state;
	name(7, " f+0x1/0x2\n");
	name(7, " g+0x1/0x2\n");
	name(8, "");
	count(7, 4, 1);
	count(8, 5, 2);
	count(7, 6, 3);
	assert_joined("3: 6 f+0x1/0x2\n2: 5");
	assert_remarks("1 handle came again in show_handles: the last count "
		       "holds\n");
}

static void each_time_that_a_handle_comes_again_is_told(void **state)
{
	(void)state;
	name(7, " f+0x1/0x2\n");
	count(7, 1, 1);
	count(7, 1, 2);
	count(7, 1, 3);
	assert_remarks("2 handles came again in show_handles: the last count "
		       "holds\n");
}

static void a_handle_without_a_name_is_told_with_its_pages(void **state)
{
	(void)state;
	name(7, " f+0x1/0x2\n");
	count(8, 2, 1);
	assert_joined("1: 2 (handle 8)\n");
	assert_remarks("1 handle with 2 pages has no stack in "
		       "show_stacks_handles\n");
}

static void handles_without_names_are_summed(void **state)
{
	(void)state;
	name(7, " f+0x1/0x2\n");
	count(7, 100, 1);
	count(8, 30, 2);
	count(UINT32_MAX, 4, 3);
	assert_joined("1: 100 f+0x1/0x2\n2: 30 (handle 8)\n"
		      "3: 4 (handle 4294967295)\n");
	assert_remarks("2 handles with 34 pages have no stack in "
		       "show_stacks_handles\n");
}

static void a_single_page_is_told_as_one(void **state)
{
	(void)state;
	name(7, " f+0x1/0x2\n");
	count(8, 1, 1);
	count(9, 0, 2);
	assert_remarks("2 handles with 1 page have no stack in "
		       "show_stacks_handles\n");
}

static void a_half_that_is_missing_is_told(void **state)
{
	(void)state;
	count(8, 1, 1);
	assert_remarks("show_stacks_handles is missing: stacks are known by "
		       "handle only\n");
}

static void names_without_counts_are_told(void **state)
{
	(void)state;
	name(8, " f+0x1/0x2\n");
	assert_joined("");
	assert_remarks("show_stacks_handles has no counts, and show_handles, "
		       "which has them, is missing\n");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(halves_are_joined_whichever_comes_first),
		TEST(the_text_of_a_stack_is_copied),
		TEST(the_first_stack_and_the_last_count_hold),
		TEST(each_time_that_a_handle_comes_again_is_told),
		TEST(a_handle_without_a_name_is_told_with_its_pages),
		TEST(handles_without_names_are_summed),
		TEST(a_single_page_is_told_as_one),
		TEST(a_half_that_is_missing_is_told),
		TEST(names_without_counts_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
