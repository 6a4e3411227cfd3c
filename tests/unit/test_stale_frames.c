/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/classify.h"
#include "diff/stale_frames.h"

#define LONE_MAX 8

/* Rows without a partner, of both sides. */
struct lone_rows {
	struct stack_table table;
	struct keyed_row rows[2][LONE_MAX];
	const struct keyed_row *lone[2][LONE_MAX];
	size_t counts[2];
};

static void add(struct lone_rows *rows, unsigned side, const char *text)
{
	size_t i = rows->counts[side]++;
	struct stack *stack;
	struct error err;

	assert_true(stack_table_intern(&rows->table, span_of(text), &stack,
				       NULL, &err));
	classify_stack(stack->frames, stack->frame_count, 0, &stack->class);
	rows->rows[side][i].stack = stack;
	rows->lone[side][i] = &rows->rows[side][i];
}

static size_t pair(struct lone_rows *rows)
{
	const struct keyed_row **lone[2] = {rows->lone[0], rows->lone[1]};

	return stale_frames_pair(lone, rows->counts);
}

static void assert_pairs(const char *old, const char *new, size_t pairs)
{
	struct lone_rows rows = {0};

	add(&rows, 0, old);
	add(&rows, 1, new);
	assert_int_equal(pair(&rows), pairs);
	stack_table_deinit(&rows.table);
}

static void an_address_pairs_with_a_function_in_its_place(void **state)
{
	(void)state;
	assert_pairs(" f+0x1/0x2\n 0xffffffffc0123456\n g+0x1/0x2\n",
		     " f+0x1/0x2\n get+0xf/0x20 [churn]\n g+0x1/0x2\n", 1);
	assert_pairs(" f+0x1/0x2\n get+0xf/0x20 [churn]\n g+0x1/0x2\n",
		     " f+0x1/0x2\n 0xffffffffc0123456\n g+0x1/0x2\n", 1);
	assert_pairs(" f+0x1/0x2\n 0xffffffffc0123456\n",
		     " f+0x1/0x2\n 0xffffffffc0999999\n", 1);
}

static void other_frames_must_be_equal(void **state)
{
	(void)state;
	assert_pairs(" f+0x1/0x2\n 0xffffffffc0123456\n g+0x1/0x2\n",
		     " f+0x1/0x2\n get+0xf/0x20 [churn]\n g+0x2/0x3\n", 0);
	assert_pairs(" f+0x1/0x2\n 0xffffffffc0123456\n",
		     " f+0x1/0x2\n get+0xf/0x20 [churn]\n g+0x1/0x2\n", 0);
	assert_pairs(" f+0x1/0x2\n a+0x1/0x2\n", " f+0x1/0x2\n b+0x1/0x2\n", 0);
}

/* It was an address, and is one no more. */
static void a_frame_that_was_looked_up_pairs_as_an_address(void **state)
{
	struct lone_rows rows = {0};
	struct frame *frame;

	(void)state;
	add(&rows, 0, " f+0x1/0x2\n gone+0x1/0x40 [m]\n");
	add(&rows, 1, " f+0x1/0x2\n 0xffffffffc0123456\n");
	frame = &rows.rows[1][0].stack->frames[1];
	frame_split(SPAN("gone+0x1/0x50 [m]"), frame);
	assert_int_equal(pair(&rows), 0);
	frame->looked_up = true;
	assert_int_equal(pair(&rows), 1);
	stack_table_deinit(&rows.table);
}

static void some_frame_must_be_equal(void **state)
{
	(void)state;
	assert_pairs(" 0xffffffffc0123456\n", " get+0xf/0x20 [churn]\n", 0);
	assert_pairs("", "", 0);
}

