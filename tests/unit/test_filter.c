/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/classify.h"
#include "account/filter.h"
#include "tests/support/place_maker.h"

static struct filter filter;
static struct error err;

static int teardown(void **state)
{
	(void)state;
	filter_deinit(&filter);
	filter = (struct filter){0};
	return 0;
}

static void only(const char *rule)
{
	if (!filter_add(&filter, rule, false, &err))
		fail_msg("%s", err.text);
}

static void not(const char *rule)
{
	if (!filter_add(&filter, rule, true, &err))
		fail_msg("%s", err.text);
}

static bool takes(const char *comm, const char *order)
{
	struct record record = {.alloc_ts_ns = TS_NONE};

	record.fields[FIELD_COMM] = span_of(comm);
	record.fields[FIELD_ORDER] = span_of(order);
	return filter_takes_record(&filter, &record);
}

/* Frames of this text have a place. */
#define PLACED "placed+0x1/0x2 [leaky]"

static bool takes_stack(const char *text)
{
	static const struct made_frame made[] = {
		{PLACED, 1, {{"placed", "drivers/leaky.c", 12}}}, {0}};
	struct snapshot snapshot;
	struct stack *stack;
	bool taken;

	assert_true(snapshot_init(&snapshot, 0, &err));
	assert_true(stack_table_intern(&snapshot.stacks, span_of(text), &stack,
				       NULL, &err));
	place_maker_fill(&snapshot, made);
	classify_stack(stack->frames, stack->frame_count, 0, &stack->class);
	taken = filter_takes_row(&filter, &snapshot,
				 &(struct row){.key.stack = stack});
	snapshot_deinit(&snapshot);
	return taken;
}

static void without_rules_all_is_taken(void **state)
{
	(void)state;
	assert_true(takes("cat", "0"));
	assert_true(takes_stack(" f+0x1/0x2\n"));
	assert_true(takes_stack(""));
	assert_false(filter_has_record_rules(&filter));
}

static void rules_of_one_key_are_alternatives(void **state)
{
	(void)state;
	only("comm=cat");
	only("comm=dog");
	assert_true(takes("cat", "0"));
	assert_true(takes("dog", "0"));
	assert_false(takes("cow", "0"));
	assert_true(filter_has_record_rules(&filter));
	assert_int_equal(filter.fields, 1u << FIELD_COMM);
}

static void rules_of_different_keys_must_all_hold(void **state)
{
	(void)state;
	only("comm=cat");
	only("order=2");
	assert_true(takes("cat", "2"));
	assert_false(takes("cat", "0"));
	assert_false(takes("dog", "2"));
}

static void a_negated_rule_beats_all_others(void **state)
{
	(void)state;
	only("comm=c*");
	not("comm=cow");
	assert_true(takes("cat", "0"));
	assert_false(takes("cow", "0"));
	assert_false(takes("dog", "0"));
}

static void negated_rules_alone_take_the_rest(void **state)
{
	(void)state;
	not("comm=cow");
	not("comm=dog");
	assert_true(takes("cat", "0"));
	assert_true(takes("", "0"));
	assert_false(takes("cow", "0"));
	assert_false(takes("dog", "0"));
}

static void assert_matches(const char *pattern, const char *text, bool matches)
{
	char rule[64];

	teardown(NULL);
	snprintf(rule, sizeof(rule), "comm=%s", pattern);
	only(rule);
	assert_int_equal(takes(text, "0"), matches);
}

static void stars_and_question_marks_stand_for_text(void **state)
{
	(void)state;
	assert_matches("", "", true);
	assert_matches("", "x", false);
	assert_matches("*", "", true);
	assert_matches("*", "any", true);
	assert_matches("k*r/*:?", "kworker/u8:3", true);
	assert_matches("k*r/*:?", "kworker/u8:33", false);
	assert_matches("*b*b", "abab", true);
	assert_matches("*bb", "abab", false);
	assert_matches("?", "", false);
	assert_matches("a?c", "abc", true);
	assert_matches("a**c", "ac", true);
	assert_matches("cat", "cats", false);
	assert_matches("a=b", "a=b", true);
}

static void times_are_inclusive_and_a_record_without_one_is_not_taken(
	void **state)
{
	struct record record = {.alloc_ts_ns = 5};

	(void)state;
	filter.since_ns = 5;
	assert_true(filter_has_record_rules(&filter));
	assert_true(filter_takes_record(&filter, &record));
	record.alloc_ts_ns = 4;
	assert_false(filter_takes_record(&filter, &record));
	record.alloc_ts_ns = TS_NONE;
	assert_false(filter_takes_record(&filter, &record));
	filter.since_ns = 0;
	filter.until_ns = 7;
	assert_false(filter_takes_record(&filter, &record));
	record.alloc_ts_ns = 7;
	assert_true(filter_takes_record(&filter, &record));
	record.alloc_ts_ns = 8;
	assert_false(filter_takes_record(&filter, &record));
}

