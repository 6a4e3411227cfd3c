/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "gate/gate_rules.h"

static struct gate_rules rules;
static struct error err;

static int teardown(void **state)
{
	(void)state;
	gate_rules_deinit(&rules);
	return 0;
}

static void a_rule_is_copied_with_its_origin(void **state)
{
	char text[] = "module=nvme*: 1M";

	(void)state;
	assert_true(gate_rules_add(&rules, span_of(text), NULL, &err));
	assert_true(gate_rules_add(&rules, SPAN("stack: 1K"), "x:3", &err));
	memset(text, 'x', sizeof(text) - 1);
	assert_int_equal(rules.rule_count, 2);
	assert_span(rules.rules[0].text, "module=nvme*: 1M");
	assert_span(rules.rules[0].pattern, "nvme*");
	assert_string_equal(rules.rules[0].origin, "--fail-over");
	assert_string_equal(rules.rules[1].origin, "x:3");
	assert_false(gate_rule_is_default(&rules.rules[0]));
}

static void default_stands_for_three_rules_and_once(void **state)
{
	(void)state;
	assert_true(gate_rules_add(&rules, SPAN("stack: 1K"), NULL, &err));
	assert_true(gate_rules_add(&rules, SPAN("default"), NULL, &err));
	assert_true(gate_rules_add_defaults(&rules, &err));
	assert_int_equal(rules.rule_count, 4);
	assert_span(rules.rules[1].text, "function: 512K");
	assert_span(rules.rules[2].text, "unaccounted: 16M");
	assert_span(rules.rules[3].text, "category=slab: 64M");
	assert_true(gate_rule_is_default(&rules.rules[3]));
	assert_string_equal(rules.rules[3].origin, "default");
}

static void a_refused_rule_is_not_taken(void **state)
{
	(void)state;
	assert_false(gate_rules_add(&rules, SPAN("stack: x"), NULL, &err));
	assert_int_equal(err.code, ERROR_USAGE);
	assert_int_equal(rules.rule_count, 0);
}

static void what_somebody_asks_for_is_no_default_any_more(void **state)
{
	(void)state;
	assert_true(gate_rules_add_defaults(&rules, &err));
	assert_true(gate_rule_is_default(&rules.rules[1]));
	assert_true(
		gate_rules_add(&rules, SPAN("unaccounted: 16M"), NULL, &err));
	assert_int_equal(rules.rule_count, 3);
	assert_false(gate_rule_is_default(&rules.rules[1]));
}

static void there_are_so_many_rules_and_no_more(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < GATE_RULES_MAX - 2; i++) {
		char text[64];

		snprintf(text, sizeof(text), "stack: %zuK", i + 1);
		assert_true(gate_rules_add(&rules, span_of(text), NULL, &err));
	}
	assert_false(gate_rules_add_defaults(&rules, &err));
	assert_int_equal(rules.rule_count, GATE_RULES_MAX - 2);
	assert_true(gate_rules_add(&rules, SPAN("module: 1K"), NULL, &err));
	assert_true(gate_rules_add(&rules, SPAN("module: 2K"), NULL, &err));
	assert_false(gate_rules_add(&rules, SPAN("module: 3K"), NULL, &err));
	/* What is there already needs no room. */
	assert_true(gate_rules_add(&rules, SPAN("module:2K"), NULL, &err));
	assert_string_equal(err.text, "more than 256 rules");
	assert_int_equal(rules.rule_count, GATE_RULES_MAX);
	assert_span(rules.rules[0].text, "stack: 1K");
	assert_span(rules.rules[GATE_RULES_MAX - 1].text, "module: 2K");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_rule_is_copied_with_its_origin,
					  teardown),
		cmocka_unit_test_teardown(
			default_stands_for_three_rules_and_once, teardown),
		cmocka_unit_test_teardown(a_refused_rule_is_not_taken,
					  teardown),
		cmocka_unit_test_teardown(
			what_somebody_asks_for_is_no_default_any_more,
			teardown),
		cmocka_unit_test_teardown(there_are_so_many_rules_and_no_more,
					  teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
