/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "gate/gate.h"
#include "tests/support/gate_sample.h"

#define KIB ((int64_t)1024)

#define REASON "reason because\n"

static struct gate_sample sample;
static struct gate_rules rules;
static struct gate_result result;
static struct error err;

static int teardown(void **state)
{
	(void)state;
	gate_result_deinit(&result);
	gate_rules_deinit(&rules);
	gate_sample_deinit(&sample);
	result = (struct gate_result){0};
	rules = (struct gate_rules){0};
	sample = (struct gate_sample){0};
	return 0;
}

static void say(const char *text)
{
	if (!gate_rules_parse(&rules, "a.rules", span_of(text), &err))
		fail_msg("%s", err.text);
}

static void judge(void)
{
	gate_result_deinit(&result);
	result = (struct gate_result){0};
	if (!gate_judge(&rules, &sample.input, &result, &err))
		fail_msg("%s", err.text);
}

#define REPORT(rows) gate_sample_init(&sample, (rows), TEST_COUNT(rows))

/* Pages that appeared, or grew. */
#define PAGES(stack, old, new)                                           \
	{                                                                \
		.frames = (stack), .category = CATEGORY_DRIVER,          \
		.verdict = VERDICT_ACCUMULATES, .units = {(old), (new)}, \
		.records = {                                             \
			(old),                                           \
			(new)                                            \
		}                                                        \
	}

#define OBJECTS(stack, slab, size, old, new)                                   \
	{                                                                      \
		.frames = (stack), .cache = (slab), .category = CATEGORY_SLAB, \
		.verdict = VERDICT_ACCUMULATES,                                \
		.units = {(size) * (old), (size) * (new)}, .records = {        \
			(old),                                                 \
			(new)                                                  \
		}                                                              \
	}

static void assert_broken(const char *rule, bool expected)
{
	gate_rules_deinit(&rules);
	rules = (struct gate_rules){0};
	if (!gate_rules_add(&rules, span_of(rule), NULL, &err))
		fail_msg("%s", err.text);
	judge();
	if ((result.failing > 0) != expected)
		fail_msg("'%s' is %sbroken", rule, expected ? "not " : "");
	assert_int_equal(result.rules[0].broken > 0, expected);
}

static void a_limit_is_passed_by_more_than_it_says(void **state)
{
	const struct sample_row rows[] = {PAGES("do_leak", 4, 12)};

	(void)state;
	REPORT(rows);
	assert_broken("stack: 31K", true);
	assert_broken("stack: 32K", false);
	assert_broken("stack: 7 pages", true);
	assert_broken("stack: 8 pages", false);
	assert_broken("stack: 7 objects", true);
	assert_broken("stack: 8 objects", false);
	assert_broken("stack: 199%", true);
	assert_broken("stack: 200%", false);
}

static void all_limits_of_a_rule_must_be_passed(void **state)
{
	const struct sample_row rows[] = {PAGES("do_leak", 4, 12)};

	(void)state;
	REPORT(rows);
	assert_broken("function: 1K and 100%", true);
	assert_broken("function: 1K and 300%", false);
	assert_broken("function: 1M and 100%", false);
}

static void what_is_new_is_over_any_share(void **state)
{
	const struct sample_row rows[] = {PAGES("do_leak", 0, 1)};

	(void)state;
	REPORT(rows);
	assert_broken("stack: 1000000%", true);
}

static void growth_is_divided_by_iterations(void **state)
{
	const struct sample_row rows[] = {
		OBJECTS("do_leak", "kmalloc-64", 64u, 0, 1001)};

	(void)state;
	REPORT(rows);
	sample.input.iterations = 1000;
	assert_broken("stack: 1 object per iteration", true);
	assert_broken("stack: 64/iteration", true);
	assert_broken("stack: 65/iteration", false);
	sample.input.iterations = 1001;
	assert_broken("stack: 1 object per iteration", false);
}

static void a_limit_per_iteration_wants_to_know_how_many(void **state)
{
	const struct sample_row rows[] = {PAGES("do_leak", 0, 1)};

	(void)state;
	REPORT(rows);
	say("fail-over stack: 1 page per iteration\n");
	assert_false(gate_judge(&rules, &sample.input, &result, &err));
	assert_int_equal(err.code, ERROR_USAGE);
	assert_text_has(err.text, "--iterations");
}

