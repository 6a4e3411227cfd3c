/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "diff/diff.h"
#include "tests/support/dump_reader.h"
#include "tests/support/text_buffer.h"

/* Two dumps and the diff of them. */
struct pair {
	struct text_buffer text[2];
	struct dump_reading readings[2];
	struct report report;
};

static struct pair pair;

static int setup(void **state)
{
	(void)state;
	pair = (struct pair){0};
	return 0;
}

static int teardown(void **state)
{
	unsigned i;

	(void)state;
	report_deinit(&pair.report);
	for (i = 0; i < 2; i++) {
		text_buffer_deinit(&pair.text[i]);
		dump_reading_deinit(&pair.readings[i]);
	}
	return 0;
}

static void add(unsigned side, unsigned order, unsigned ts, const char *stack)
{
	text_buffer_format(&pair.text[side],
			   "Page allocated via order %u, mask 0x1(X), pid 1, "
			   "ts %u ns\nPFN 0x1 type Unmovable Block 0 type "
			   "Unmovable Flags 0x0()\n%s\n",
			   order, ts, stack);
}

static void compare(const struct question *asked)
{
	struct question question = *asked;
	struct error err;
	unsigned i;

	for (i = 0; i < 2; i++) {
		if (!dump_reading_init(
			    &pair.readings[i], text_buffer_span(&pair.text[i]),
			    &(struct way){.threads = 1}, &question, &err))
			fail_msg("%s", err.text);
		question.before_ns = &pair.readings[0].snapshot.began_ns;
	}
	dump_diff(&pair.readings[0], &pair.readings[1], asked->match,
		  &pair.report);
	assert_true(report_arrange(&pair.report, SORT_RANK, false, &err));
}

static const struct report_row *row_of(const char *function)
{
	size_t i;

	for (i = 0; i < pair.report.row_count; i++)
		if (span_equal(pair.report.rows[i].function, span_of(function)))
			return &pair.report.rows[i];
	fail_msg("no row of %s", function);
	return NULL;
}

#define LEAK  " do_leak+0x1/0x20 [leaky]\n"
#define ONCE  " once+0x1/0x20 [leaky]\n"
#define OTHER " other+0x1/0x20 [leaky]\n"

static void rows_of_both_sides_are_matched_and_judged(void **state)
{
	(void)state;
	add(0, 0, 10, LEAK);
	add(0, 1, 20, ONCE);
	add(1, 0, 10, LEAK);
	add(1, 2, 90, LEAK);
	add(1, 3, 95, OTHER);
	compare(&(struct question){0});
	assert_int_equal(pair.report.row_count, 3);
	assert_int_equal(row_of("do_leak")->growth.units, 4);
	assert_int_equal(row_of("do_leak")->growth.records, 1);
	assert_int_equal(row_of("do_leak")->verdict, VERDICT_ACCUMULATES);
	assert_true(row_of("do_leak")->kept == 1.0);
	assert_int_equal(row_of("once")->growth.units, -2);
	assert_int_equal(row_of("once")->verdict, VERDICT_GONE);
	assert_u64(row_of("once")->sides[1]->units, 0);
	assert_int_equal(row_of("other")->growth.units, 8);
	assert_int_equal(row_of("other")->verdict, VERDICT_APPEARED);
	assert_true(row_of("other")->kept == SHARE_NONE);
}

static void kept_counts_what_is_as_old_as_old_began(void **state)
{
	(void)state;
	add(0, 0, 10, LEAK);
	add(0, 0, 20, LEAK);
	add(1, 0, 20, LEAK);
	add(1, 0, 21, LEAK);
	add(1, 0, 30, LEAK);
	compare(&(struct question){0});
	assert_true(row_of("do_leak")->kept == 0.5);
	assert_int_equal(row_of("do_leak")->verdict, VERDICT_TURNS_OVER);
}

static void by_keys_rows_are_matched_by_values(void **state)
{
	(void)state;
	add(0, 0, 10, LEAK);
	add(1, 1, 10, OTHER);
	add(1, 1, 11, LEAK);
	compare(&(struct question){.by = "module"});
	assert_int_equal(pair.report.row_count, 1);
	assert_int_equal(pair.report.rows[0].growth.units, 3);
	assert_span(pair.report.rows[0].values[0], "leaky");
	assert_null(pair.report.rows[0].stack);
	assert_int_equal(pair.report.repaired, 0);
}

static void by_name_offsets_and_suffixes_do_not_matter(void **state)
{
	(void)state;
	add(0, 0, 10, " do_leak+0x1/0x20 [leaky]\n");
	add(1, 1, 10, " do_leak.constprop.0+0x77/0x90 [leaky]\n");
	compare(&(struct question){.match = MATCH_NAME});
	assert_int_equal(pair.report.row_count, 1);
	assert_int_equal(pair.report.rows[0].growth.units, 1);
}

