/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

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

/* Without the blanks at the begin of lines, and all on one. */
static void flatten(char *at)
{
	char *to = at;

	for (; *at; at++) {
		if (*at == '\n')
			at += 1 + strspn(at + 1, " ");
		*to++ = *at;
		if (!*at)
			return;
	}
	*to = '\0';
}

static void write_sarif(void)
{
	free(text);
	text = finding_sample_write(&sample, "sarif", &options);
	assert_non_null(text);
	flatten(text);
}

#define assert_has(needle)   assert_text_has(text, (needle))
#define assert_lacks(needle) assert_text_lacks(text, (needle))

static void the_tool_tells_its_rules_in_the_order_of_their_index(void **state)
{
	(void)state;
	write_sarif();
	assert_has("\"version\": \"2.1.0\",\"runs\": [{\"tool\": {\"driver\": "
		   "{\"name\": \"pageowl\",\"version\": \"" PAGEOWL_VERSION
		   "\",\"semanticVersion\": \"" PAGEOWL_VERSION
		   "\",\"rules\": [{\"id\": \"pageowl-stack\",\"name\": "
		   "\"StackGrew\",\"shortDescription\": {\"text\": ");
	assert_has("{\"ruleId\": \"pageowl-function\",\"ruleIndex\": 1,"
		   "\"level\": \"error\"");
	assert_has("{\"ruleId\": \"pageowl-unaccounted\",\"ruleIndex\": 4,");
	assert_has("{\"ruleId\": \"pageowl-exceeded\",\"ruleIndex\": 5,");
	assert_has("{\"ruleId\": \"pageowl-module\",\"ruleIndex\": 2,");
}

static void a_result_tells_what_grew_and_by_how_much(void **state)
{
	(void)state;
	write_sarif();
	assert_has("\"message\": {\"text\": \"do_leak [leaky] grew by 3.0 MiB, "
		   "3 allocations, 1 per iteration: more than 512K (function: "
		   "512K, default)\"}");
	assert_has("\"partialFingerprints\": {\"pageowl/v1\": "
		   "\"00000000000000a1\", \"primaryLocationLineHash\": "
		   "\"00000000000000a1\"},\"suppressions\": [],"
		   "\"properties\": {\"subject\": \"function\",\"rule\": "
		   "\"function: 512K\",\"origin\": \"default\",\"function\": "
		   "\"do_leak\",\"module\": \"leaky\",\"category\": \"driver\","
		   "\"cache\": null,\"stacks\": 1,\"bytes\": 3145728,"
		   "\"bytes_before\": 1048576,\"bytes_after\": 4194304,"
		   "\"records\": 3,\"verdict\": \"accumulates\",\"kept\": "
		   "1.0000,\"fresh\": ");
}

static void numbers_that_are_not_known_are_null(void **state)
{
	(void)state;
	sample.findings[SAMPLE_LEAK].bytes_known = false;
	write_sarif();
	assert_has("\"bytes\": null,\"bytes_before\": null,\"bytes_after\": "
		   "null,\"records\": 3,");
	/* In no counter there are no allocations. */
	assert_has("\"bytes_after\": 52428800,\"records\": null,"
		   "\"verdict\": null,\"kept\": null,\"fresh\": null}");
}

/* That of the largest row is one among many. */
static void a_sum_has_no_verdict(void **state)
{
	(void)state;
	sample.findings[SAMPLE_LEAK].rows = 3;
	sample.findings[SAMPLE_LEAK].subject = GATE_MODULE;
	write_sarif();
	assert_has("\"stacks\": 3,\"bytes\": 3145728,\"bytes_before\": "
		   "1048576,\"bytes_after\": 4194304,\"records\": 3,"
		   "\"verdict\": null,\"kept\": null,\"fresh\": null}");
}

