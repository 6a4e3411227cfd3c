/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "gate/rule_text.h"

static struct gate_rule rule;
static struct error err;

static void read_rule(const char *text)
{
	if (!rule_text_read(span_of(text), &rule, &err))
		fail_msg("%s", err.text);
}

static void assert_refused(const char *text, const char *why)
{
	if (rule_text_read(span_of(text), &rule, &err))
		fail_msg("\"%s\" was taken", text);
	assert_int_equal(err.code, ERROR_USAGE);
	assert_string_equal(err.text, why);
}

static void a_subject_stands_before_the_colon(void **state)
{
	static const struct {
		const char *text;
		enum gate_subject subject;
	} rules[] = {
		{"stack: 1M", GATE_STACK},
		{"function: 1M", GATE_FUNCTION},
		{"module: 1M", GATE_MODULE},
		{"category: 1M", GATE_CATEGORY},
		{"unaccounted: 1M", GATE_UNACCOUNTED},
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(rules); i++) {
		read_rule(rules[i].text);
		assert_int_equal(rule.subject, rules[i].subject);
		assert_int_equal(rule.pattern.length, 0);
		assert_int_equal(rule.limit_count, 1);
		assert_span(rule.text, rules[i].text);
	}
}

static void a_pattern_stands_behind_the_equals_sign(void **state)
{
	(void)state;
	read_rule("module=nvme*: 1M and 20%");
	assert_span(rule.pattern, "nvme*");
	assert_int_equal(rule.limit_count, 2);
	read_rule("category=slab: 64M");
	assert_span(rule.pattern, "slab");
	read_rule("category=page-cache: 64M");
	read_rule("category = page cache : 64M");
	assert_span(rule.pattern, "page cache");
}

static void spaces_round_signs_are_no_matter(void **state)
{
	(void)state;
	read_rule("function:512K");
	assert_span(rule.text, "function:512K");
	read_rule("  function  =  do_leak\t:\t512K  ");
	assert_span(rule.text, "function  =  do_leak\t:\t512K");
	assert_span(rule.pattern, "do_leak");
}

static void the_last_colon_divides(void **state)
{
	(void)state;
	read_rule("function=core::ops=x: 1M");
	assert_span(rule.pattern, "core::ops=x");
}

static void what_is_no_rule_is_refused(void **state)
{
	(void)state;
	assert_refused("", "expected a rule such as 'function: 512K' or "
			   "'module=x: 20%', found \"\"");
	assert_refused("512K", "expected a rule such as 'function: 512K' or "
			       "'module=x: 20%', found \"512K\"");
	assert_refused("frames: 512K",
		       "expected stack, function, module, category or "
		       "unaccounted, found \"frames\"");
	assert_refused("functions: 512K",
		       "expected stack, function, module, category or "
		       "unaccounted, found \"functions\"");
	assert_refused(": 512K",
		       "expected stack, function, module, category or "
		       "unaccounted, found \"\"");
	assert_refused("module=: 1M", "expected a name or a pattern behind "
				      "'=', found \"module=\"");
	assert_refused("category=leaks: 1M",
		       "expected a category that 'pageowl help categories' "
		       "lists, found \"leaks\"");
	assert_refused("unaccounted=x: 1M",
		       "expected 'unaccounted' without a name, found "
		       "\"unaccounted=x\"");
	assert_refused("unaccounted: 5 objects",
		       "expected bytes, pages or a share: memory in no counter "
		       "has no objects, found \"5 objects\"");
	assert_refused("function:", "expected a limit such as 512K, 300 pages, "
				    "1 object or 20%, found \"\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_subject_stands_before_the_colon),
		cmocka_unit_test(a_pattern_stands_behind_the_equals_sign),
		cmocka_unit_test(spaces_round_signs_are_no_matter),
		cmocka_unit_test(the_last_colon_divides),
		cmocka_unit_test(what_is_no_rule_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