static void only_growth_that_can_be_a_leak_counts_for_stacks(void **state)
{
	static const struct {
		enum verdict verdict;
		bool counts;
	} cases[] = {
		{VERDICT_KEEPS_ACCUMULATING, true},
		{VERDICT_ACCUMULATES, true},
		{VERDICT_APPEARED, true},
		{VERDICT_GREW, true},
		{VERDICT_FILLED_UP, true},
		{VERDICT_TURNS_OVER, false},
		{VERDICT_STEADY, false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(cases); i++) {
		struct sample_row rows[] = {PAGES("do_leak[leaky]", 4, 12)};

		rows[0].verdict = cases[i].verdict;
		REPORT(rows);
		assert_broken("stack: 0", cases[i].counts);
		assert_broken("function: 0", cases[i].counts);
		assert_broken("module: 0", cases[i].counts);
		rows[0].harmless = true;
		gate_sample_deinit(&sample);
		REPORT(rows);
		assert_broken("stack: 0", false);
		gate_sample_deinit(&sample);
	}
	sample = (struct gate_sample){0};
}

static void what_surely_filled_up_does_not_count(void **state)
{
	struct sample_row rows[] = {PAGES("do_fill", 4, 12)};
	struct trend_axis axis = {.timed = true};
	struct trend trend = {.sure = 0.94};

	(void)state;
	rows[0].verdict = VERDICT_FILLED_UP;
	REPORT(rows);
	sample.report.axis = &axis;
	sample.report.rows[0].trend = &trend;
	assert_broken("stack: 0", true);
	trend.sure = 0.95;
	assert_broken("stack: 0", false);
	/* Captures of one moment, for all that is known. */
	axis.timed = false;
	assert_broken("stack: 0", true);
}

static void whose_records_are_stacks_has_no_number_of_objects(void **state)
{
	struct sample_row rows[] = {PAGES("do_leak[leaky]", 0, 12)};

	(void)state;
	REPORT(rows);
	sample.report.sides[0].stacks_only = true;
	say("fail-over stack: 3 objects\nfail-over module: 1K and 1 object\n"
	    "fail-over function: 1M and 1 object\nfail-over stack: 40K\n"
	    "fail-over category=driver: 1 object\n");
	judge();
	assert_int_equal(result.finding_count, 1);
	assert_true(result.findings[0].rule == &result.rules[3]);
	assert_int_equal(result.findings[0].records, 0);
	assert_true(result.rules[0].unjudged);
	assert_true(result.rules[1].unjudged);
	/* What is within a limit that is known is within the rule. */
	assert_false(result.rules[2].unjudged);
	assert_false(result.rules[3].unjudged);
	assert_true(result.rules[4].unjudged);
}

static void a_function_is_one_whatever_its_verdicts_are(void **state)
{
	struct sample_row rows[] = {PAGES("do_leak[leaky] rx", 0, 10),
				    PAGES("do_leak[leaky] tx", 0, 6)};

	(void)state;
	rows[1].verdict = VERDICT_FILLED_UP;
	REPORT(rows);
	say("fail-over function: 60K\n");
	judge();
	assert_int_equal(result.finding_count, 1);
	assert_int_equal(result.findings[0].bytes, 64 * KIB);
	assert_int_equal(result.findings[0].rows, 2);
}

static void a_rule_tells_whether_anything_is_like_it(void **state)
{
	struct sample_row rows[] = {PAGES("do_leak[leaky]", 4, 4)};

	(void)state;
	rows[0].verdict = VERDICT_STEADY;
	REPORT(rows);
	say("fail-over module=leaky: 0\nfail-over module=leakz: 0\n");
	judge();
	assert_true(result.rules[0].matched);
	assert_false(result.rules[1].matched);
}

static void what_exceeds_two_entries_has_two_fingerprints(void **state)
{
	struct sample_row rows[] = {PAGES("a[leaky]", 0, 10),
				    PAGES("b[leaky]", 0, 20),
				    PAGES("c[leaky]", 0, 20)};

	(void)state;
	REPORT(rows);
	say("fail-over stack: 1M\n"
	    "suppress\nframes a\nmaximum 1K\n" REASON
	    "suppress\nframes ?\nmaximum 1K\n" REASON);
	judge();
	assert_int_equal(result.failing, 2);
	assert_string_not_equal(result.findings[0].fingerprint,
				result.findings[1].fingerprint);
}

/* They differ where the functions were called, within these. */
static void stacks_of_one_chain_of_names_are_told_apart(void **state)
{
	struct sample_row rows[] = {PAGES("do_leak[leaky] rx", 0, 10),
				    PAGES("do_leak.cold[leaky] rx", 0, 20)};

	(void)state;
	REPORT(rows);
	say("fail-over stack: 0\n");
	judge();
	assert_int_equal(result.finding_count, 2);
	assert_string_not_equal(result.findings[0].fingerprint,
				result.findings[1].fingerprint);
}

/* It could never be exceeded. */
static void a_maximum_in_bytes_is_none_of_objects_of_no_known_size(void **state)
{
	struct sample_row rows[] = {PAGES("a[leaky]", 40, 10)};

	(void)state;
	rows[0].verdict = VERDICT_SHRANK;
	rows[0].records[0] = 1;
	rows[0].records[1] = 1000;
	REPORT(rows);
	say("fail-over category=driver: 10 objects\n"
	    "suppress\ncategory driver\nmaximum 1M\n" REASON);
	judge();
	assert_int_equal(result.failing, 1);
	assert_int_equal(result.findings[0].state, FINDING_FAILS);
	assert_int_equal(result.suppressions[0].state, SUPPRESSION_UNUSED);
}

static void of_slab_caches_the_objects_are_judged_and_not_the_pages(
	void **state)
{
	struct sample_row rows[] = {
		PAGES("do_leak", 0, 100),
		OBJECTS("do_leak", "kmalloc-64", 64u, 0, 1000),
	};

	(void)state;
	rows[0].category = CATEGORY_SLAB;
	REPORT(rows);
	say("fail-over stack: 0\n");
	judge();
	assert_int_equal(result.finding_count, 1);
	assert_ptr_equal(result.findings[0].report, &sample.objects);
	assert_span(result.findings[0].cache, "kmalloc-64");
	assert_int_equal(result.findings[0].bytes, 64000);
	assert_int_equal(result.findings[0].records, 1000);
}

static void bytes_that_are_not_known_pass_no_limit_in_bytes(void **state)
{
	struct sample_row rows[] = {OBJECTS("do_leak", "odd", 0u, 10, 30)};

	(void)state;
	rows[0].unsized = 30;
	REPORT(rows);
	assert_broken("stack: 0", false);
	assert_broken("stack: 0 pages", false);
	assert_broken("stack: 19 objects", true);
	assert_broken("stack: 199%", true);
	assert_broken("stack: 200%", false);
	assert_broken("stack: 1 and 1 object", false);
	assert_broken("stack: 1 object", true);
	assert_false(result.findings[0].bytes_known);
	assert_true(result.findings[0].unsized);
}

static void a_page_of_objects_is_one_of_the_report_shown(void **state)
{
	struct sample_row rows[] = {
		OBJECTS("do_leak", "kmalloc-64", 64u, 0, 128)};

	(void)state;
	REPORT(rows);
	assert_broken("stack: 1 page", true);
	assert_broken("stack: 2 pages", false);
	sample.report.sides[1].unit_bytes = 65536;
	assert_broken("stack: 0 pages", true);
	assert_broken("stack: 1 page", false);
}

static void a_function_is_the_sum_of_its_stacks(void **state)
{
	const struct sample_row rows[] = {
		PAGES("do_leak[leaky] rx", 1, 9),
		PAGES("do_leak[leaky] tx", 2, 6),
		PAGES("other[leaky] tx", 0, 3),
	};

	(void)state;
	REPORT(rows);
	say("fail-over function=do_*: 11 pages\n");
	judge();
	assert_int_equal(result.failing, 1);
	assert_int_equal(result.rules[0].broken, 1);
	assert_span(result.findings[0].function, "do_leak");
	assert_span(result.findings[0].module, "leaky");
	assert_string_equal(result.findings[0].category, "driver");
	assert_int_equal(result.findings[0].rows, 2);
	assert_int_equal(result.findings[0].bytes, 12 * 4 * KIB);
	assert_int_equal(result.findings[0].before_bytes, 3 * 4 * KIB);
	assert_int_equal(result.findings[0].after_bytes, 15 * 4 * KIB);
	assert_ptr_equal(result.findings[0].rule, &result.rules[0]);
	assert_ptr_equal(result.findings[0].group,
			 &sample.report.groups[result.findings[0].row->group]);
	assert_span(result.findings[0].row->stack->frames[1].name, "rx");
}

static void a_module_is_net_of_pages_and_objects(void **state)
{
	struct sample_row rows[] = {
		PAGES("do_leak[leaky]", 0, 10),
		OBJECTS("get[leaky]", "kmalloc-1k", 1024u, 0, 4),
		PAGES("less[leaky]", 9, 5),
		PAGES("all[leaky]", 2, 0),
		PAGES("steady[leaky]", 6, 6),
		PAGES("builtin", 0, 1000),
	};

	(void)state;
	rows[2].verdict = VERDICT_SHRANK;
	rows[3].verdict = VERDICT_GONE;
	rows[4].verdict = VERDICT_STEADY;
	REPORT(rows);
	say("fail-over module: 19K\n");
	judge();
	/* 40 KiB and 4 KiB, less 16 and 8; the kernel is no module. */
	assert_int_equal(result.finding_count, 1);
	assert_span(result.findings[0].module, "leaky");
	assert_span(result.findings[0].function, "");
	assert_int_equal(result.findings[0].bytes, 20 * KIB);
	assert_int_equal(result.findings[0].rows, 4);
	/* Shares are of what is steady, too: 17 pages. */
	assert_int_equal(result.findings[0].before_bytes, 68 * KIB);
	assert_broken("module: 20K", false);
	assert_broken("module=l*: 29%", true);
	assert_broken("module=l*: 30%", false);
	assert_broken("module=x*: 0", false);
}

static void a_category_is_all_that_is_in_it(void **state)
{
	struct sample_row rows[] = {
		PAGES("ext4", 10, 30), PAGES("kmem", 10, 15),
		PAGES("nic", 5, 6),    PAGES("file", 0, 500),
		PAGES("nic2", 4, 2),
	};

	(void)state;
	rows[0].category = CATEGORY_SLAB_RECLAIMABLE;
	rows[1].category = CATEGORY_SLAB;
	rows[2].category = rows[4].category = CATEGORY_NETWORK;
	rows[2].verdict = VERDICT_TURNS_OVER;
	rows[3].category = CATEGORY_PAGE_CACHE;
	rows[3].harmless = true;
	REPORT(rows);
	/* A name with its kinds. */
	assert_broken("category=slab: 99K", true);
	assert_string_equal(result.findings[0].category, "slab");
	assert_int_equal(result.findings[0].bytes, 100 * KIB);
	assert_broken("category=slab: 100K", false);
	assert_broken("category=slab, reclaimable: 79K", true);
	assert_broken("category=page-cache: 1M", true);
	assert_broken("category=network: 0", false);
	/* Each by itself. */
	assert_broken("category: 70K", true);
	assert_int_equal(result.finding_count, 2);
	assert_string_equal(result.findings[0].category, "page cache");
	assert_string_equal(result.findings[1].category, "slab, reclaimable");
	assert_broken("category=slab*: 81K", false);
}

static void of_objects_alone_other_categories_are_not_known(void **state)
{
	const struct sample_row rows[] = {
		OBJECTS("do_leak", "kmalloc-64", 64u, 0, 1000)};

	(void)state;
	REPORT(rows);
	sample.input.report = &sample.objects;
	assert_broken("category=driver: 0", false);
	assert_true(result.rules[0].unjudged);
	assert_non_null(result.rules[0].unjudged_reason);
	assert_broken("category=slab: 0", true);
	assert_false(result.rules[0].unjudged);
}

static void the_memory_in_no_counter_is_judged_where_it_is_known(void **state)
{
	const struct sample_row rows[] = {PAGES("do_leak", 0, 1)};

	(void)state;
	REPORT(rows);
	assert_broken("unaccounted: 0", false);
	assert_true(result.rules[0].unjudged);
	assert_string_equal(result.rules[0].unjudged_reason, "nobody said");
	sample.input.unaccounted_known = true;
	sample.input.unaccounted_kib[0] = 1000;
	sample.input.unaccounted_kib[1] = 1300;
	assert_broken("unaccounted: 300K", false);
	assert_broken("unaccounted: 299K and 29%", true);
	assert_int_equal(result.findings[0].subject, GATE_UNACCOUNTED);
	assert_int_equal(result.findings[0].bytes, 300 * KIB);
	assert_broken("unaccounted: 30%", false);
	/* Of less than nothing any share is passed. */
	sample.input.unaccounted_kib[0] = -5;
	assert_broken("unaccounted: 1000%", true);
}

static void what_is_suppressed_is_left_out_and_listed(void **state)
{
	const struct sample_row rows[] = {
		PAGES("do_fill[churn] rx", 0, 10),
		PAGES("do_leak[leaky] rx", 0, 2),
	};

	(void)state;
	REPORT(rows);
	say("fail-over stack: 0\nfail-over function: 0\nfail-over module: 0\n"
	    "suppress\nframes do_fill rx\nmaximum 40K\n" REASON
	    "suppress\nframes nobody\nmaximum 1K\n" REASON);
	judge();
	assert_int_equal(result.failing, 3);
	assert_int_equal(result.finding_count, 6);
	assert_span(result.findings[0].module, "leaky");
	assert_int_equal(result.findings[3].state, FINDING_SUPPRESSED);
	assert_span(result.findings[3].module, "churn");
	assert_ptr_equal(result.findings[3].suppression,
			 &result.suppressions[0]);
	assert_int_equal(result.findings[3].bytes, 40 * KIB);
	assert_int_equal(result.suppressions[0].state, SUPPRESSION_USED);
	assert_int_equal(result.suppressions[0].rows, 1);
	assert_int_equal(result.suppressions[0].bytes, 40 * KIB);
	assert_int_equal(result.suppressions[0].records, 10);
	assert_int_equal(result.suppressions[1].state, SUPPRESSION_UNUSED);
	assert_int_equal(result.rules[1].broken, 1);
}

static void beyond_its_maximum_a_suppression_is_one_finding(void **state)
{
	const struct sample_row rows[] = {
		PAGES("do_fill[churn] rx", 0, 10),
		PAGES("do_fill[churn] tx", 0, 3),
	};

	(void)state;
	REPORT(rows);
	say("fail-over stack: 0\nfail-over function: 0\nfail-over module: 0\n"
	    "suppress\nframes do_fill\nmaximum 51K\n" REASON);
	judge();
	assert_int_equal(result.failing, 1);
	assert_int_equal(result.finding_count, 1);
	assert_int_equal(result.findings[0].state, FINDING_EXCEEDED);
	assert_int_equal(result.findings[0].subject, GATE_FUNCTION);
	assert_null(result.findings[0].rule);
	assert_ptr_equal(result.findings[0].suppression,
			 &result.suppressions[0]);
	assert_int_equal(result.findings[0].bytes, 52 * KIB);
	assert_int_equal(result.findings[0].rows, 2);
	assert_int_equal(result.suppressions[0].state, SUPPRESSION_EXCEEDED);
	assert_int_equal(result.rules[1].broken, 0);
}

static void what_is_exceeded_is_in_no_other_finding(void **state)
{
	const struct sample_row rows[] = {
		PAGES("do_fill rx", 0, 10),
		PAGES("do_fill tx", 0, 3),
	};

	(void)state;
	REPORT(rows);
	say("fail-over function: 12K\n"
	    "suppress\nframes do_fill rx\nmaximum 1K\n" REASON
	    "suppress\nframes do_fill tx\nmaximum 12K\n" REASON);
	judge();
	assert_int_equal(result.finding_count, 1);
	assert_int_equal(result.findings[0].state, FINDING_EXCEEDED);
	assert_int_equal(result.findings[0].subject, GATE_STACK);
}

static void a_maximum_of_objects_is_exceeded_by_their_number(void **state)
{
	struct sample_row rows[] = {OBJECTS("do_leak", "odd", 0u, 10, 30)};

	(void)state;
	rows[0].unsized = 30;
	REPORT(rows);
	say("fail-over stack: 0\n"
	    "suppress\nframes do_leak\nmaximum 1M and 19 objects\n" REASON);
	judge();
	assert_int_equal(result.suppressions[0].state, SUPPRESSION_EXCEEDED);
	assert_int_equal(result.failing, 1);
}

static void what_is_left_of_a_function_is_judged(void **state)
{
	const struct sample_row rows[] = {
		PAGES("do_fill rx", 90, 100),
		PAGES("do_fill tx", 10, 14),
	};

	(void)state;
	REPORT(rows);
	say("fail-over function: 5 pages\n"
	    "suppress\nframes do_fill rx\nmaximum 40K\n" REASON);
	judge();
	assert_int_equal(result.failing, 0);
	assert_int_equal(result.finding_count, 1);
	teardown(NULL);
	/* A share is of the whole: 4 of 100, not of 10. */
	REPORT(rows);
	say("fail-over function: 13%\n"
	    "suppress\nframes do_fill rx\nmaximum 40K\n" REASON);
	judge();
	assert_int_equal(result.failing, 0);
}

static void an_expired_suppression_does_nothing(void **state)
{
	const struct sample_row rows[] = {PAGES("do_fill", 0, 10)};

	(void)state;
	REPORT(rows);
	say("fail-over stack: 0\n"
	    "suppress\nframes do_fill\nmaximum 1M\nexpires 2026-11-22\n" REASON
	    "suppress\nframes nobody\nmaximum 1M\nexpires 2026-11-23\n" REASON);
	judge();
	assert_int_equal(result.failing, 1);
	assert_int_equal(result.findings[0].state, FINDING_FAILS);
	assert_int_equal(result.suppressions[0].state, SUPPRESSION_EXPIRED);
	/* Its last day. */
	assert_int_equal(result.suppressions[1].state, SUPPRESSION_UNUSED);
}

static void wholes_have_suppressions_of_their_own(void **state)
{
	struct sample_row rows[] = {PAGES("kmem", 0, 10), PAGES("nic", 0, 20)};

	(void)state;
	rows[0].category = CATEGORY_SLAB;
	REPORT(rows);
	sample.input.unaccounted_known = true;
	sample.input.unaccounted_kib[1] = 100;
	say("fail-over category=slab: 0\nfail-over unaccounted: 0\n"
	    "suppress\ncategory slab\nmaximum 40K\n" REASON
	    "suppress\nunaccounted\nmaximum 100K\n" REASON
	    "suppress\ncategory slab, recl*\nmaximum 40K\n" REASON);
	judge();
	assert_int_equal(result.failing, 0);
	assert_int_equal(result.finding_count, 2);
	assert_int_equal(result.suppressions[0].state, SUPPRESSION_USED);
	assert_int_equal(result.suppressions[0].bytes, 40 * KIB);
	assert_int_equal(result.suppressions[1].state, SUPPRESSION_USED);
	assert_int_equal(result.suppressions[2].state, SUPPRESSION_UNUSED);
	sample.input.unaccounted_kib[1] = 101;
	judge();
	assert_int_equal(result.failing, 1);
	assert_int_equal(result.findings[0].state, FINDING_EXCEEDED);
	assert_int_equal(result.findings[0].subject, GATE_UNACCOUNTED);
	assert_null(result.findings[0].rule);
	assert_int_equal(result.suppressions[1].state, SUPPRESSION_EXCEEDED);
}

static void a_category_beyond_its_maximum_is_one_finding(void **state)
{
	struct sample_row rows[] = {PAGES("a[m]", 0, 10), PAGES("b[m]", 0, 20)};

	(void)state;
	rows[1].verdict = VERDICT_TURNS_OVER;
	REPORT(rows);
	say("fail-over category=driver: 0\nfail-over stack: 0\n"
	    "suppress\ncategory driver\nmaximum 100K\n" REASON);
	judge();
	assert_int_equal(result.failing, 1);
	assert_int_equal(result.finding_count, 1);
	assert_int_equal(result.findings[0].subject, GATE_CATEGORY);
	assert_int_equal(result.findings[0].state, FINDING_EXCEEDED);
	assert_true(result.findings[0].bytes == 120 * KIB);
}

static void fingerprints_are_of_names_alone(void **state)
{
	const struct sample_row before[] = {
		PAGES("do_leak[leaky] 0xffffffffc0001111 rx", 0, 10)};
	const struct sample_row after[] = {
		PAGES("do_leak.isra.0[leaky] 0xffffffffc0002222 rx", 3, 99)};
	const struct sample_row other[] = {PAGES("do_leak[leaky] tx", 0, 10)};
	char first[2][17];
	size_t i;

	(void)state;
	say("fail-over stack: 0\nfail-over function: 0\n");
	REPORT(before);
	judge();
	for (i = 0; i < 2; i++)
		memcpy(first[i], result.findings[i].fingerprint, 17);
	assert_int_equal(strspn(first[0], "0123456789abcdef"), 16);
	assert_string_not_equal(first[0], first[1]);
	/* They must not change, or all that was known is new again. */
	assert_string_equal(first[0], "e07c9d2e810e4497");
	assert_string_equal(first[1], "d46e1c748c782f6f");
	gate_sample_deinit(&sample);
	REPORT(after);
	judge();
	for (i = 0; i < 2; i++)
		assert_string_equal(result.findings[i].fingerprint, first[i]);
	gate_sample_deinit(&sample);
	REPORT(other);
	judge();
	assert_string_not_equal(result.findings[0].fingerprint, first[0]);
	assert_string_equal(result.findings[1].fingerprint, first[1]);
}

static void the_fingerprint_of_an_address_is_not_of_the_address(void **state)
{
	const struct sample_row before[] = {PAGES("0xffffffffc0001111", 0, 9)};
	const struct sample_row after[] = {PAGES("0xffffffffc0002222", 0, 9)};
	char first[17];

	(void)state;
	say("fail-over function: 0\n");
	REPORT(before);
	judge();
	memcpy(first, result.findings[0].fingerprint, sizeof(first));
	gate_sample_deinit(&sample);
	REPORT(after);
	judge();
	assert_string_equal(result.findings[0].fingerprint, first);
}

static void numbers_that_no_machine_has_do_not_wrap(void **state)
{
	struct sample_row rows[] = {
		PAGES("a[m]", 0, UINT64_MAX),
		PAGES("b[m]", 1, UINT64_MAX / 2),
		PAGES("c[m]", UINT64_MAX, 0),
		PAGES("d[m]", UINT64_MAX, UINT64_MAX),
	};

	(void)state;
	rows[2].verdict = VERDICT_GONE;
	rows[3].verdict = VERDICT_STEADY;
	REPORT(rows);
	sample.input.unaccounted_known = true;
	sample.input.unaccounted_kib[0] = INT64_MIN;
	sample.input.unaccounted_kib[1] = INT64_MAX;
	say("fail-over stack: 4G\nfail-over function: 1 object\n"
	    "fail-over category: 1\nfail-over unaccounted: 1G and 1%\n"
	    "fail-over module: 0\n"
	    "suppress\nframes a\nmaximum 1000G\n" REASON);
	judge();
	assert_int_equal(result.suppressions[0].state, SUPPRESSION_EXCEEDED);
	assert_true(result.suppressions[0].bytes == INT64_MAX);
	assert_true(result.rules[0].broken == 1);
	assert_true(result.rules[3].broken == 1);
}

static void findings_come_failing_first_and_large_first(void **state)
{
	const struct sample_row rows[] = {
		PAGES("small", 0, 1),  PAGES("same_b", 0, 5),
		PAGES("same_a", 0, 5), PAGES("known", 0, 500),
		PAGES("over", 0, 3),
	};
	const char *const expected[] = {"same_a", "same_b", "over", "small",
					"known"};
	size_t i;

	(void)state;
	REPORT(rows);
	say("fail-over stack: 0\n"
	    "suppress\nframes known\nmaximum 1G\n" REASON
	    "suppress\nframes over\nmaximum 1K\n" REASON);
	judge();
	assert_int_equal(result.finding_count, TEST_COUNT(expected));
	assert_int_equal(result.failing, 4);
	for (i = 0; i < TEST_COUNT(expected); i++)
		assert_span(result.findings[i].function, expected[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
			a_limit_is_passed_by_more_than_it_says, teardown),
		cmocka_unit_test_teardown(all_limits_of_a_rule_must_be_passed,
					  teardown),
		cmocka_unit_test_teardown(what_is_new_is_over_any_share,
					  teardown),
		cmocka_unit_test_teardown(growth_is_divided_by_iterations,
					  teardown),
		cmocka_unit_test_teardown(
			a_limit_per_iteration_wants_to_know_how_many, teardown),
		cmocka_unit_test_teardown(
			only_growth_that_can_be_a_leak_counts_for_stacks,
			teardown),
		cmocka_unit_test_teardown(what_surely_filled_up_does_not_count,
					  teardown),
		cmocka_unit_test_teardown(
			whose_records_are_stacks_has_no_number_of_objects,
			teardown),
		cmocka_unit_test_teardown(
			a_function_is_one_whatever_its_verdicts_are, teardown),
		cmocka_unit_test_teardown(
			a_rule_tells_whether_anything_is_like_it, teardown),
		cmocka_unit_test_teardown(
			what_exceeds_two_entries_has_two_fingerprints,
			teardown),
		cmocka_unit_test_teardown(
			stacks_of_one_chain_of_names_are_told_apart, teardown),
		cmocka_unit_test_teardown(
			a_maximum_in_bytes_is_none_of_objects_of_no_known_size,
			teardown),
		cmocka_unit_test_teardown(
			of_slab_caches_the_objects_are_judged_and_not_the_pages,
			teardown),
		cmocka_unit_test_teardown(
			bytes_that_are_not_known_pass_no_limit_in_bytes,
			teardown),
		cmocka_unit_test_teardown(
			a_page_of_objects_is_one_of_the_report_shown, teardown),
		cmocka_unit_test_teardown(a_function_is_the_sum_of_its_stacks,
					  teardown),
		cmocka_unit_test_teardown(a_module_is_net_of_pages_and_objects,
					  teardown),
		cmocka_unit_test_teardown(a_category_is_all_that_is_in_it,
					  teardown),
		cmocka_unit_test_teardown(
			of_objects_alone_other_categories_are_not_known,
			teardown),
		cmocka_unit_test_teardown(
			the_memory_in_no_counter_is_judged_where_it_is_known,
			teardown),
		cmocka_unit_test_teardown(
			what_is_suppressed_is_left_out_and_listed, teardown),
		cmocka_unit_test_teardown(
			beyond_its_maximum_a_suppression_is_one_finding,
			teardown),
		cmocka_unit_test_teardown(
			a_maximum_of_objects_is_exceeded_by_their_number,
			teardown),
		cmocka_unit_test_teardown(what_is_left_of_a_function_is_judged,
					  teardown),
		cmocka_unit_test_teardown(an_expired_suppression_does_nothing,
					  teardown),
		cmocka_unit_test_teardown(wholes_have_suppressions_of_their_own,
					  teardown),
		cmocka_unit_test_teardown(
			a_category_beyond_its_maximum_is_one_finding, teardown),
		cmocka_unit_test_teardown(fingerprints_are_of_names_alone,
					  teardown),
		cmocka_unit_test_teardown(
			what_is_exceeded_is_in_no_other_finding, teardown),
		cmocka_unit_test_teardown(
			the_fingerprint_of_an_address_is_not_of_the_address,
			teardown),
		cmocka_unit_test_teardown(
			numbers_that_no_machine_has_do_not_wrap, teardown),
		cmocka_unit_test_teardown(
			findings_come_failing_first_and_large_first, teardown),

	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
