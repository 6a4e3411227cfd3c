/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/junit_names.h"
#include "output/output.h"
#include "tests/support/finding_sample.h"
#include "tests/support/place_maker.h"

static struct finding_sample sample;
static const struct output_options options;
static char *text;

static int setup(void **state)
{
	(void)state;
	finding_sample_init(&sample, NULL);
	text = NULL;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(text);
	finding_sample_deinit(&sample);
	return 0;
}

static void sample_again(const char *leaf)
{
	finding_sample_deinit(&sample);
	finding_sample_init(&sample, leaf);
}

static void write_junit(void)
{
	free(text);
	text = finding_sample_write(&sample, "junit", &options);
	assert_non_null(text);
}

#define assert_has(needle)   assert_text_has(text, (needle))
#define assert_lacks(needle) assert_text_lacks(text, (needle))

static void suites_count_what_is_in_them(void **state)
{
	(void)state;
	sample.rules[2].unjudged = true;
	write_junit();
	assert_has("<testsuites name=\"pageowl\" tests=\"5\" failures=\"3\" "
		   "errors=\"1\" skipped=\"1\">");
	assert_has("<testsuite name=\"pageowl\" tests=\"5\" failures=\"3\" "
		   "errors=\"1\" skipped=\"1\">");
}

static void a_rule_that_nothing_broke_has_a_case_that_passes(void **state)
{
	(void)state;
	write_junit();
	assert_has("<testcase classname=\"pageowl.rules\" "
		   "name=\"module: 512K\"/>");
	assert_lacks("name=\"function: 512K\"");
}

static void a_rule_not_judged_is_an_error_where_it_was_asked_for(void **state)
{
	(void)state;
	sample.rules[0].unjudged = true;
	sample.rules[2].unjudged = true;
	sample.rules[2].unjudged_reason = "there is <no> meminfo";
	write_junit();
	assert_has("name=\"function: 512K\">\n"
		   "      <skipped message=\"the captures do not tell\"/>");
	assert_has("name=\"module: 512K\">\n"
		   "      <error message=\"there is &lt;no&gt; meminfo\"/>");
}

static void a_finding_is_a_failure_with_its_stack(void **state)
{
	(void)state;
	write_junit();
	assert_has(
		"    <testcase classname=\"pageowl.function.leaky\" "
		"name=\"do_leak [leaky]\">\n"
		"      <failure message=\"do_leak [leaky] grew by 3.0 MiB, 3 "
		"allocations, 1 per iteration: more than 512K (function: "
		"512K, default)\" type=\"function\">do_leak [leaky] grew by "
		"3.0 MiB, 3 allocations, 1 per iteration: more than 512K "
		"(function: 512K, default)\n"
		"held 1.0 MiB before, 4.0 MiB after; accumulates\n"
		"stack:\n"
		"    post_alloc_hook+0x59/0x120\n"
		"    do_leak+0x1b/0x30 [leaky]\n"
		"    leaky_rx_refill+0x1/0x2 [leaky]\n"
		"</failure>\n");
}

static void what_has_no_stack_has_none(void **state)
{
	(void)state;
	write_junit();
	assert_has("classname=\"pageowl.unaccounted\" name=\"memory in no "
		   "counter\">\n");
	assert_has("held 30.0 MiB before, 50.0 MiB after\n</failure>");
}

static void of_several_stacks_the_largest_is_shown(void **state)
{
	(void)state;
	sample.findings[SAMPLE_LEAK].rows = 3;
	write_junit();
	assert_has("held 1.0 MiB before, 4.0 MiB after\nthe largest of 3 "
		   "stacks:\n    post_alloc_hook");
}

static void bytes_that_are_not_known_are_not_told(void **state)
{
	(void)state;
	sample.findings[SAMPLE_LEAK].bytes_known = false;
	write_junit();
	assert_has("default)\naccumulates\nstack:");
}

static void a_suppressed_finding_is_skipped_and_an_exceeded_one_fails(
	void **state)
{
	(void)state;
	write_junit();
	assert_has("<testcase classname=\"pageowl.module.pool\" "
		   "name=\"module pool\">\n"
		   "      <skipped message=\"module pool grew by 1.0 MiB, 1 "
		   "allocation, 0.33 per iteration: more than 512K (module: "
		   "512K, --fail-over), suppressed by nightly.rules:5 (a pool "
		   "of 4 buffers)\"/>");
	assert_has("more than the 1M that nightly.rules:9 allows (a cache of "
		   "4,000 entries)\" type=\"exceeded\">");
}

static void what_became_of_suppressions_is_beside_the_cases(void **state)
{
	(void)state;
	write_junit();
	assert_has("<system-out>used nightly.rules:5: module pool: +1.0 MiB of "
		   "at most 4.0 MiB, 1 stack: a pool of 4 buffers\n");
	assert_has("\nunused nightly.rules:14: cache kmalloc-2k: nothing that "
		   "grew is like it\n"
		   "expired nightly.rules:19: frames do_leak ... rx_*: expired "
		   "on 2026-06-30\n</system-out>");
	assert_lacks("<system-err>");
	strcpy(sample.report.warnings[0], "another <boot>");
	sample.report.warning_count = 1;
	write_junit();
	assert_has("<system-err>another &lt;boot&gt;\n</system-err>");
}