static void exactly_offsets_matter(void **state)
{
	(void)state;
	add(0, 0, 10, " do_leak+0x1/0x20 [leaky]\n");
	add(1, 1, 10, " do_leak+0x2/0x20 [leaky]\n");
	compare(&(struct question){.match = MATCH_EXACT});
	assert_int_equal(pair.report.row_count, 2);
}

static void a_stack_whose_frame_lost_its_name_is_paired_again(void **state)
{
	(void)state;
	add(0, 0, 10, " f+0x1/0x2\n 0xffffffffc00d916f\n g+0x1/0x2\n");
	add(1, 1, 10, " f+0x1/0x2\n churn_get+0xf/0x20 [churn]\n g+0x1/0x2\n");
	compare(&(struct question){0});
	assert_int_equal(pair.report.repaired, 1);
	assert_int_equal(pair.report.row_count, 1);
	assert_int_equal(pair.report.rows[0].growth.units, 1);
}

/* ---- doubts ---- */

/* The warnings of two dumps that have nothing to be warned of, but … */
static void assert_warning(const char *text)
{
	pair.report.warning_count = 0;
	diff_warn(&pair.report);
	if (!text) {
		assert_int_equal(pair.report.warning_count, 0);
		return;
	}
	assert_int_equal(pair.report.warning_count, 1);
	assert_string_equal(pair.report.warnings[0], text);
}

static void compare_alike(void)
{
	add(0, 0, 10, LEAK);
	add(1, 0, 20, LEAK);
	compare(&(struct question){0});
}

static void dumps_with_most_in_common_raise_no_doubt(void **state)
{
	(void)state;
	add(0, 0, 10, LEAK);
	add(0, 0, 10, ONCE);
	add(0, 0, 10, OTHER);
	add(1, 0, 20, ONCE);
	add(1, 0, 20, LEAK);
	compare(&(struct question){0});
	assert_warning(NULL);
}

static void dumps_that_belong_together_raise_no_doubt(void **state)
{
	(void)state;
	compare_alike();
	assert_warning(NULL);
}

static void swapped_dumps_are_doubted(void **state)
{
	(void)state;
	compare_alike();
	pair.report.sides[0].began_ns = 90000000000;
	pair.report.sides[1].began_ns = 30000000000;
	diff_warn(&pair.report);
	assert_int_equal(pair.report.warning_count, 1);
	assert_non_null(strstr(pair.report.warnings[0], "swap them"));
	assert_non_null(strstr(pair.report.warnings[0], "90 s against 30 s"));
	assert_null(strstr(pair.report.warnings[0], "booted"));
}

static void swapped_dumps_of_boots_not_known_may_be_none(void **state)
{
	(void)state;
	compare_alike();
	pair.report.sides[0].began_ns = 90000000000;
	pair.report.sides[1].began_ns = 30000000000;
	pair.report.boot = BOOT_UNKNOWN;
	assert_warning("OLD was taken later than NEW (90 s against 30 s of "
		       "uptime); swap them, unless the machine was booted in "
		       "between");
	/* Between boots times say nothing. */
	pair.report.boot = BOOT_OTHER;
	assert_warning("the captures come from different boots: what was kept "
		       "cannot be told");
}

static void different_kernels_and_boots_are_doubted(void **state)
{
	(void)state;
	compare_alike();
	pair.report.sides[0].kernel = "6.1";
	pair.report.sides[1].kernel = "6.1";
	assert_warning(NULL);
	pair.report.sides[1].kernel = "6.2";
	diff_warn(&pair.report);
	assert_int_equal(pair.report.warning_count, 1);
	assert_non_null(strstr(pair.report.warnings[0], "different kernels"));
	pair.report.sides[1].kernel = NULL;
	pair.report.boot = BOOT_OTHER;
	pair.report.warning_count = 0;
	diff_warn(&pair.report);
	assert_int_equal(pair.report.warning_count, 1);
	assert_non_null(strstr(pair.report.warnings[0], "different boots"));
}

static void dumps_with_little_in_common_are_doubted(void **state)
{
	(void)state;
	add(0, 0, 10, LEAK);
	add(0, 1, 10, ONCE);
	add(1, 0, 20, LEAK);
	compare(&(struct question){0});
	diff_warn(&pair.report);
	assert_int_equal(pair.report.warning_count, 1);
	assert_non_null(strstr(pair.report.warnings[0], "one machine"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(rows_of_both_sides_are_matched_and_judged),
		TEST(kept_counts_what_is_as_old_as_old_began),
		TEST(by_keys_rows_are_matched_by_values),
		TEST(by_name_offsets_and_suffixes_do_not_matter),
		TEST(exactly_offsets_matter),
		TEST(a_stack_whose_frame_lost_its_name_is_paired_again),
		TEST(dumps_with_most_in_common_raise_no_doubt),
		TEST(dumps_that_belong_together_raise_no_doubt),
		TEST(swapped_dumps_are_doubted),
		TEST(swapped_dumps_of_boots_not_known_may_be_none),
		TEST(different_kernels_and_boots_are_doubted),
		TEST(dumps_with_little_in_common_are_doubted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
