/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "symbolize/debug_object.h"

static struct debug_object object;
static struct text_pool pool;

static int setup(void **state)
{
	(void)state;
	object = (struct debug_object){.has_file = false};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	known_frames_deinit(&object.frames);
	text_pool_deinit(&pool);
	return 0;
}

/* Add frames that were answered so. */
static void add(enum frame_status status, unsigned count)
{
	while (count-- > 0) {
		char symbol[32];
		const struct frame_query query = {
			.symbol = symbol, .offset = 1, .size = 0x40};

		snprintf(symbol, sizeof(symbol), "function_%u",
			 HASH_COUNT(object.frames.table));

		known_frames_intern(&object.frames, &pool, &query)
			->answer.status = status;
	}
}

static void set_ids(unsigned char expected, unsigned char found)
{
	object.expected = (struct build_id){{expected}, 20};
	object.file.build_id = (struct build_id){{found}, 20};
	object.has_file = true;
}

static void a_file_that_lacks_nothing_is_believed(void **state)
{
	(void)state;
	add(FRAME_RESOLVED, 1);
	add(FRAME_NO_LINE, 3);
	add(FRAME_AMBIGUOUS, 1);
	debug_object_judge(&object);
	assert_false(object.refused);
}

static void a_few_that_do_not_fit_are_the_fault_of_the_text(void **state)
{
	(void)state;
	add(FRAME_RESOLVED, 30);
	add(FRAME_OTHER_SIZE, 5);
	add(FRAME_NO_SYMBOL, 5);
	debug_object_judge(&object);
	assert_false(object.refused);
}

static void more_than_a_quarter_that_does_not_fit_refuses_it(void **state)
{
	(void)state;
	add(FRAME_RESOLVED, 28);
	add(FRAME_OTHER_SIZE, 6);
	add(FRAME_NO_SYMBOL, 6);
	debug_object_judge(&object);
	assert_true(object.refused);
}

static void one_frame_that_does_not_fit_refuses_it(void **state)
{
	(void)state;
	add(FRAME_OTHER_SIZE, 1);
	debug_object_judge(&object);
	assert_true(object.refused);
}

static void frames_of_one_function_count_as_one(void **state)
{
	struct frame_query query = {.symbol = "grown", .size = 0x50};

	(void)state;
	add(FRAME_RESOLVED, 6);
	for (; query.offset < 40; query.offset++)
		known_frames_intern(&object.frames, &pool, &query)
			->answer.status = FRAME_OTHER_SIZE;
	debug_object_judge(&object);
	assert_false(object.refused);
	assert_int_equal(debug_object_functions(&object).other_size, 1);
}

static void a_frame_without_a_size_proves_nothing(void **state)
{
	const struct frame_query query = {.symbol = "start_kernel"};

	(void)state;
	known_frames_intern(&object.frames, &pool, &query)->answer.status =
		FRAME_RESOLVED;
	assert_int_equal(debug_object_functions(&object).fit, 0);
}

static void frames_that_nobody_could_answer_prove_nothing(void **state)
{
	(void)state;
	add(FRAME_FAILED, 40);
	add(FRAME_NO_OBJECT, 40);
	debug_object_judge(&object);
	assert_false(object.refused);
	add(FRAME_OTHER_SIZE, 2);
	add(FRAME_RESOLVED, 1);
	debug_object_judge(&object);
	assert_true(object.refused);
}

static void a_file_that_turns_out_to_fit_is_believed_again(void **state)
{
	(void)state;
	add(FRAME_OTHER_SIZE, 1);
	debug_object_judge(&object);
	assert_true(object.refused);
	add(FRAME_RESOLVED, 9);
	debug_object_judge(&object);
	assert_false(object.refused);
}

static void the_build_id_is_believed_before_sizes(void **state)
{
	(void)state;
	set_ids(7, 7);
	add(FRAME_OTHER_SIZE, 9);
	debug_object_judge(&object);
	assert_false(object.refused);
	set_ids(7, 8);
	debug_object_judge(&object);
	assert_true(object.refused);
}

static void all_without_an_answer_are_settled_at_once(void **state)
{
	(void)state;
	add(FRAME_RESOLVED, 2);
	add(FRAME_UNASKED, 3);
	object.pending = 3;
	debug_object_settle(&object, FRAME_NO_OBJECT);
	assert_int_equal(debug_object_count(&object, FRAME_NO_OBJECT), 3);
	assert_int_equal(debug_object_count(&object, FRAME_RESOLVED), 2);
	assert_int_equal(object.pending, 0);
}

#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_file_that_lacks_nothing_is_believed),
		test(a_few_that_do_not_fit_are_the_fault_of_the_text),
		test(more_than_a_quarter_that_does_not_fit_refuses_it),
		test(one_frame_that_does_not_fit_refuses_it),
		test(frames_of_one_function_count_as_one),
		test(a_frame_without_a_size_proves_nothing),
		test(frames_that_nobody_could_answer_prove_nothing),
		test(a_file_that_turns_out_to_fit_is_believed_again),
		test(the_build_id_is_believed_before_sizes),
		test(all_without_an_answer_are_settled_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
