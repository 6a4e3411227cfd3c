/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "model/stack_table.h"

static struct stack *intern(struct stack_table *table, const char *text,
			    bool *ret_new)
{
	struct stack *stack;
	struct error err;

	assert_true(stack_table_intern(table, span_of(text), &stack, ret_new,
				       &err));
	return stack;
}

static void a_new_stack_is_split_into_frames(void **state)
{
	struct stack_table table = {0};
	struct stack *stack;
	bool is_new;

	(void)state;
	stack = intern(&table, " f+0x1/0x2\n g+0x3/0x4 [mod]\n", &is_new);
	assert_true(is_new);
	assert_int_equal(table.count, 1);
	assert_span(stack->text, " f+0x1/0x2\n g+0x3/0x4 [mod]\n");
	assert_int_equal(stack->frame_count, 2);
	assert_span(stack->frames[0].symbol, "f");
	assert_span(stack->frames[0].text, "f+0x1/0x2");
	assert_span(stack->frames[1].module, "mod");
	assert_ptr_equal(stack->meaning, stack);
	stack_table_deinit(&table);
}

static void an_equal_stack_is_the_same(void **state)
{
	struct stack_table table = {0};
	char text[] = " f+0x1/0x2\n";
	struct stack *stack;
	bool is_new;

	(void)state;
	stack = intern(&table, text, NULL);
	text[1] = 'g';
	assert_ptr_equal(intern(&table, " f+0x1/0x2\n", &is_new), stack);
	assert_false(is_new);
	assert_ptr_not_equal(intern(&table, text, &is_new), stack);
	assert_true(is_new);
	assert_ptr_not_equal(intern(&table, " f+0x1/0x3\n", NULL), stack);
	assert_int_equal(table.count, 3);
	stack_table_deinit(&table);
}

static void nothing_is_a_stack_too(void **state)
{
	struct stack_table table = {0};
	struct stack *stack;
	struct error err;
	bool is_new;

	(void)state;
	assert_true(stack_table_intern(&table, (struct span){NULL, 0}, &stack,
				       &is_new, &err));
	assert_true(is_new);
	assert_int_equal(stack->frame_count, 0);
	assert_ptr_equal(intern(&table, "", &is_new), stack);
	assert_false(is_new);
	assert_null(stack_blamed(stack));
	stack_table_deinit(&table);
}

/* What is folded, and what must not be. */
static void texts_that_mean_the_same_stack_are_folded(void **state)
{
	static const char *const same[] = {
		" [<ffffffff8117e4e3>] f+0x1/0x2\n [<ffffffff8117e4e4>] "
		"g+0x3/0x4 [mod]\n",
		" [<8117e4e3>] f+0x1/0x2\n g+0x3/0x4 [mod]\n"
		" [<ffffffff>] 0xffffffff\n",
		" f+0x1/0x2\n g+0x3/0x4 [mod]\n 0xffffffffffffffff\n",
		" f+0x1/0x2\n ? h+0x1/0x2\n g+0x3/0x4 [mod]\n",
		" f+0x1/0x2 \n  g+0x3/0x4 [mod]\r\n",
		"\tf+0x1/0x2\ng+0x3/0x4 [mod]",
	};
	struct stack_table table = {0};
	struct stack *stack =
		intern(&table, " f+0x1/0x2\n g+0x3/0x4 [mod]\n", NULL);
	bool is_new;
	size_t i, twice;

	(void)state;
	for (i = 0; i < TEST_COUNT(same); i++)
		for (twice = 0; twice < 2; twice++) {
			assert_ptr_equal(intern(&table, same[i], &is_new),
					 stack);
			assert_false(is_new);
		}
	assert_int_equal(table.count, 1);
	assert_ptr_not_equal(intern(&table, " f+0x1/0x2\n", NULL), stack);
	assert_ptr_not_equal(
		intern(&table, " g+0x3/0x4 [mod]\n f+0x1/0x2\n", NULL), stack);
	stack_table_deinit(&table);
}

static void the_folded_text_may_come_first(void **state)
{
	struct stack_table table = {0};
	struct stack *stack;
	bool is_new;

	(void)state;
	stack = intern(&table, " [<ffffffff8117e4e3>] f+0x1/0x2\n", &is_new);
	assert_true(is_new);
	assert_span(stack->text, " f+0x1/0x2\n");
	assert_ptr_equal(intern(&table, " f+0x1/0x2\n", &is_new), stack);
	assert_false(is_new);
	assert_int_equal(table.count, 1);
	stack_table_deinit(&table);
}

