/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "output/finding_text.h"
#include "output/suppression_text.h"
#include "tests/support/finding_sample.h"

static struct finding_sample sample;
static struct finding *leak;
static char text[FINDING_TEXT_CAPACITY];

static int setup(void **state)
{
	(void)state;
	finding_sample_init(&sample, NULL);
	leak = &sample.findings[SAMPLE_LEAK];
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	finding_sample_deinit(&sample);
	return 0;
}

static const char *title_of(enum gate_subject subject)
{
	leak->subject = subject;
	return finding_title(leak, text);
}

static void each_subject_has_a_title(void **state)
{
	(void)state;
	assert_string_equal(title_of(GATE_FUNCTION), "do_leak [leaky]");
	assert_string_equal(title_of(GATE_STACK),
			    "do_leak [leaky] ← leaky_rx_refill");
	assert_string_equal(title_of(GATE_MODULE), "module leaky");
	assert_string_equal(title_of(GATE_CATEGORY), "category driver");
	assert_string_equal(title_of(GATE_UNACCOUNTED), "memory in no counter");
	leak->module = (struct span){0};
	assert_string_equal(title_of(GATE_FUNCTION), "do_leak");
	assert_string_equal(title_of(GATE_MODULE), "the kernel itself");
	leak->function = (struct span){0};
	assert_string_equal(title_of(GATE_FUNCTION), "(no stack)");
}

static void a_cache_is_named(void **state)
{
	(void)state;
	leak->cache = SPAN("kmalloc-2k");
	assert_string_equal(title_of(GATE_FUNCTION),
			    "do_leak [leaky] in kmalloc-2k");
}

static void a_module_that_only_calls_is_told_from_the_owner(void **state)
{
	(void)state;
	finding_sample_deinit(&sample);
	finding_sample_init(&sample, "krealloc_more+0x1/0x2");
	assert_string_equal(title_of(GATE_FUNCTION),
			    "krealloc_more (for leaky)");
}

static void one_of_several_functions_is_told_by_its_suppression(void **state)
{
	struct finding *exceeded = &sample.findings[SAMPLE_EXCEEDED];

	(void)state;
	assert_string_equal(finding_title(exceeded, text),
			    "churn_warm_fill [churn]");
	exceeded->function = (struct span){0};
	assert_string_equal(finding_title(exceeded, text),
			    "frames churn_warm_fill warm_set, module churn");
}

/* Else three entries for parts of a module would all have its name. */
static void several_functions_over_a_maximum_are_their_entry(void **state)
{
	struct finding *exceeded = &sample.findings[SAMPLE_EXCEEDED];

	(void)state;
	exceeded->rows = 3;
	exceeded->group = NULL;
	assert_string_equal(finding_title(exceeded, text),
			    "suppression frames churn_warm_fill warm_set, "
			    "module churn");
	exceeded->subject = GATE_MODULE;
	exceeded->suppression = &sample.suppressions[SAMPLE_USED];
	assert_string_equal(finding_title(exceeded, text),
			    "suppression module pool");
	exceeded->subject = GATE_CATEGORY;
	assert_string_equal(finding_title(exceeded, text), "category driver");
}

static void what_adds_up_several_has_no_verdict(void **state)
{
	static struct report_group group;
	double kept, fresh;

	(void)state;
	assert_string_equal(finding_verdict(leak), "accumulates");
	group = *leak->group;
	group.verdict = VERDICT_GREW;
	group.kept = 0.5;
	leak->group = &group;
	assert_string_equal(finding_verdict(leak), "grew");
	finding_shares(leak, &kept, &fresh);
	assert_true(kept == 0.5);
	/* The group is a part of it. */
	leak->rows = 2;
	assert_null(finding_verdict(leak));
	leak->group = NULL;
	assert_null(finding_verdict(leak));
	finding_shares(leak, &kept, &fresh);
	assert_true(kept == SHARE_NONE && fresh == SHARE_NONE);
	leak->rows = 1;
	assert_string_equal(finding_verdict(leak), "accumulates");
	leak->subject = GATE_MODULE;
	assert_null(finding_verdict(leak));
	assert_null(finding_verdict(&sample.findings[SAMPLE_UNACCOUNTED]));
}