static void rules_about_stacks_do_not_look_at_records(void **state)
{
	(void)state;
	only("module=leaky");
	assert_false(filter_has_record_rules(&filter));
	assert_true(takes("cat", "0"));
	assert_true(takes_stack(" do_leak+0x1/0x2 [leaky]\n"));
	assert_false(takes_stack(" do_leak+0x1/0x2\n"));
}

static void categories_match_with_dashes_and_by_their_first_word(void **state)
{
	(void)state;
	only("category=page-cache");
	assert_true(takes_stack(" filemap_alloc_folio+0x1/0x2\n"));
	assert_false(takes_stack(" do_leak+0x1/0x2 [leaky]\n"));
	assert_true(filter_names_category(&filter));
	teardown(NULL);
	only("category=slab");
	assert_true(takes_stack(" new_slab+0x1/0x2\n f+0x1/0x2\n"));
	assert_false(takes_stack(" do_leak+0x1/0x2 [leaky]\n"));
	teardown(NULL);
	not("category=driver");
	assert_false(takes_stack(" do_leak+0x1/0x2 [leaky]\n"));
	assert_false(filter_names_category(&filter));
}

static void a_function_pattern_matches_any_frame(void **state)
{
	(void)state;
	assert_true(filter_set_function(&filter, "^do_(leak|skip)$", &err));
	assert_true(takes_stack(" a+0x1/0x2\n do_leak.isra.0+0x1/0x2 [m]\n"));
	assert_false(takes_stack(" undo_leak+0x1/0x2\n"));
	assert_false(takes_stack(""));
	assert_false(takes_stack(" 0xffffffffc0123456\n"));
	/* A second pattern takes the place of the first. */
	assert_true(filter_set_function(&filter, "isra", &err));
	assert_true(takes_stack(" f.isra.0+0x1/0x2\n"));
	assert_false(takes_stack(" do_leak+0x1/0x2\n"));
}

static void files_and_lines_match_as_all_text_does(void **state)
{
	(void)state;
	only("file=drivers/*");
	assert_true(takes_stack(" " PLACED "\n"));
	assert_false(takes_stack(" do_leak+0x1/0x2 [leaky]\n"));
	not("line=drivers/leaky.c:12");
	assert_false(takes_stack(" " PLACED "\n"));
}

static void what_has_no_file_can_be_left_out(void **state)
{
	(void)state;
	not("file=");
	assert_true(takes_stack(" " PLACED "\n"));
	assert_false(takes_stack(" do_leak+0x1/0x2 [leaky]\n"));
}

static void rules_tell_whether_they_want_places(void **state)
{
	(void)state;
	only("module=leaky");
	assert_false(filter_wants_places(&filter));
	not("file=");
	assert_true(filter_wants_places(&filter));
}

static void assert_refused(const char *rule, const char *text)
{
	assert_false(filter_add(&filter, rule, false, &err));
	assert_int_equal(err.code, ERROR_USAGE);
	assert_string_equal(err.text, text);
	assert_int_equal(filter.rule_count, 0);
}

static void bad_rules_are_refused_by_name(void **state)
{
	(void)state;
	assert_refused("comm", "'comm' for '--only' is not of the form "
			       "KEY=VALUE");
	assert_refused("color=red\n", "unknown key in 'color=red\\n' for "
				      "'--only'; 'pageowl help keys' lists "
				      "them");
	assert_refused("category=cash",
		       "unknown category in 'category=cash' for '--only'; "
		       "'pageowl help categories' lists them");
	assert_false(filter_set_function(&filter, "(", &err));
	assert_int_equal(err.code, ERROR_USAGE);
	assert_false(filter.has_function);
}

static void there_is_a_limit_to_rules(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < FILTER_RULES_MAX; i++)
		only("comm=x");
	assert_false(filter_add(&filter, "comm=x", false, &err));
	assert_int_equal(filter.rule_count, FILTER_RULES_MAX);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(without_rules_all_is_taken),
		TEST(rules_of_one_key_are_alternatives),
		TEST(rules_of_different_keys_must_all_hold),
		TEST(a_negated_rule_beats_all_others),
		TEST(negated_rules_alone_take_the_rest),
		TEST(stars_and_question_marks_stand_for_text),
		TEST(times_are_inclusive_and_a_record_without_one_is_not_taken),
		TEST(rules_about_stacks_do_not_look_at_records),
		TEST(categories_match_with_dashes_and_by_their_first_word),
		TEST(a_function_pattern_matches_any_frame),
		TEST(files_and_lines_match_as_all_text_does),
		TEST(what_has_no_file_can_be_left_out),
		TEST(rules_tell_whether_they_want_places),
		TEST(bad_rules_are_refused_by_name),
		TEST(there_is_a_limit_to_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