static void without_source_lines_the_capture_is_the_place(void **state)
{
	(void)state;
	sample.report.sides[1].path = "./run_1 a-b/t2:~b";
	write_sarif();
	assert_has("\"locations\": [{\"physicalLocation\": "
		   "{\"artifactLocation\": {\"uri\": \"run_1%20a-b/t2%3A~b\"}},"
		   "\"message\": {\"text\": \"the capture that shows it; no "
		   "source line is known\"},\"logicalLocations\": [{\"name\": "
		   "\"do_leak\", \"fullyQualifiedName\": \"leaky:do_leak\", "
		   "\"kind\": \"function\"},{\"name\": \"leaky\", \"kind\": "
		   "\"module\"}]}]");
	assert_has("\"logicalLocations\": []");
}

static void standard_input_is_no_place(void **state)
{
	(void)state;
	sample.report.sides[1].path = "-";
	write_sarif();
	assert_has("\"locations\": [{\"logicalLocations\": ");
	assert_has("{\"description\": {\"text\": \"standard input\"},"
		   "\"roles\": [\"analysisTarget\"]}");
}

static const struct made_frame made[] = {
	{"do_leak+0x1b/0x30 [leaky]",
	 2,
	 {{"lab_leaf", "include/lab.h", 11},
	  {"do_leak", "/usr/src/lab 1/leaky.c", 55}}},
	{"churn_warm_fill+0x20/0x90 [churn]", 1, {{NULL, "churn.c", 0}}},
	{0},
};

static void source_lines_are_places_of_results_and_of_frames(void **state)
{
	(void)state;
	place_maker_fill(&sample.readings[0].snapshot, made);
	place_maker_fill(&sample.readings[1].snapshot, made);
	sample.findings[SAMPLE_LEAK].rows = 2;
	write_sarif();
	assert_has("\"locations\": [{\"physicalLocation\": "
		   "{\"artifactLocation\": {\"uri\": \"include/lab.h\", "
		   "\"uriBaseId\": \"SRCROOT\"}, \"region\": {\"startLine\": "
		   "11}},\"message\": {\"text\": \"where the largest of the "
		   "stacks allocates\"}");
	assert_has("{\"uri\": \"churn.c\", \"uriBaseId\": \"SRCROOT\"}},"
		   "\"logicalLocations\"");
	assert_has("\"stacks\": [{\"message\": {\"text\": \"the largest of 2 "
		   "stacks\"},\"frames\": [{\"location\": "
		   "{\"logicalLocations\": [{\"name\": \"post_alloc_hook\", "
		   "\"kind\": \"function\"}],\"message\": {\"text\": "
		   "\"post_alloc_hook+0x59/0x120\"}}},");
	assert_has("[{\"name\": \"lab_leaf\", \"fullyQualifiedName\": "
		   "\"leaky:lab_leaf\", \"kind\": \"function\"},{\"name\": "
		   "\"leaky\", \"kind\": \"module\"}],\"message\": {\"text\": "
		   "\"inlined\"}},\"module\": \"leaky\"},");
	assert_has("{\"uri\": \"file:///usr/src/lab%201/leaky.c\"}, "
		   "\"region\": {\"startLine\": 55}}");
	assert_has("\"message\": {\"text\": \"do_leak+0x1b/0x30 [leaky]\"}},"
		   "\"module\": \"leaky\"}");
}

static void a_suppressed_result_carries_its_suppression(void **state)
{
	(void)state;
	write_sarif();
	assert_has("\"suppressions\": [{\"kind\": \"external\",\"status\": "
		   "\"accepted\",\"justification\": \"a pool of 4 buffers\","
		   "\"location\": {\"physicalLocation\": "
		   "{\"artifactLocation\": {\"uri\": \"nightly.rules\"}, "
		   "\"region\": {\"startLine\": 5}}}}]");
	/* The maximum of the other is passed: it fails like any. */
	assert_has("\"00000000000000c3\"},\"suppressions\": [],");
}

static void where_nothing_is_suppressed_no_result_speaks_of_it(void **state)
{
	(void)state;
	sample.result.finding_count = sample.result.failing;
	write_sarif();
	assert_has("\"00000000000000c3\"},\"properties\"");
	assert_lacks("\"suppressions\":");
}

