/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/loss.h"

static void lose(struct loss *loss, uint64_t line, bool stray,
		 const char *found)
{
	const struct damage damage = {.line = line,
				      .expected = "a record",
				      .found = span_of(found),
				      .stray = stray};

	loss_add(loss, &damage);
}

static void the_first_records_are_kept_and_the_rest_counted(void **state)
{
	struct loss loss = {0};

	(void)state;
	lose(&loss, 5, false, "a\n");
	lose(&loss, 7, false, "b");
	lose(&loss, 9, false, "c");
	lose(&loss, 11, false, "d");
	assert_u64(loss.records, 4);
	assert_u64(loss.first_line, 5);
	assert_int_equal(loss.event_count, 3);
	assert_string_equal(loss.events[0].found, "a\\n");
	assert_string_equal(loss.events[0].expected, "a record");
	assert_u64(loss.events[2].line, 9);
}

static void one_stray_line_is_an_event_more_are_a_sum(void **state)
{
	struct loss loss = {0};

	(void)state;
	lose(&loss, 1, true, "x");
	lose(&loss, 2, true, "y");
	lose(&loss, 3, false, "z");
	assert_u64(loss.stray_lines, 2);
	assert_u64(loss.records, 1);
	assert_u64(loss.first_line, 3);
	assert_int_equal(loss.event_count, 2);
	assert_true(loss.events[0].stray);
	assert_false(loss.events[1].stray);
	assert_u64(loss.events[1].line, 3);
}

static void a_reader_that_gave_up_is_a_loss_of_the_input(void **state)
{
	struct loss loss = {0};

	(void)state;
	lose(&loss, 1, true, "cat: page_owner: Cannot allocate memory");
	assert_true(loss_is_any(&loss));
	assert_non_null(strstr(loss.input, "ran out of memory"));
}

static void stray_lines_alone_are_no_loss(void **state)
{
	struct loss loss = {0};

	(void)state;
	assert_false(loss_is_any(&loss));
	lose(&loss, 1, true, "a log line");
	assert_false(loss_is_any(&loss));
	lose(&loss, 2, false, "a record");
	assert_true(loss_is_any(&loss));
	assert_true(loss_is_any(&(struct loss){.unreadable = 1}));
	assert_true(loss_is_any(&(struct loss){.input = "cut"}));
	assert_false(loss_is_any(&(struct loss){.descents = 1}));
}

static void long_text_is_cut(void **state)
{
	struct loss loss = {0};
	char text[500];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[499] = '\0';
	lose(&loss, 1, false, text);
	assert_int_equal(strlen(loss.events[0].found), QUOTE_LIMIT + 3);
}

/* Two losses joined are what one would have been. */
static void append_is_as_if_all_had_been_added_to_one(void **state)
{
	static const struct {
		uint64_t line;
		bool stray;
	} all[] = {{3, true},  {4, false},  {8, true},
		   {9, false}, {12, false}, {15, true}};
	size_t cut, i;

	(void)state;
	for (cut = 0; cut <= TEST_COUNT(all); cut++) {
		struct loss whole = {0}, front = {0}, back = {0};

		for (i = 0; i < TEST_COUNT(all); i++) {
			lose(&whole, all[i].line, all[i].stray, "x");
			if (i < cut)
				lose(&front, all[i].line, all[i].stray, "x");
			else
				lose(&back, all[i].line - 2, all[i].stray, "x");
		}
		loss_append(&front, &back, 2);
		assert_u64(front.records, whole.records);
		assert_u64(front.stray_lines, whole.stray_lines);
		assert_u64(front.first_line, whole.first_line);
		assert_int_equal(front.event_count, whole.event_count);
		for (i = 0; i < whole.event_count; i++) {
			assert_u64(front.events[i].line, whole.events[i].line);
			assert_int_equal(front.events[i].stray,
					 whole.events[i].stray);
		}
	}
}

static void append_adds_descents_and_what_happened_to_the_input(void **state)
{
	struct loss front = {.unreadable = 1};
	struct loss back = {.descents = 2,
			    .first_descent = 7,
			    .unreadable = 2,
			    .input = "cut"};

	(void)state;
	loss_append(&front, &back, 10);
	assert_u64(front.descents, 2);
	assert_u64(front.first_descent, 17);
	assert_u64(front.unreadable, 3);
	assert_string_equal(front.input, "cut");
	loss_append(&front, &back, 100);
	assert_u64(front.descents, 4);
	assert_u64(front.first_descent, 17);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_first_records_are_kept_and_the_rest_counted),
		cmocka_unit_test(one_stray_line_is_an_event_more_are_a_sum),
		cmocka_unit_test(a_reader_that_gave_up_is_a_loss_of_the_input),
		cmocka_unit_test(stray_lines_alone_are_no_loss),
		cmocka_unit_test(long_text_is_cut),
		cmocka_unit_test(append_is_as_if_all_had_been_added_to_one),
		cmocka_unit_test(
			append_adds_descents_and_what_happened_to_the_input),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
