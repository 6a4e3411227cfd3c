/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/markdown_writer.h"
#include "output/output.h"
#include "tests/support/finding_sample.h"
#include "tests/support/place_maker.h"

static struct finding_sample sample;
static struct output_options options;
static char *text;
static size_t length;

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

static const char *shown(void)
{
	free(text);
	text = finding_sample_write(&sample, "markdown", &options);
	assert_non_null(text);
	length = strlen(text);
	return text;
}

/* ---- the document ---- */

static void the_outcome_is_the_heading(void **state)
{
	(void)state;
	shown();
	assert_ptr_equal(strstr(text, "### pageowl: 3 findings\n"), text);
	sample.result.failing = 1;
	assert_text_has(shown(), "### pageowl: 1 finding\n");
	sample.result.failing = 0;
	assert_text_has(shown(), "### pageowl: no rule is broken\n");
	assert_text_lacks(text, "what grew |");
	sample.report.gate = NULL;
	shown();
	assert_ptr_equal(strstr(text, "### pageowl diff\n"), text);
	assert_text_has(text, "<details open>\n<summary>What grew");
}

static void what_fails_is_a_table(void **state)
{
	(void)state;
	assert_text_has(
		shown(),
		"| what grew | growth | per iteration | verdict | rule |\n"
		"| --- | ---: | ---: | --- | --- |\n"
		"| `do_leak [leaky]` | +3.0 MiB, 3 allocations | 1 | "
		"accumulates | `function: 512K` |\n"
		"| `memory in no counter` | +20.0 MiB | 6.7 MiB | - | "
		"`unaccounted: 16M` |\n"
		"| `churn_warm_fill [churn]` | +2.0 MiB, 2 allocations | 0.67 "
		"| appeared | more than `nightly.rules:9` allows |\n"
		"\n1 finding is suppressed.\n");
	sample.report.iterations = 0;
	assert_text_has(shown(), "| what grew | growth | verdict | rule |\n"
				 "| --- | ---: | --- | --- |\n"
				 "| `do_leak [leaky]` | +3.0 MiB, 3 "
				 "allocations | accumulates |");
}

static void suppressions_are_folded(void **state)
{
	(void)state;
	assert_text_has(
		shown(),
		"\n<details>\n<summary>Suppressions</summary>\n\n"
		"| from | suppresses | state | growth |\n"
		"| --- | --- | --- | --- |\n"
		"| `nightly.rules:9` | `frames churn_warm_fill warm_set, "
		"module churn` | exceeded | ");
	assert_text_has(
		text,
		"| `nightly.rules:5` | `module pool` | used | `+1.0 MiB of at "
		"most 4.0 MiB, 1 stack: a pool of 4 buffers` |\n\n\n"
		"</details>\n");
	assert_text_has(text, "| `nightly.rules:14` | `cache kmalloc-2k` | "
			      "unused | `nothing that grew is like it` |\n");
}

static void rules_that_were_not_judged_are_named(void **state)
{
	(void)state;
	sample.rules[1].unjudged = true;
	sample.rules[1].unjudged_reason = "OLD has no meminfo";
	assert_text_has(shown(), "\nNot judged: `unaccounted: 16M` "
				 "`OLD has no meminfo`\n");
}

static void the_ranking_is_that_of_text(void **state)
{
	(void)state;
	assert_text_has(shown(),
			"| growth | old | new | kept | fresh | per iter. | "
			"verdict | category | held by |\n"
			"| ---: | ---: | ---: | ---: | ---: | ---: | --- | "
			"--- | --- |\n"
			"| +3.0 MiB | 1.0 MiB | 4.0 MiB | 1.00 |  | 1 | "
			"accumulates | driver | `do_leak [leaky]` `order 8 ← "
			"leaky_rx_refill` |\n");
	assert_text_has(text, "\n  1 steady   --top=0 shows all\n");
	options.top_given = true;
	options.top = 1;
	assert_text_lacks(shown(), "`pool_grow [pool]` `");
	assert_text_has(text, "\n  2 more (+3.0 MiB), 1 steady");
}