static void growth_has_a_sign_and_what_comes_of_it_per_iteration(void **state)
{
	(void)state;
	assert_string_equal(finding_growth(leak, 0, text),
			    "+3.0 MiB, 3 allocations");
	assert_string_equal(finding_growth(leak, 3, text),
			    "+3.0 MiB, 3 allocations, 1 per iteration");
	assert_string_equal(finding_growth(leak, 2, text),
			    "+3.0 MiB, 3 allocations, 1.50 per iteration");
	leak->records = 10669;
	assert_text_has(finding_growth(leak, 10, text),
			" allocations, 1,066.9 per iteration");
	leak->records = 3;
	assert_string_equal(finding_growth(leak, 1000, text),
			    "+3.0 MiB, 3 allocations, <0.01 per iteration");
	assert_string_equal(
		finding_growth(&sample.findings[SAMPLE_UNACCOUNTED], 10, text),
		"+20.0 MiB, 2.0 MiB per iteration");
}

static void objects_of_no_known_size_are_counted(void **state)
{
	(void)state;
	sample.readings[0].snapshot.identity |= 1u << FIELD_CACHE;
	leak->bytes_known = false;
	leak->records = 2500;
	assert_string_equal(finding_growth(leak, 1250, text),
			    "+2,500 objects, 2 per iteration");
	leak->records = 1;
	assert_string_equal(finding_growth(leak, 0, text), "+1 object");
}

static void where_a_record_is_a_stack_they_are_not_counted(void **state)
{
	(void)state;
	sample.report.sides[0].stacks_only = true;
	assert_string_equal(finding_growth(leak, 3, text),
			    "+3.0 MiB, 1.0 MiB per iteration");
}

static void numbers_at_the_ends_of_their_range_are_told(void **state)
{
	(void)state;
	leak->bytes = INT64_MIN;
	leak->records = INT64_MIN;
	assert_string_equal(finding_growth(leak, INT64_MAX, text),
			    "-8.0 EiB, -1 B per iteration");
	assert_string_equal(finding_growth(leak, UINT64_MAX, text),
			    "-8.0 EiB, 0 per iteration");
	leak->bytes_known = false;
	assert_text_has(finding_text(leak, 1, text),
			" grew by -9,223,372,036,854,775,808 allocations:");
}

static void a_text_names_limit_rule_and_origin(void **state)
{
	(void)state;
	assert_string_equal(finding_text(leak, 0, text),
			    "do_leak [leaky] grew by 3.0 MiB, 3 allocations: "
			    "more than 512K (function: 512K, default)");
	assert_string_equal(
		finding_text(&sample.findings[SAMPLE_UNACCOUNTED], 0, text),
		"memory in no counter grew by 20.0 MiB: more than 16M "
		"(unaccounted: 16M, nightly.rules:3)");
}

static void set_limits(enum gate_measure measure, double amount, bool each)
{
	sample.rules[0].limits[1] = (struct gate_limit){
		.measure = measure, .amount = amount, .per_iteration = each};
	sample.rules[0].limit_count = 2;
}

static void limits_are_as_rules_have_them(void **state)
{
	(void)state;
	set_limits(GATE_PERCENT, 2.5, false);
	assert_text_has(finding_text(leak, 0, text),
			": more than 512K and 2.5% (");
	set_limits(GATE_PAGES, 1, true);
	assert_text_has(finding_text(leak, 0, text),
			" and 1 page per iteration (");
	set_limits(GATE_RECORDS, 300, false);
	assert_text_has(finding_text(leak, 0, text), " and 300 allocations (");
	set_limits(GATE_BYTES, 1000, false);
	assert_text_has(finding_text(leak, 0, text), " and 1,000 bytes (");
	set_limits(GATE_BYTES, 0, false);
	assert_text_has(finding_text(leak, 0, text), " and 0 bytes (");
	set_limits(GATE_BYTES, 2048.0 * (1 << 30), false);
	assert_text_has(finding_text(leak, 0, text), " and 2048G (");
	set_limits(GATE_BYTES, 1e30, false);
	assert_text_has(finding_text(leak, 0, text), " and 1e+30 bytes (");
}

static void what_exceeds_its_suppression_names_it(void **state)
{
	struct finding *exceeded = &sample.findings[SAMPLE_EXCEEDED];
	struct suppression *passed = &sample.suppressions[SAMPLE_PASSED];

	(void)state;
	assert_string_equal(
		finding_text(exceeded, 0, text),
		"churn_warm_fill [churn] grew by 2.0 MiB, 2 allocations: more "
		"than the 1M that nightly.rules:9 allows (a cache of 4,000 "
		"entries)");
	passed->has_records = true;
	passed->max_records = 1;
	passed->max_bytes = 8 << 20;
	assert_text_has(finding_text(exceeded, 0, text),
			": more than the 1 allocation that nightly.rules:9 ");
}

