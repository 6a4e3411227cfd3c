/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/json_account.h"
#include "tests/support/account_sample.h"

static struct account_sample sample;
static struct output_options options;
static char *text;

static int setup(void **state)
{
	(void)state;
	options = (struct output_options){.top = 20};
	text = NULL;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(text);
	account_sample_deinit(&sample);
	return 0;
}

static void write_json(void)
{
	free(text);
	text = account_sample_write(&sample, json_account_write, &options);
}

#define assert_has(needle)   assert_text_has(text, (needle))
#define assert_lacks(needle) assert_text_lacks(text, (needle))

static void the_budget_has_all_rows_with_their_terms(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	write_json();
	assert_has("{\n  \"tool\": \"pageowl " PAGEOWL_VERSION "\",\n"
		   "  \"command\": \"account\",\n"
		   "  \"captures\": [\n"
		   "    {\n"
		   "      \"path\": \"t2\",\n"
		   "      \"kernel\": \"6.12.117-lab\",\n"
		   "      \"uptime_ns\": 64000000000,\n"
		   "      \"told_by\": null,\n"
		   "      \"budget\": {\n"
		   "        \"total_kib\": 1004132,\n"
		   "        \"counted_kib\": 953976,\n"
		   "        \"remainder_kib\": 50156,\n"
		   "        \"doubt_kib\": 0,\n"
		   "        \"untold\": null,\n"
		   "        \"page_size\": 4096,\n");
	assert_has("            \"id\": \"free\",\n"
		   "            \"name\": \"free\",\n"
		   "            \"what\": \"nobody has it, per-CPU lists "
		   "included\",\n"
		   "            \"kind\": \"part\",\n"
		   "            \"owner\": \"free\",\n"
		   "            \"kib\": 650704,\n"
		   "            \"terms\": [\n"
		   "              {\"group\": \"meminfo\", \"name\": "
		   "\"MemFree\", \"kib\": 638732, \"value\": 638732, \"unit\": "
		   "\"KiB\"},\n");
	assert_has("\"kind\": \"inside\"");
	assert_has("\"id\": \"bounce\"");
	assert_lacks("\"change\"");
}

static void what_is_not_known_is_null(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	sample.report.sides[0].uptime_ns = TS_NONE;
	sample.report.sides[0].kernel = NULL;
	sample.report.sides[0].budget.free.available = (struct sum){0};
	write_json();
	assert_has("\"kernel\": null");
	assert_has("\"uptime_ns\": null");
	assert_has("\"available\": null");
	assert_has("\"holders_kib\": null");
	assert_has("\"younger_kib\": null");
	assert_has("\n  \"holders\": null,\n  \"steps\": null,\n"
		   "  \"counted\": null,\n  \"slab\": null,\n");
	sample.report.sides[0].budget = (struct budget){0};
	write_json();
	assert_has("\"budget\": null");
	assert_has("\"free\": null");
}

static void the_columns_of_free_have_their_terms(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	write_json();
	assert_has("        \"used\": {\n"
		   "          \"kib\": 400384,\n"
		   "          \"terms\": [\n");
	assert_has("{\"group\": \"meminfo\", \"name\": \"MemAvailable\", "
		   "\"kib\": -603748, \"value\": 603748, \"unit\": \"KiB\"}");
}

static void checks_and_coverages_have_both_sides(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_coverages(&sample, &sample.report.sides[0]);
	account_sample_add_checks(&sample, &sample.report.sides[0]);
	write_json();
	assert_has("          \"id\": \"lru\",\n"
		   "          \"name\": \"user memory and page cache\",\n"
		   "          \"counters_kib\": 246212,\n"
		   "          \"stacks_kib\": 246192,\n"
		   "          \"younger_kib\": 56160,\n"
		   "          \"agrees\": true,\n"
		   "          \"meaning\": \"compared\"\n");
	assert_has("          \"id\": \"anon-lru\",\n"
		   "          \"title\": \"anonymous LRU lists\",\n"
		   "          \"state\": \"agrees\",\n"
		   "          \"left\": {\n"
		   "            \"name\": \"LRU lists\",\n"
		   "            \"sum\": {\n"
		   "              \"kib\": 178656,\n");
	assert_has("          \"difference_kib\": -4096,\n"
		   "          \"tolerance_kib\": 65536,\n");
	assert_has("          \"state\": \"missing\",\n"
		   "          \"left\": {\n"
		   "            \"name\": \"AnonPages\",\n"
		   "            \"sum\": null\n"
		   "          },\n");
	assert_has("          \"difference_kib\": null,\n"
		   "          \"tolerance_kib\": null,\n");
}

