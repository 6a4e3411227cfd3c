/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/name_addresses.h"

#include "account/classify.h"
#include "tests/support/check.h"
#include "tests/support/symbol_list.h"

static struct snapshot snapshot;
static struct address_table table;

static const char list[] = "ffffffff81000000 T alloc_pages_noprof\n"
			   "ffffffff81000100 T _stext\n"
			   "ffffffff81000180 T do_filp_open\n"
			   "ffffffff81000200 T _etext\n"
			   "ffffffffc0202000 t gone_leak.isra.0\t[leaky_gone]\n"
			   "ffffffffc0202040 t gone_set\t[leaky_gone]\n";

static int setup(void **state)
{
	struct error err;

	(void)state;
	assert_true(snapshot_init(&snapshot, 0, &err));
	symbol_list_read(&table, span_of(list));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	snapshot_deinit(&snapshot);
	address_table_deinit(&table);
	return 0;
}

static struct stack *add(const char *text)
{
	struct stack *stack;
	struct error err;

	assert_true(stack_table_intern(&snapshot.stacks, span_of(text), &stack,
				       NULL, &err));
	classify_stack(stack->frames, stack->frame_count, stack->evidence,
		       &stack->class);
	stack->classified = true;
	return stack;
}

static size_t name_all(void)
{
	struct error err;
	size_t named = 0;

	assert_true(name_addresses(&snapshot, &table, &named, &err));
	return named;
}

static void an_address_gets_all_that_a_printed_frame_has(void **state)
{
	const struct stack *stack = add(" 0xffffffffc0202010\n");
	const struct frame *frame = &stack->frames[0];

	(void)state;
	assert_int_equal(name_all(), 1);
	assert_span(frame->text, "gone_leak.isra.0+0x10/0x40 [leaky_gone]");
	assert_span(frame->symbol, "gone_leak.isra.0");
	assert_span(frame->name, "gone_leak");
	assert_span(frame->module, "leaky_gone");
	assert_u64(frame->offset, 0x10);
	assert_u64(frame->size, 0x40);
	assert_true(frame->looked_up);
	assert_false(frame_is_address(frame));
	assert_true(frame_was_address(frame));
}

static void a_function_of_the_kernel_has_no_module(void **state)
{
	const struct stack *stack = add(" 0xffffffff81000190\n");

	(void)state;
	assert_int_equal(name_all(), 1);
	assert_span(stack->frames[0].text, "do_filp_open+0x10/0x80");
	assert_int_equal(stack->frames[0].module.length, 0);
}

static void the_key_of_the_stack_stays(void **state)
{
	const struct stack *stack = add(" f+0x1/0x2\n 0xffffffffc0202010\n");

	(void)state;
	name_all();
	assert_span(stack->text, " f+0x1/0x2\n 0xffffffffc0202010\n");
	assert_ptr_equal(add(" f+0x1/0x2\n 0xffffffffc0202010\n"), stack);
}

static void other_frames_are_left_as_they_are(void **state)
{
	const struct stack *stack =
		add(" f+0x1/0x2 [m]\n 0xffffffffc0999999\n 0xffffffffffffffff\n"
		    " odd text\n");

	(void)state;
	assert_int_equal(name_addresses_left(&snapshot), 1);
	assert_int_equal(name_all(), 0);
	assert_span(stack->frames[0].text, "f+0x1/0x2 [m]");
	assert_true(frame_is_address(&stack->frames[1]));
	assert_false(stack->frames[0].looked_up);
}

static void what_is_named_is_no_longer_left(void **state)
{
	(void)state;
	add(" 0xffffffffc0202010\n 0xffffffffc0202050\n");
	add(" 0xffffffffc0202010\n 0xffffffffc0999999\n");
	assert_int_equal(name_addresses_left(&snapshot), 4);
	assert_int_equal(name_all(), 3);
	assert_int_equal(name_addresses_left(&snapshot), 1);
	assert_int_equal(name_all(), 0);
}

/* Text of old kernels has a stack of its own that means the clean one. */
static void a_stack_that_means_another_one_is_not_counted(void **state)
{
	(void)state;
	add(" [<ffffffffc0202010>] 0xffffffffc0202010\n");
	assert_int_equal(name_addresses_left(&snapshot), 1);
	assert_int_equal(name_all(), 1);
}

static void the_stack_is_judged_anew(void **state)
{
	const struct stack *stack =
		add(" 0xffffffff81000010\n 0xffffffffc0202010\n");

	(void)state;
	assert_int_equal(stack->class.blamed, 0);
	assert_int_equal(stack->class.module.length, 0);
	name_all();
	assert_int_equal(stack->class.blamed, 1);
	assert_span(stack->class.module, "leaky_gone");
	assert_int_equal(stack->class.category, CATEGORY_DRIVER);
}

/* Freed with the module's start, and given to another one. */
static void a_module_is_not_started_by_what_is_no_init_function(void **state)
{
	const struct stack *stack =
		add(" 0xffffffffc0202010\n 0xffffffffc0202050\n do_one_initcall"
		    "+0x1/0x2\n");

	(void)state;
	assert_int_equal(name_all(), 1);
	assert_span(stack->frames[0].name, "gone_leak");
	assert_true(frame_is_address(&stack->frames[1]));
	assert_false(stack->class.stale_symbol);
	address_table_deinit(&table);
	symbol_list_read(&table, SPAN("ffffffffc0202000 t a\t[m]\n"
				      "ffffffffc0202040 t m_init\t[m]\n"));
	assert_int_equal(name_all(), 1);
	assert_span(stack->frames[1].text, "m_init+0x10/0xfc0 [m]");
}

static void what_the_records_said_is_kept_in_mind(void **state)
{
	struct stack *stack = add(" 0xffffffff81000010\n");

	(void)state;
	stack->evidence = EVIDENCE_OBJECT;
	name_all();
	assert_int_equal(stack->class.category, CATEGORY_SLAB);
}

static void a_list_fits_whose_functions_are_as_large(void **state)
{
	(void)state;
	assert_true(name_addresses_fits(&snapshot, &table));
	add(" do_filp_open+0x1/0x80\n");
	add(" unknown+0x1/0x99\n");
	assert_true(name_addresses_fits(&snapshot, &table));
	add(" gone_leak.isra.0+0x1/0x99 [leaky_gone]\n");
	assert_true(name_addresses_fits(&snapshot, &table));
	add(" alloc_pages_noprof+0x1/0x90\n");
	assert_true(name_addresses_fits(&snapshot, &table));
	add(" 0xffffffffc0999999\n f+0x1/0x2 [m]\n "
	    "alloc_pages_noprof+0x2/0x90\n");
	assert_false(name_addresses_fits(&snapshot, &table));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(an_address_gets_all_that_a_printed_frame_has),
		TEST(a_function_of_the_kernel_has_no_module),
		TEST(the_key_of_the_stack_stays),
		TEST(other_frames_are_left_as_they_are),
		TEST(what_is_named_is_no_longer_left),
		TEST(a_stack_that_means_another_one_is_not_counted),
		TEST(the_stack_is_judged_anew),
		TEST(a_module_is_not_started_by_what_is_no_init_function),
		TEST(what_the_records_said_is_kept_in_mind),
		TEST(a_list_fits_whose_functions_are_as_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