static void what_is_suppressed_says_by_what(void **state)
{
	(void)state;
	assert_string_equal(
		finding_text(&sample.findings[SAMPLE_SUPPRESSED], 0, text),
		"module pool grew by 1.0 MiB, 1 allocation: more than 512K "
		"(module: 512K, --fail-over), suppressed by nightly.rules:5 "
		"(a pool of 4 buffers)");
}

static const char *title_of_entry(unsigned which)
{
	return suppression_title(&sample.suppressions[which], text);
}

static void a_suppression_is_told_by_its_patterns(void **state)
{
	(void)state;
	assert_string_equal(title_of_entry(SAMPLE_USED), "module pool");
	assert_string_equal(title_of_entry(SAMPLE_PASSED),
			    "frames churn_warm_fill warm_set, module churn");
	assert_string_equal(title_of_entry(SAMPLE_UNUSED), "cache kmalloc-2k");
	assert_string_equal(title_of_entry(SAMPLE_EXPIRED),
			    "frames do_leak ... rx_*");
	assert_string_equal(
		suppression_title(&(struct suppression){.unaccounted = true},
				  text),
		"unaccounted");
	assert_string_equal(suppression_title(&(struct suppression){0}, text),
			    "any stack");
}

static const char *text_of_entry(unsigned which)
{
	return suppression_text(&sample.suppressions[which], text);
}

static void what_became_of_a_suppression_is_told(void **state)
{
	struct suppression *used = &sample.suppressions[SAMPLE_USED];

	(void)state;
	assert_string_equal(
		text_of_entry(SAMPLE_USED),
		"+1.0 MiB of at most 4.0 MiB, 1 stack: a pool of 4 buffers");
	assert_string_equal(text_of_entry(SAMPLE_PASSED),
			    "+2.0 MiB of at most 1.0 MiB, 1 stack: a cache of "
			    "4,000 entries");
	assert_string_equal(text_of_entry(SAMPLE_UNUSED),
			    "nothing that grew is like it");
	assert_string_equal(text_of_entry(SAMPLE_EXPIRED),
			    "expired on 2026-06-30");
	used->has_records = true;
	used->max_records = 4000;
	used->rows = 0;
	assert_string_equal(text_of_entry(SAMPLE_USED),
			    "+1.0 MiB of at most 4.0 MiB, +1 of at most 4,000 "
			    "in number: a pool of 4 buffers");
}

static void names_are_escaped_and_lines_are_bounded(void **state)
{
	static char name[3 * FINDING_TEXT_CAPACITY];
	struct suppression *used = &sample.suppressions[SAMPLE_USED];
	size_t i;

	(void)state;
	leak->function = SPAN("a\033[2J\nb");
	assert_text_has(finding_title(leak, text), "a\\x1b[2J\\nb [");
	memset(name, '\n', sizeof(name));
	for (i = 0; i < SUPPRESSION_FRAMES_MAX; i++)
		used->frames[i] = (struct span){name, sizeof(name)};
	used->frame_count = SUPPRESSION_FRAMES_MAX;
	assert_true(strlen(suppression_title(used, text)) <
		    FINDING_TEXT_CAPACITY);
	assert_string_equal(text + strlen(text) - 3, "...");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(each_subject_has_a_title),
		TEST(a_cache_is_named),
		TEST(a_module_that_only_calls_is_told_from_the_owner),
		TEST(one_of_several_functions_is_told_by_its_suppression),
		TEST(several_functions_over_a_maximum_are_their_entry),
		TEST(what_adds_up_several_has_no_verdict),
		TEST(growth_has_a_sign_and_what_comes_of_it_per_iteration),
		TEST(objects_of_no_known_size_are_counted),
		TEST(where_a_record_is_a_stack_they_are_not_counted),
		TEST(numbers_at_the_ends_of_their_range_are_told),
		TEST(a_text_names_limit_rule_and_origin),
		TEST(limits_are_as_rules_have_them),
		TEST(what_exceeds_its_suppression_names_it),
		TEST(what_is_suppressed_says_by_what),
		TEST(a_suppression_is_told_by_its_patterns),
		TEST(what_became_of_a_suppression_is_told),
		TEST(names_are_escaped_and_lines_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