static void the_place_of_a_rule_is_told_where_it_has_one(void **state)
{
	(void)state;
	sample.rules[0].origin = "a:99999999999999999999";
	sample.rules[2].origin = "a:4294967296";
	write_sarif();
	assert_has("\"relatedLocations\": [{\"physicalLocation\": "
		   "{\"artifactLocation\": {\"uri\": \"nightly.rules\"}, "
		   "\"region\": {\"startLine\": 3}},\"message\": {\"text\": "
		   "\"the rule\"}}],\"partialFingerprints\": {\"pageowl/v1\": "
		   "\"00000000000000b2\", ");
	assert_lacks("{\"uri\": \"default");
	assert_lacks("{\"uri\": \"--fail-over");
	assert_lacks("{\"uri\": \"a\"");
}

static void a_file_that_was_quoted_is_named_as_it_is(void **state)
{
	(void)state;
	sample.rules[1].origin = "a\\nb\\\\c:3";
	sample.suppressions[SAMPLE_USED].origin = "standard input:5";
	sample.suppressions[SAMPLE_UNUSED].origin = "/very/long/path...:5";
	write_sarif();
	assert_has("{\"uri\": \"a%0Ab%5Cc\"}, \"region\": {\"startLine\": 3}}");
	/* In words it is quoted once. */
	assert_has("(unaccounted: 16M, a\\\\nb\\\\\\\\c:3)");
	assert_lacks("standard%20input");
	assert_lacks("path...\"");
}

static void the_folder_itself_is_a_place(void **state)
{
	(void)state;
	sample.report.sides[1].path = "./";
	write_sarif();
	assert_has("{\"uri\": \"./\"}");
	sample.report.sides[1].path = ".//.//a";
	write_sarif();
	assert_has("{\"uri\": \"a\"}");
	assert_lacks("\"uri\": \"\"");
}

static void where_no_rule_was_asked_for_nothing_is_an_error(void **state)
{
	(void)state;
	sample.result.enforced = false;
	write_sarif();
	assert_has("\"ruleIndex\": 1,\"level\": \"warning\"");
	assert_lacks("\"ruleIndex\": 1,\"level\": \"error\"");
}

static void a_log_has_no_more_results_than_are_taken(void **state)
{
	static struct finding many[25003];
	const char *at;
	size_t count = 0, i;

	(void)state;
	for (i = 0; i < TEST_COUNT(many); i++)
		many[i] = sample.findings[SAMPLE_UNACCOUNTED];
	sample.result.findings = many;
	sample.result.finding_count = sample.result.failing = TEST_COUNT(many);
	write_sarif();
	for (at = text; (at = strstr(at, "\"ruleId\"")); at++)
		count++;
	assert_u64(count, 25000);
	assert_has("{\"level\": \"warning\",\"message\": {\"text\": \"3 more "
		   "findings are left out: a log has room for 25000 "
		   "results\"}}");
}

static void what_did_nothing_is_notified(void **state)
{
	(void)state;
	sample.rules[2].unjudged = true;
	sample.rules[2].unjudged_reason = "no modules";
	strcpy(sample.report.warnings[0], "another boot");
	sample.report.warning_count = 1;
	write_sarif();
	assert_has("\"toolExecutionNotifications\": [{\"level\": \"warning\","
		   "\"message\": {\"text\": \"another boot\"}}]");
	assert_has("{\"level\": \"warning\",\"message\": {\"text\": \"the rule "
		   "'module: 512K' was not judged: no modules\"}}");
	assert_has("{\"level\": \"note\",\"message\": {\"text\": \"unused "
		   "suppression: cache kmalloc-2k: nothing that grew is like "
		   "it\"},\"locations\": [{\"physicalLocation\": ");
	assert_has("{\"level\": \"warning\",\"message\": {\"text\": \"expired "
		   "suppression: frames do_leak ... rx_*: expired on "
		   "2026-06-30\"}");
	assert_lacks("used suppression: module pool");
}