static void places_in_the_source_stand_with_frames_and_case(void **state)
{
	const struct made_frame made[] = {
		{"do_leak+0x1b/0x30 [leaky]",
		 2,
		 {{"leaf<1>", "lab/a&b.h", 11},
		  {"do_leak", "lab/leaky.c", 55}}},
		{0},
	};

	(void)state;
	place_maker_fill(&sample.readings[0].snapshot, made);
	place_maker_fill(&sample.readings[1].snapshot, made);
	write_junit();
	assert_has("name=\"do_leak [leaky]\" file=\"lab/a&amp;b.h\" "
		   "line=\"11\">");
	assert_has("    leaf&lt;1&gt; (inlined)  at lab/a&amp;b.h:11\n"
		   "    do_leak+0x1b/0x30 [leaky]  at lab/leaky.c:55\n");
}

static void findings_of_one_title_are_told_apart(void **state)
{
	(void)state;
	sample.findings[SAMPLE_SUPPRESSED] = sample.findings[SAMPLE_LEAK];
	sample.findings[SAMPLE_SUPPRESSED].rule = &sample.rules[2];
	write_junit();
	assert_has("name=\"do_leak [leaky] (function: 512K, "
		   "00000000000000a1)\"");
	assert_has("name=\"do_leak [leaky] (module: 512K, "
		   "00000000000000a1)\"");
	assert_has("name=\"churn_warm_fill [churn]\"");
}

static void findings_that_are_the_same_in_all_are_numbered(void **state)
{
	struct finding *all = sample.findings;

	(void)state;
	all[SAMPLE_EXCEEDED] = all[SAMPLE_LEAK];
	all[SAMPLE_SUPPRESSED] = all[SAMPLE_LEAK];
	write_junit();
	assert_has("name=\"do_leak [leaky] (function: 512K, "
		   "00000000000000a1)\"");
	assert_has("name=\"do_leak [leaky] (function: 512K, "
		   "00000000000000a1) #2\"");
	assert_has("name=\"do_leak [leaky] (function: 512K, "
		   "00000000000000a1) #3\"");
}

static void a_number_that_is_taken_is_not_given(void **state)
{
	static const char *const functions[] = {"x", "x (exceeded, 0) #2", "x",
						"x"};
	struct junit_name *names;
	struct arena arena = {0};
	struct error err;
	size_t i, j;

	(void)state;
	for (i = 0; i < SAMPLE_FINDINGS; i++)
		sample.findings[i] = (struct finding){
			.subject = GATE_FUNCTION,
			.function = span_of(functions[i]),
			.fingerprint = "0",
		};
	assert_true(junit_names_make(&sample.result, &arena, &names, &err));
	for (i = 0; i < SAMPLE_FINDINGS; i++)
		for (j = 0; j < i; j++)
			assert_string_not_equal(names[i].name, names[j].name);
	assert_string_equal(names[0].name, "x (exceeded, 0)");
	arena_deinit(&arena);
}

/* Servers make folders of the parts of a class. */
static void the_name_of_a_module_is_one_part_of_the_class(void **state)
{
	(void)state;
	sample.findings[SAMPLE_LEAK].module = SPAN("a.b/c\n");
	write_junit();
	assert_has("classname=\"pageowl.function.a_b_c\\n\"");
}

static void names_of_captures_cannot_leave_their_place(void **state)
{
	(void)state;
	sample_again("x\"/><!--\x01\xff&]]>+0x1/0x2 [leaky]");
	write_junit();
	assert_has("name=\"x&quot;/&gt;&lt;!--\\x01\\xff&amp;]]&gt; [leaky]\"");
	assert_has("    x&quot;/&gt;&lt;!--\\x01\\xff&amp;]]&gt;+0x1/0x2 "
		   "[leaky]\n");
	assert_lacks("<!--");
}

static void where_nothing_grew_all_rules_pass(void **state)
{
	(void)state;
	finding_sample_deinit(&sample);
	finding_sample_init_clean(&sample);
	write_junit();
	assert_has("tests=\"3\" failures=\"0\" errors=\"0\" skipped=\"0\"");
	assert_lacks("<failure");
	assert_lacks("<system-out>");
}

static void without_a_gate_there_is_nothing_to_show(void **state)
{
	struct error err;

	(void)state;
	sample.report.gate = NULL;
	assert_false(output_named("junit")->write(&sample.report, &options,
						  stdout, &err));
	assert_int_equal(err.code, ERROR_USAGE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(suites_count_what_is_in_them),
		TEST(a_rule_that_nothing_broke_has_a_case_that_passes),
		TEST(a_rule_not_judged_is_an_error_where_it_was_asked_for),
		TEST(a_finding_is_a_failure_with_its_stack),
		TEST(what_has_no_stack_has_none),
		TEST(of_several_stacks_the_largest_is_shown),
		TEST(bytes_that_are_not_known_are_not_told),
		TEST(a_suppressed_finding_is_skipped_and_an_exceeded_one_fails),
		TEST(what_became_of_suppressions_is_beside_the_cases),
		TEST(places_in_the_source_stand_with_frames_and_case),
		TEST(findings_of_one_title_are_told_apart),
		TEST(findings_that_are_the_same_in_all_are_numbered),
		TEST(a_number_that_is_taken_is_not_given),
		TEST(the_name_of_a_module_is_one_part_of_the_class),
		TEST(names_of_captures_cannot_leave_their_place),
		TEST(where_nothing_grew_all_rules_pass),
		TEST(without_a_gate_there_is_nothing_to_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