static void a_stale_symbol_pairs_in_its_modules_frames_only(void **state)
{
	(void)state;
	assert_pairs(" f+0x1/0x2\n old_init+0x1/0x2 [m]\n"
		     " do_one_initcall+0x1/0x2\n",
		     " f+0x1/0x2\n anything+0x1/0x2 [m]\n"
		     " do_one_initcall+0x1/0x2\n",
		     1);
	assert_pairs(" f+0x1/0x2\n anything+0x1/0x2 [m]\n"
		     " do_one_initcall+0x1/0x2\n",
		     " g+0x1/0x2\n anything+0x1/0x2 [m]\n"
		     " do_one_initcall+0x1/0x2\n",
		     0);
}

/* One stack may allocate from several caches. */
static void what_tells_rows_of_a_stack_apart_must_be_equal(void **state)
{
	struct lone_rows rows = {0};

	(void)state;
	add(&rows, 0, " f+0x1/0x2\n 0xffffffffc0123456\n");
	add(&rows, 1, " f+0x1/0x2\n get+0xf/0x20 [churn]\n");
	rows.rows[0][0].detail = SPAN("kmalloc-64");
	rows.rows[1][0].detail = SPAN("kmalloc-1k");
	assert_int_equal(pair(&rows), 0);
	rows.rows[1][0].detail = SPAN("kmalloc-64");
	assert_int_equal(pair(&rows), 1);
	stack_table_deinit(&rows.table);
}

static void pairs_stand_first_in_the_same_order(void **state)
{
	struct lone_rows rows = {0};

	(void)state;
	add(&rows, 0, " x+0x1/0x2\n");
	add(&rows, 0, " f+0x1/0x2\n 0xffffffffc0000001\n");
	add(&rows, 0, " y+0x1/0x2\n");
	add(&rows, 0, " g+0x1/0x2\n 0xffffffffc0000002\n");
	add(&rows, 1, " z+0x1/0x2\n");
	add(&rows, 1, " g+0x1/0x2\n b+0x1/0x2 [m]\n");
	add(&rows, 1, " f+0x1/0x2\n a+0x1/0x2 [m]\n");
	assert_int_equal(pair(&rows), 2);
	assert_span(rows.lone[0][0]->stack->text,
		    " f+0x1/0x2\n 0xffffffffc0000001\n");
	assert_span(rows.lone[1][0]->stack->text,
		    " f+0x1/0x2\n a+0x1/0x2 [m]\n");
	assert_span(rows.lone[0][1]->stack->text,
		    " g+0x1/0x2\n 0xffffffffc0000002\n");
	assert_span(rows.lone[1][1]->stack->text,
		    " g+0x1/0x2\n b+0x1/0x2 [m]\n");
	assert_span(rows.lone[1][2]->stack->text, " z+0x1/0x2\n");
	stack_table_deinit(&rows.table);
}

static void a_row_is_paired_once(void **state)
{
	struct lone_rows rows = {0};

	(void)state;
	add(&rows, 0, " f+0x1/0x2\n 0xffffffffc0000001\n");
	add(&rows, 0, " f+0x1/0x2\n 0xffffffffc0000002\n");
	add(&rows, 1, " f+0x1/0x2\n a+0x1/0x2 [m]\n");
	assert_int_equal(pair(&rows), 1);
	stack_table_deinit(&rows.table);
}

static void nothing_pairs_with_nothing(void **state)
{
	struct lone_rows rows = {0};

	(void)state;
	assert_int_equal(pair(&rows), 0);
	add(&rows, 1, " f+0x1/0x2\n 0xffffffffc0000001\n");
	assert_int_equal(pair(&rows), 0);
	stack_table_deinit(&rows.table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_pairs_with_a_function_in_its_place),
		cmocka_unit_test(other_frames_must_be_equal),
		cmocka_unit_test(
			a_frame_that_was_looked_up_pairs_as_an_address),
		cmocka_unit_test(some_frame_must_be_equal),
		cmocka_unit_test(
			a_stale_symbol_pairs_in_its_modules_frames_only),
		cmocka_unit_test(
			what_tells_rows_of_a_stack_apart_must_be_equal),
		cmocka_unit_test(pairs_stand_first_in_the_same_order),
		cmocka_unit_test(a_row_is_paired_once),
		cmocka_unit_test(nothing_pairs_with_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