static void a_capture_is_listed_once(void **state)
{
	const char *second;

	(void)state;
	sample.report.sides[0].path = "t1";
	sample.report.sides[1].path = "t1";
	write_sarif();
	second = strstr(text, "{\"location\": {\"uri\": \"t1\"}");
	assert_non_null(second);
	assert_null(strstr(second + 1, "{\"location\": {\"uri\": \"t1\"}"));
}

static void all_captures_of_a_series_are_listed(void **state)
{
	const struct trend_capture captures[] = {
		{.path = "t1"}, {.path = "t2"}, {.path = "t3"}};
	const struct trend_axis axis = {captures, 3, false};

	(void)state;
	sample.report.axis = &axis;
	write_sarif();
	assert_has("{\"location\": {\"uri\": \"t2\"},\"roles\": ");
	assert_has("{\"location\": {\"uri\": \"t3\"},\"roles\": ");
}

/* Viewers fill placeholders in, and make links. */
static void names_are_no_placeholders_and_no_links(void **state)
{
	(void)state;
	finding_sample_deinit(&sample);
	finding_sample_init(&sample,
			    "{0}[a](http://b)\"\x01\xff+0x1/0x2 [leaky]");
	write_sarif();
	assert_has("\"message\": {\"text\": \"{{0}}[a] (http://b)\\\"\\\\x01"
		   "\\\\xff [leaky] grew by ");
	assert_has("\"function\": \"{0}[a](http://b)\\\"\\u0001\\\\xff\"");
}

static void a_long_path_is_cut_and_not_overrun(void **state)
{
	static char path[20000];

	(void)state;
	memset(path, ' ', sizeof(path) - 1);
	sample.report.sides[1].path = path;
	write_sarif();
	assert_has("%20%20\"}");
}

static void where_nothing_grew_there_are_no_results(void **state)
{
	(void)state;
	finding_sample_deinit(&sample);
	finding_sample_init_clean(&sample);
	write_sarif();
	assert_has("\"results\": [],\"properties\": {\"kernel\": null,"
		   "\"iterations\": 3,\"failing\": 0,\"rules\": [{\"text\": "
		   "\"function: 512K\", \"origin\": \"default\", \"broken\": "
		   "0, \"judged\": true},");
}

static void without_a_gate_there_is_nothing_to_show(void **state)
{
	struct error err;

	(void)state;
	sample.report.gate = NULL;
	assert_false(output_named("sarif")->write(&sample.report, &options,
						  stdout, &err));
	assert_int_equal(err.code, ERROR_USAGE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_tool_tells_its_rules_in_the_order_of_their_index),
		TEST(a_result_tells_what_grew_and_by_how_much),
		TEST(numbers_that_are_not_known_are_null),
		TEST(a_sum_has_no_verdict),
		TEST(without_source_lines_the_capture_is_the_place),
		TEST(standard_input_is_no_place),
		TEST(source_lines_are_places_of_results_and_of_frames),
		TEST(a_suppressed_result_carries_its_suppression),
		TEST(where_nothing_is_suppressed_no_result_speaks_of_it),
		TEST(the_place_of_a_rule_is_told_where_it_has_one),
		TEST(a_file_that_was_quoted_is_named_as_it_is),
		TEST(the_folder_itself_is_a_place),
		TEST(where_no_rule_was_asked_for_nothing_is_an_error),
		TEST(a_log_has_no_more_results_than_are_taken),
		TEST(what_did_nothing_is_notified),
		TEST(a_capture_is_listed_once),
		TEST(all_captures_of_a_series_are_listed),
		TEST(names_are_no_placeholders_and_no_links),
		TEST(a_long_path_is_cut_and_not_overrun),
		TEST(where_nothing_grew_there_are_no_results),
		TEST(without_a_gate_there_is_nothing_to_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
