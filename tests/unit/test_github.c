/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/output.h"
#include "tests/support/finding_sample.h"
#include "tests/support/place_maker.h"

static struct finding_sample sample;
static struct output_options options;
static char *text;

static int setup(void **state)
{
	(void)state;
	finding_sample_init(&sample, NULL);
	options = (struct output_options){0};
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

static const char *commands(void)
{
	free(text);
	text = finding_sample_write(&sample, "github", &options);
	assert_non_null(text);
	return text;
}

static void each_thing_is_a_command_in_its_line(void **state)
{
	(void)state;
	assert_string_equal(
		commands(),
		"::error title=do_leak [leaky]::do_leak [leaky] grew by 3.0 "
		"MiB, 3 allocations, 1 per iteration: more than 512K "
		"(function: 512K, default)\n"
		"::error title=memory in no counter::memory in no counter "
		"grew by 20.0 MiB, 6.7 MiB per iteration: more than 16M "
		"(unaccounted: 16M, nightly.rules:3)\n"
		"::error title=churn_warm_fill [churn]::churn_warm_fill "
		"[churn] grew by 2.0 MiB, 2 allocations, 0.67 per iteration: "
		"more than the 1M that nightly.rules:9 allows (a cache of "
		"4,000 entries)\n"
		"::notice title=module pool::module pool grew by 1.0 MiB, 1 "
		"allocation, 0.33 per iteration: more than 512K (module: "
		"512K, --fail-over), suppressed by nightly.rules:5 (a pool "
		"of 4 buffers)\n"
		"::warning title=unused suppression%3A "
		"nightly.rules%3A14::cache kmalloc-2k: nothing that grew is "
		"like it\n"
		"::warning title=expired suppression%3A "
		"nightly.rules%3A19::frames do_leak ... rx_*: expired on "
		"2026-06-30\n");
}

static void a_source_line_is_where_the_annotation_stands(void **state)
{
	static const struct made_frame made[] = {
		{"do_leak+0x1b/0x30 [leaky]",
		 1,
		 {{"do_leak", "/b,u:i%l\nd/leaky.c", 17}}},
		{0}};

	(void)state;
	place_maker_fill(&sample.readings[0].snapshot, made);
	place_maker_fill(&sample.readings[1].snapshot, made);
	assert_text_has(commands(), "::error file=/b%2Cu%3Ai%25l\\nd/leaky.c,"
				    "line=17,title=do_leak [leaky]::");
}

static void where_no_rule_was_asked_for_nothing_is_an_error(void **state)
{
	(void)state;
	sample.result.enforced = false;
	assert_text_lacks(commands(), "::error");
	assert_text_has(text, "::warning title=do_leak [leaky]::");
	assert_text_has(text, "::notice title=module pool::");
}

static void a_rule_that_could_not_be_judged_is_a_warning(void **state)
{
	(void)state;
	sample.rules[1].unjudged = true;
	sample.rules[1].unjudged_reason = "OLD has no meminfo";
	assert_text_has(commands(), "::warning title=not judged%3A "
				    "unaccounted%3A 16M::OLD has no meminfo\n");
}

static void no_name_makes_a_command(void **state)
{
	struct finding *leak = &sample.findings[SAMPLE_LEAK];
	const char *at;
	size_t lines = 0;

	(void)state;
	leak->function = SPAN("x\n::set-env name=A::%0Ab,y:z\r");
	commands();
	for (at = text; (at = strchr(at, '\n')); at++)
		lines++;
	assert_u64(lines, 6);
	assert_text_has(text, "title=x\\n%3A%3Aset-env name=A%3A%3A%250Ab%2C"
			      "y%3Az\\r [leaky]::x\\n::set-env name=A::%250Ab");
}

static void without_findings_there_is_nothing(void **state)
{
	(void)state;
	finding_sample_deinit(&sample);
	finding_sample_init_clean(&sample);
	assert_string_equal(commands(), "");
}

static void without_a_gate_it_is_refused(void **state)
{
	struct error err;

	(void)state;
	sample.report.gate = NULL;
	assert_false(output_named("github")->write(&sample.report, &options,
						   stdout, &err));
	assert_int_equal(err.code, ERROR_USAGE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(each_thing_is_a_command_in_its_line),
		TEST(a_source_line_is_where_the_annotation_stands),
		TEST(where_no_rule_was_asked_for_nothing_is_an_error),
		TEST(a_rule_that_could_not_be_judged_is_a_warning),
		TEST(no_name_makes_a_command),
		TEST(without_findings_there_is_nothing),
		TEST(without_a_gate_it_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