static void stacks_stand_in_fences(void **state)
{
	(void)state;
	assert_text_has(shown(), "<summary>Stacks of the findings</summary>\n\n"
				 "`do_leak [leaky]`\n\n"
				 "```\n"
				 "      +3.0 MiB order 8\n"
				 "        post_alloc_hook+0x59/0x120\n"
				 "        do_leak+0x1b/0x30 [leaky]\n"
				 "        leaky_rx_refill+0x1/0x2 [leaky]\n"
				 "```\n\n"
				 "`churn_warm_fill [churn]`\n\n```\n");
	assert_text_lacks(text, "pool_get+");
}

static void source_lines_are_told(void **state)
{
	static const struct made_frame made[] = {
		{"do_leak+0x1b/0x30 [leaky]", 1, {{"do_leak", "leaky.c", 17}}},
		{0}};

	(void)state;
	place_maker_fill(&sample.readings[0].snapshot, made);
	place_maker_fill(&sample.readings[1].snapshot, made);
	assert_text_has(shown(), "| `do_leak [leaky]`<br>`at leaky.c:17` | +3");
	assert_text_has(text, "do_leak+0x1b/0x30 [leaky]  leaky.c:17\n");
}

static void warnings_are_told(void **state)
{
	(void)state;
	snprintf(sample.report.warnings[0], sizeof(sample.report.warnings[0]),
		 "two | boots");
	sample.report.warning_count = 1;
	assert_text_has(shown(), "\n⚠ `two \\x7c boots`\n");
}

static void nothing_found_is_a_document_too(void **state)
{
	(void)state;
	finding_sample_deinit(&sample);
	finding_sample_init_clean(&sample);
	shown();
	assert_ptr_equal(strstr(text, "### pageowl: no rule is broken\n\n"
				      "<details>\n"),
			 text);
	assert_text_lacks(text, "Suppressions");
	assert_text_lacks(text, "Stacks of");
	assert_text_has(text, "In sum nothing grew");
}

/* ---- hostile names ---- */

static void names_cannot_leave_their_code(void **state)
{
	(void)state;
	finding_sample_deinit(&sample);
	finding_sample_init(&sample,
			    "a|b`<img>@all```+0x1b/0x30 [x](http://e)");
	shown();
	assert_text_has(text, "| `a\\x7cb\\x60<img>@all\\x60\\x60\\x60");
	assert_text_has(text, "\n````\n      +3.0 MiB order 8\n");
	assert_text_lacks(text, "\n```\n      +3.0 MiB order 8\n        "
				"post_alloc_hook+0x59/0x120\n        a|b");
}

/* ---- room ---- */

static void a_comment_is_never_too_long(void **state)
{
	static struct finding many[3000];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(many); i++)
		many[i] = sample.findings[SAMPLE_LEAK];
	sample.result.findings = many;
	sample.result.finding_count = sample.result.failing = TEST_COUNT(many);
	shown();
	assert_true(length <= MARKDOWN_MOST);
	assert_true(length > MARKDOWN_MOST / 2);
	assert_text_has(text, "### pageowl: 3000 findings\n");
	assert_text_has(text, " more.\n");
	assert_text_has(text, "| +3.0 MiB | 1.0 MiB | 4.0 MiB |");
	assert_text_has(text, "\nNot all of it is here: a comment has room for "
			      "65536 characters.\n");
}

/* What failed and the ranking are what a reader came for. */
static void of_many_suppressions_the_first_are_told(void **state)
{
	static struct suppression many[3000];
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(many); i++)
		many[i] = sample.suppressions[SAMPLE_UNUSED];
	many[2999] = sample.suppressions[SAMPLE_PASSED];
	many[2998] = sample.suppressions[SAMPLE_EXPIRED];
	many[0] = sample.suppressions[SAMPLE_USED];
	sample.result.suppressions = many;
	sample.result.suppression_count = TEST_COUNT(many);
	assert_text_has(shown(), "| --- | --- | --- | --- |\n"
				 "| `nightly.rules:9` | ");
	assert_text_has(text, "\n| `nightly.rules:19` | `frames do_leak ... "
			      "rx_*` | expired | `expired on 2026-06-30` |\n"
			      "| `nightly.rules:14` | ");
	assert_text_has(text, " |\n\nand 2980 more.\n\n</details>\n");
	assert_text_lacks(text, "| used |");
	assert_text_lacks(text, "Not all of it");
	assert_text_has(text, "| +3.0 MiB | 1.0 MiB | 4.0 MiB |");
}

