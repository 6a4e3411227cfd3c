/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/classify.h"
#include "account/group_key.h"
#include "tests/support/place_maker.h"

static struct snapshot snapshot;
static struct error err;

static int setup(void **state)
{
	(void)state;
	return snapshot_init(&snapshot, 1u << FIELD_SITE, &err) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	snapshot_deinit(&snapshot);
	return 0;
}

static void every_key_is_found_by_its_name_and_no_other(void **state)
{
	const struct group_key *key;

	(void)state;
	for (key = group_keys; key->name; key++)
		assert_ptr_equal(group_key_named(span_of(key->name)), key);
	assert_null(group_key_named(SPAN("")));
	assert_null(group_key_named(SPAN("com")));
	assert_null(group_key_named(SPAN("comm ")));
}

static void every_field_of_records_has_a_key(void **state)
{
	unsigned field;

	(void)state;
	for (field = 0; field < FIELD_COUNT; field++) {
		const struct group_key *key = group_keys;

		while (key->name && (key->of_row || key->field != field))
			key++;
		assert_non_null(key->name);
	}
}

static void a_list_adds_its_keys_in_order_once_each(void **state)
{
	struct grouping grouping = {0};

	(void)state;
	assert_true(grouping_add(&grouping, SPAN("order,comm"), &err));
	assert_true(grouping_add(&grouping, SPAN("stack,order"), &err));
	assert_int_equal(grouping.count, 3);
	assert_string_equal(grouping.keys[0]->name, "order");
	assert_string_equal(grouping.keys[1]->name, "comm");
	assert_string_equal(grouping.keys[2]->name, "stack");
	assert_int_equal(grouping.fields, 1u << FIELD_ORDER | 1u << FIELD_COMM);
}

static void unknown_keys_are_refused_by_name(void **state)
{
	static const char *const bad[] = {"",	   "x",		"comm,",
					  ",comm", "comm,,pid", "comm pid"};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(bad); i++) {
		struct grouping grouping = {0};

		assert_false(grouping_add(&grouping, span_of(bad[i]), &err));
		assert_int_equal(err.code, ERROR_USAGE);
	}
	assert_string_equal(err.text, "unknown key 'comm pid' for '--by'; "
				      "'pageowl help keys' lists them");
}

static void there_is_a_limit_to_keys(void **state)
{
	struct grouping grouping = {0};

	(void)state;
	assert_true(grouping_add(
		&grouping,
		SPAN("comm,pid,tgid,order,gfp,migratetype,pageblock,node"),
		&err));
	assert_int_equal(grouping.count, GROUP_KEYS_MAX);
	assert_true(grouping_add(&grouping, SPAN("pid"), &err));
	assert_false(grouping_add(&grouping, SPAN("zone"), &err));
	assert_string_equal(err.text, "'--by' takes at most 8 keys");
}

static struct span value(const struct stack *stack, const char *key)
{
	const struct row row = {.key.stack = (struct stack *)stack};

	return group_key_named(span_of(key))->of_row(&snapshot, &row);
}

static void stacks_have_values_for_the_keys_about_them(void **state)
{
	struct stack_table table = {0};
	struct stack *stack;

	(void)state;
	assert_true(stack_table_intern(
		&table,
		SPAN(" post_alloc_hook+0x1/0x2\n do_leak.isra.0+0x1/0x2"
		     " [leaky]\n"),
		&stack, NULL, &err));
	classify_stack(stack->frames, stack->frame_count, 0, &stack->class);
	assert_span(value(stack, "function"), "do_leak");
	assert_span(value(stack, "module"), "leaky");
	assert_span(value(stack, "category"), "driver");
	assert_true(span_equal(value(stack, "stack"), stack->text));
	assert_true(stack_table_intern(&table, SPAN(""), &stack, NULL, &err));
	classify_stack(stack->frames, stack->frame_count, 0, &stack->class);
	assert_span(value(stack, "function"), "");
	assert_span(value(stack, "module"), "");
	stack_table_deinit(&table);
}

static struct stack *classified(const char *text)
{
	struct stack *stack;

	assert_true(stack_table_intern(&snapshot.stacks, span_of(text), &stack,
				       NULL, &err));
	classify_stack(stack->frames, stack->frame_count, 0, &stack->class);
	return stack;
}

static void file_and_line_are_where_the_blamed_frame_is_told(void **state)
{
	static const struct made_frame made[] = {
		{"post_alloc_hook+0x1/0x2",
		 1,
		 {{"post_alloc_hook", "mm/page_alloc.c", 3}}},
		{"do_leak+0x1/0x2 [leaky]",
		 2,
		 {{"kmalloc_noprof", "include/linux/slab.h", 4},
		  {"do_leak", "leaky.c", 5}}},
		{0}};
	struct stack *stack = classified(" post_alloc_hook+0x1/0x2\n"
					 " do_leak+0x1/0x2 [leaky]\n");

	(void)state;
	assert_span(value(stack, "file"), "");
	assert_span(value(stack, "line"), "");
	place_maker_fill(&snapshot, made);
	assert_span(value(stack, "file"), "leaky.c");
	assert_span(value(stack, "line"), "leaky.c:5");
	assert_span(value(classified(""), "file"), "");
}

static void file_and_line_of_a_site_are_its_own(void **state)
{
	struct row row = {.key.stack = classified(" new_slab\n")};

	(void)state;
	assert_true(string_pool_intern(&snapshot.names, SPAN("mm/slub.c:32"),
				       &row.key.values[FIELD_SITE], &err));
	assert_span(group_key_named(SPAN("file"))->of_row(&snapshot, &row),
		    "mm/slub.c");
	assert_span(group_key_named(SPAN("line"))->of_row(&snapshot, &row),
		    "mm/slub.c:32");
}

static bool wants_places(const char *keys)
{
	struct grouping grouping = {0};

	assert_true(grouping_add(&grouping, span_of(keys), &err));
	return grouping_wants_places(&grouping);
}

static void only_file_and_line_want_places(void **state)
{
	const struct grouping none = {0};

	(void)state;
	assert_true(wants_places("comm,file"));
	assert_true(wants_places("line,order"));
	assert_false(wants_places("stack,function,module,site"));
	assert_false(grouping_wants_places(&none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_found_by_its_name_and_no_other),
		cmocka_unit_test(every_field_of_records_has_a_key),
		cmocka_unit_test(a_list_adds_its_keys_in_order_once_each),
		cmocka_unit_test(unknown_keys_are_refused_by_name),
		cmocka_unit_test(there_is_a_limit_to_keys),
		cmocka_unit_test(stacks_have_values_for_the_keys_about_them),
		cmocka_unit_test(
			file_and_line_are_where_the_blamed_frame_is_told),
		cmocka_unit_test(file_and_line_of_a_site_are_its_own),
		cmocka_unit_test(only_file_and_line_want_places),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