static void nodes_have_budgets_of_their_own(void **state)
{
	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_nodes(&sample, &sample.report.sides[0]);
	write_json();
	assert_has("          \"node\": 1,\n"
		   "          \"budget\": {\n"
		   "            \"total_kib\": 502066,\n");
	assert_has("          \"unaccounted_stacks_kib\": null\n");
	assert_has("          \"unaccounted_stacks_kib\": 24000\n");
}

static void two_captures_have_a_change(void **state)
{
	(void)state;
	account_sample_init(&sample, 2);
	account_sample_add_holders(&sample);
	write_json();
	assert_has("  \"change\": {\n"
		   "    \"boot\": \"same\",\n"
		   "    \"total_kib\": 0,\n"
		   "    \"counted_kib\": -21664,\n"
		   "    \"remainder_kib\": 21664,\n"
		   "    \"holders_kib\": 21760,\n"
		   "    \"rows\": [\n"
		   "      {\"id\": \"free\", \"kind_before\": \"part\", "
		   "\"kind_after\": \"part\", \"before_kib\": 749376, "
		   "\"after_kib\": 650704, \"growth_kib\": -98672},\n");
	assert_has("  \"holders\": {\n"
		   "    \"rows_are\": \"stacks\",\n"
		   "    \"captures\": [\n");
	assert_has("\"verdict\": \"appeared\"");
	sample.report.sides[0].budget = (struct budget){0};
	write_json();
	assert_has("    \"remainder_kib\": null,\n"
		   "    \"holders_kib\": 21760,\n"
		   "    \"rows\": []\n");
}

static void the_change_has_rows_that_are_not_added(void **state)
{
	struct account_side *sides = sample.report.sides;
	struct budget_row *stacks;

	(void)state;
	account_sample_init(&sample, 2);
	account_sample_add_row(&sample, &sides[0].budget, "Foo", BUDGET_BESIDE,
			       12);
	account_sample_add_row(&sample, &sides[1].budget, "Foo", BUDGET_BESIDE,
			       20);
	account_sample_add_row(&sample, &sides[1].budget, "Bar", BUDGET_BESIDE,
			       7);
	stacks = &sides[0].budget.rows[6];
	assert_string_equal(stacks->id, "kernel-stacks");
	stacks->kind = BUDGET_PART;
	write_json();
	assert_has("      {\"id\": \"Foo\", \"kind_before\": \"beside\", "
		   "\"kind_after\": \"beside\", \"before_kib\": 12, "
		   "\"after_kib\": 20, \"growth_kib\": 8},\n"
		   "      {\"id\": \"Bar\", \"kind_before\": null, "
		   "\"kind_after\": \"beside\", \"before_kib\": null, "
		   "\"after_kib\": 7, \"growth_kib\": null}\n");
	assert_has("{\"id\": \"kernel-stacks\", \"kind_before\": \"part\", "
		   "\"kind_after\": \"inside\", ");
}

static void who_fills_the_slab_caches_is_a_report(void **state)
{
	(void)state;
	account_sample_init(&sample, 2);
	write_json();
	assert_has("\n  \"slab_steps\": null,\n  \"objects\": null\n}\n");
	account_sample_add_holders(&sample);
	sample.report.objects = sample.report.holders;
	sample.report.holders = NULL;
	write_json();
	assert_has("\n  \"slab_steps\": null,\n  \"objects\": {\n"
		   "    \"captures\": [\n      {\n"
		   "        \"path\": ");
	assert_has("\n    \"match\": ");
	assert_has("\n    \"rows\": [\n      {\n"
		   "        \"function\": \"do_leak\",\n");
}

static void hostile_names_and_numbers_stay_json(void **state)
{
	struct budget *budget = &sample.report.sides[0].budget;

	(void)state;
	account_sample_init(&sample, 1);
	account_sample_add_row(&sample, budget, "a\"\n\xff", BUDGET_BESIDE,
			       INT64_MAX);
	budget->remainder_kib = INT64_MIN;
	write_json();
	assert_has("\"id\": \"a\\\"\\u000a\\\\xff\"");
	assert_has("\"kib\": 9223372036854775807");
	assert_has("\"remainder_kib\": -9223372036854775808");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_budget_has_all_rows_with_their_terms),
		TEST(what_is_not_known_is_null),
		TEST(the_columns_of_free_have_their_terms),
		TEST(checks_and_coverages_have_both_sides),
		TEST(nodes_have_budgets_of_their_own),
		TEST(two_captures_have_a_change),
		TEST(the_change_has_rows_that_are_not_added),
		TEST(who_fills_the_slab_caches_is_a_report),
		TEST(hostile_names_and_numbers_stay_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
