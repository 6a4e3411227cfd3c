/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/json_gate.h"
#include "tests/support/finding_sample.h"

static struct finding_sample sample;
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
	finding_sample_deinit(&sample);
	free(text);
	return 0;
}

static const char *written(void)
{
	static const struct output_options options;
	static size_t length;
	struct json_writer json = {0};

	free(text);
	json.file = open_memstream(&text, &length);
	assert_non_null(json.file);
	json_open_object(&json, NULL);
	json_gate_write(&json, &sample.report, &options);
	json_close_object(&json);
	fclose(json.file);
	return text;
}

static void without_a_gate_there_is_no_member(void **state)
{
	(void)state;
	sample.report.gate = NULL;
	assert_string_equal(written(), "{}\n");
}

static void rules_have_their_limits_and_what_broke_them(void **state)
{
	(void)state;
	sample.rules[1].limits[0].measure = GATE_PERCENT;
	sample.rules[1].limits[0].amount = 2.5;
	sample.rules[1].unjudged = true;
	assert_text_has(written(), "\"enforced\": true,\n    \"failing\": 3,\n"
				   "    \"iterations\": 3,\n");
	assert_text_has(text, "\"origin\": \"default\",\n"
			      "        \"subject\": \"function\",\n"
			      "        \"pattern\": null,\n"
			      "        \"limits\": [\n"
			      "          {\"measure\": \"bytes\", \"amount\": "
			      "524288, \"per_iteration\": false}\n"
			      "        ],\n"
			      "        \"broken\": 1,\n"
			      "        \"unjudged\": false,\n"
			      "        \"unjudged_reason\": null\n");
	assert_text_has(text, "{\"measure\": \"percent\", \"amount\": 2.5000,");
	assert_text_has(text, "\"unjudged\": true,");
}

static void findings_have_names_and_numbers(void **state)
{
	(void)state;
	assert_text_has(
		written(),
		"        \"subject\": \"function\",\n"
		"        \"state\": \"fails\",\n"
		"        \"title\": \"do_leak [leaky]\",\n"
		"        \"text\": \"do_leak [leaky] grew by 3.0 MiB, 3 "
		"allocations, 1 per iteration: more than 512K (function: "
		"512K, default)\",\n"
		"        \"function\": \"do_leak\",\n"
		"        \"module\": \"leaky\",\n"
		"        \"cache\": null,\n"
		"        \"category\": \"driver\",\n"
		"        \"stacks\": 1,\n"
		"        \"growth\": {\"bytes\": 3145728, \"records\": 3},\n"
		"        \"before_bytes\": 1048576,\n"
		"        \"after_bytes\": 4194304,\n"
		"        \"per_iteration\": {\"bytes\": 1048576, \"records\": "
		"1},\n"
		"        \"verdict\": \"accumulates\",\n"
		"        \"source\": null,\n"
		"        \"rule\": \"function: 512K\",\n"
		"        \"suppression\": null,\n"
		"        \"fingerprint\": \"00000000000000a1\"\n");
	assert_text_has(text, "\"growth\": {\"bytes\": 20971520, \"records\": "
			      "null},");
	assert_text_has(text, "\"state\": \"exceeded\",\n        \"title\"");
	assert_text_has(text, "\"rule\": null,\n"
			      "        \"suppression\": \"nightly.rules:9\",");
}

static void what_is_not_known_is_null(void **state)
{
	(void)state;
	sample.findings[SAMPLE_LEAK].bytes_known = false;
	sample.report.iterations = 0;
	assert_text_has(written(),
			"\"growth\": {\"bytes\": null, \"records\": 3},\n"
			"        \"before_bytes\": null,\n"
			"        \"after_bytes\": null,\n"
			"        \"per_iteration\": null,\n");
	assert_text_has(text, "\"iterations\": null,");
}

static void suppressions_have_patterns_and_what_became_of_them(void **state)
{
	(void)state;
	assert_text_has(
		written(),
		"        \"origin\": \"nightly.rules:19\",\n"
		"        \"frames\": [\"do_leak\", \"...\", \"rx_*\"],\n"
		"        \"module\": null,\n"
		"        \"category\": null,\n"
		"        \"cache\": null,\n"
		"        \"unaccounted\": false,\n"
		"        \"maximum\": {\"bytes\": 67108864, \"records\": "
		"null},\n"
		"        \"expires\": \"2026-06-30\",\n"
		"        \"reason\": \"to be mended\",\n"
		"        \"state\": \"expired\",\n"
		"        \"stacks\": 0,\n"
		"        \"growth\": {\"bytes\": 0, \"records\": 0}\n");
	assert_text_has(text, "\"maximum\": {\"bytes\": null, \"records\": "
			      "4000},");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(without_a_gate_there_is_no_member),
		TEST(rules_have_their_limits_and_what_broke_them),
		TEST(findings_have_names_and_numbers),
		TEST(what_is_not_known_is_null),
		TEST(suppressions_have_patterns_and_what_became_of_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