static void a_column_without_a_heading_is_told_a_joint_not(void **state)
{
	struct markdown markdown = {.left = 1000};
	struct text_table table = {
		.headings = {"old", "", "new", "", "grew"},
		.left = {false, false, false, true, false},
		.joint = {false, true},
		.column_count = 5,
	};
	const char *const cells[] = {"1", "→", "2", "▁█", "3"};
	struct text_row *row = text_table_add(&table);

	(void)state;
	memcpy(row->cells, cells, sizeof(cells));
	markdown.file = open_memstream(&text, &length);
	markdown_table(&markdown, &table);
	fclose(markdown.file);
	text_table_deinit(&table);
	assert_string_equal(text, "| old | new |  | grew |\n"
				  "| ---: | ---: | --- | ---: |\n"
				  "| 1 | 2 | ▁█ | 3 |\n\n");
}

static void a_fence_is_cut_at_a_line(void **state)
{
	struct markdown markdown = {.left = 130};

	(void)state;
	markdown.file = open_memstream(&text, &length);
	markdown_fence(&markdown, "0123456789\n0123456789\n0123456789\n");
	fclose(markdown.file);
	assert_string_equal(text,
			    "```\n0123456789\n0123456789\n```\n\n"
			    "1 more lines are left out: a comment has no room "
			    "for them.\n");
	assert_true(markdown.cut);
}

static void rows_are_cut_from_the_end(void **state)
{
	struct markdown markdown = {.left = 20};
	struct text_table table = {
		.headings = {"size", ""},
		.column_count = 1,
	};
	const char *const cells[] = {"1.0 MiB", "1.0 MiB 1.0 MiB", "0"};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(cells); i++)
		text_table_add(&table)->cells[0] = cells[i];
	markdown.file = open_memstream(&text, &length);
	markdown_table(&markdown, &table);
	fclose(markdown.file);
	text_table_deinit(&table);
	assert_string_equal(text,
			    "| size |\n| ---: |\n| 1.0 MiB |\n\n"
			    "2 more rows left out: a comment has no room for "
			    "them.\n\n");
}

static void a_long_name_is_cut_between_characters(void **state)
{
	struct text_table table = {0};
	struct text_builder builder = {.table = &table};
	char name[500];

	(void)state;
	memset(name, 'x', sizeof(name));
	memcpy(name + 397, "é€", 5);
	name[sizeof(name) - 1] = '\0';
	markdown_code(&builder, name);
	assert_u64(strlen(builder.text), 1 + 399 + 4);
	assert_string_equal(builder.text + 396, "xxé...`");
	builder = (struct text_builder){.table = &table};
	markdown_code(&builder, "");
	assert_string_equal(builder.text, "-");
	text_table_deinit(&table);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_outcome_is_the_heading),
		TEST(what_fails_is_a_table),
		TEST(suppressions_are_folded),
		TEST(rules_that_were_not_judged_are_named),
		TEST(the_ranking_is_that_of_text),
		TEST(stacks_stand_in_fences),
		TEST(source_lines_are_told),
		TEST(warnings_are_told),
		TEST(nothing_found_is_a_document_too),
		TEST(names_cannot_leave_their_code),
		TEST(a_comment_is_never_too_long),
		TEST(of_many_suppressions_the_first_are_told),
		TEST(a_column_without_a_heading_is_told_a_joint_not),
		TEST(a_fence_is_cut_at_a_line),
		TEST(rows_are_cut_from_the_end),
		TEST(a_long_name_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