static void clean_gives_the_text_of_the_stack(void **state)
{
	struct stack_table table = {0};
	struct arena arena = {0};
	struct span clean;
	const char *text = " [<ff>] f+0x1/0x2\n ? g+0x1/0x2\n 0xffffffff\n";

	(void)state;
	assert_true(stack_text_clean(&arena, span_of(text), &clean));
	assert_span(clean, " f+0x1/0x2\n");
	assert_true(span_equal(clean, intern(&table, text, NULL)->text));
	assert_true(stack_text_clean(&arena, clean, &clean));
	assert_span(clean, " f+0x1/0x2\n");
	arena_deinit(&arena);
	stack_table_deinit(&table);
}

static void stacks_are_kept_in_order_of_first_sight(void **state)
{
	struct stack_table table = {0};
	struct stack *stack;
	char text[32];
	int i;

	(void)state;
	for (i = 0; i < 500; i++) {
		snprintf(text, sizeof(text), " f%d+0x1/0x2\n", i % 100);
		intern(&table, text, NULL);
	}
	assert_int_equal(table.count, 100);
	for (i = 0, stack = table.table; stack; stack = stack->hh.next, i++) {
		snprintf(text, sizeof(text), " f%d+0x1/0x2\n", i);
		assert_span(stack->text, text);
	}
	assert_int_equal(i, 100);
	stack_table_deinit(&table);
}

static void the_blamed_frame_is_the_one_of_its_class(void **state)
{
	struct stack_table table = {0};
	struct stack *stack = intern(&table, " f+0x1/0x2\n g+0x3/0x4\n", NULL);

	(void)state;
	stack->class.blamed = 1;
	assert_ptr_equal(stack_blamed(stack), &stack->frames[1]);
	stack->class.blamed = 2;
	assert_null(stack_blamed(stack));
	stack_table_deinit(&table);
}

/* Source places that a symbolized report tells are no part of a stack. */
static void source_places_stand_beside_the_frames(void **state)
{
	static const char plain[] = " f+0x1/0x2 [m]\n g+0x3/0x4\n";
	struct stack_table table = {0}, other = {0};
	struct stack *stack, *twin;
	const struct frame *frame;
	struct error err;
	bool is_new;

	(void)state;
	stack = intern(&table,
		       " kmalloc\tslab.h:5\tf+0x1/0x2 [m]\tm/f.c:12\n"
		       " g+0x3/0x4\n",
		       &is_new);
	assert_true(is_new);
	assert_span(stack->text, plain);
	assert_ptr_equal(intern(&table, plain, &is_new), stack);
	assert_false(is_new);
	frame = &stack->frames[0];
	assert_span(frame->text, "f+0x1/0x2 [m]");
	assert_true(frame->places_told);
	assert_int_equal(frame->place_count, 2);
	assert_span(frame->places[0].function, "kmalloc");
	assert_span(frame->places[0].file, "slab.h");
	assert_int_equal(frame->places[0].line, 5);
	assert_span(frame->places[1].function, "f");
	assert_span(frame->places[1].file_line, "m/f.c:12");
	assert_int_equal(stack->frames[1].place_count, 0);
	twin = intern(&other, plain, NULL);
	assert_true(stack_table_copy_places(&other, twin, stack, &err));
	stack_table_deinit(&table);
	assert_int_equal(twin->frames[0].place_count, 2);
	assert_span(twin->frames[0].places[1].file, "m/f.c");
	stack_table_deinit(&other);
}

static void text_that_only_has_tabs_tells_no_places(void **state)
{
	struct stack_table table = {0};

	(void)state;
	assert_span(intern(&table, " a\tb\n", NULL)->text, " a\tb\n");
	assert_span(intern(&table, " a\tb:0\n", NULL)->text, " a\tb:0\n");
	assert_span(intern(&table, " a\t:1\n", NULL)->text, " a\t:1\n");
	assert_span(intern(&table, " a\tb:1\t\n", NULL)->text, " a\tb:1\t\n");
	stack_table_deinit(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_stack_is_split_into_frames),
		cmocka_unit_test(an_equal_stack_is_the_same),
		cmocka_unit_test(nothing_is_a_stack_too),
		cmocka_unit_test(texts_that_mean_the_same_stack_are_folded),
		cmocka_unit_test(the_folded_text_may_come_first),
		cmocka_unit_test(clean_gives_the_text_of_the_stack),
		cmocka_unit_test(stacks_are_kept_in_order_of_first_sight),
		cmocka_unit_test(the_blamed_frame_is_the_one_of_its_class),
		cmocka_unit_test(source_places_stand_beside_the_frames),
		cmocka_unit_test(text_that_only_has_tabs_tells_no_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
