/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "diff/diff.h"
#include "diff/series.h"
#include "tests/support/dump_reader.h"
#include "tests/support/text_buffer.h"

#define DUMPS_MAX 4

/* Dumps in order, and the report on them. */
struct series {
	struct text_buffer text[DUMPS_MAX];
	struct dump_reading readings[DUMPS_MAX];
	struct trend_capture captures[DUMPS_MAX];
	struct trend_axis axis;
	struct report report;
};

static struct series series;

static int setup(void **state)
{
	(void)state;
	series = (struct series){0};
	return 0;
}

static int teardown(void **state)
{
	unsigned i;

	(void)state;
	report_deinit(&series.report);
	for (i = 0; i < DUMPS_MAX; i++) {
		text_buffer_deinit(&series.text[i]);
		dump_reading_deinit(&series.readings[i]);
	}
	return 0;
}

/* Pages of order 0 with times from first_ts on. */
static void add(unsigned dump, unsigned pages, unsigned first_ts,
		const char *stack)
{
	unsigned i;

	for (i = 0; i < pages; i++)
		text_buffer_format(
			&series.text[dump],
			"Page allocated via order 0, mask 0x1(X), pid 1, "
			"ts %u ns\nPFN 0x1 type Unmovable Block 0 type "
			"Unmovable Flags 0x0()\n%s\n",
			first_ts + i, stack);
}

#define LEAK  " do_leak+0x1/0x20 [leaky]\n"
#define CACHE " fill+0x1/0x20 [leaky]\n"
#define OTHER " other+0x1/0x20 [leaky]\n"
#define BASE  " base+0x1/0x20 [leaky]\n"

static void compare(unsigned count, const struct question *asked)
{
	struct question question = *asked;
	struct error err;
	unsigned i;

	for (i = 0; i < count; i++) {
		/* What no test is about; a dump cannot be empty. */
		add(i, 1, 1, BASE);
		if (!dump_reading_init(&series.readings[i],
				       text_buffer_span(&series.text[i]),
				       &(struct way){.threads = 1}, &question,
				       &err))
			fail_msg("%s", err.text);
		question.before_ns = &series.readings[0].snapshot.began_ns;
		series.captures[i].began_ns = (i + 1) * 3600000000000;
	}
	dump_diff(&series.readings[0], &series.readings[count - 1],
		  asked->match, &series.report);
	trend_axis_init(&series.axis, series.captures, count, true);
	assert_true(series_begin(&series.report, &series.axis, &err));
	for (i = 1; i + 1 < count; i++)
		series_add(&series.report, i, &series.readings[i].set);
	assert_true(series_judge(&series.report, &err));
	assert_true(report_arrange(&series.report, SORT_RANK, false, &err));
}

static const struct report_row *row_of(const char *function)
{
	size_t i;

	for (i = 0; i < series.report.row_count; i++)
		if (span_equal(series.report.rows[i].function,
			       span_of(function)))
			return &series.report.rows[i];
	fail_msg("no row of %s", function);
	return NULL;
}

static void each_row_has_a_point_of_every_capture(void **state)
{
	const struct report_row *row;

	(void)state;
	add(0, 1, 10, LEAK);
	add(1, 3, 10, LEAK);
	add(2, 4, 10, LEAK);
	add(1, 2, 10, OTHER);
	add(2, 2, 10, OTHER);
	compare(3, &(struct question){0});
	assert_ptr_equal(series.report.axis, &series.axis);
	row = row_of("do_leak");
	assert_u64(row->points[0].units, 1);
	assert_u64(row->points[1].units, 3);
	assert_u64(row->points[2].units, 4);
	assert_u64(row->points[1].records, 3);
	assert_ptr_equal(row->trend->points, row->points);
	row = row_of("other");
	assert_u64(row->points[0].units, 0);
	assert_u64(row->points[1].units, 2);
	assert_u64(row->points[2].units, 2);
}

static void a_leak_is_told_from_a_cache_that_filled(void **state)
{
	(void)state;
	add(0, 2, 10, LEAK);
	add(1, 4, 10, LEAK);
	add(2, 6, 10, LEAK);
	add(3, 8, 10, LEAK);
	add(1, 9, 10, CACHE);
	add(2, 9, 10, CACHE);
	add(3, 9, 10, CACHE);
	compare(4, &(struct question){0});
	assert_int_equal(row_of("do_leak")->verdict,
			 VERDICT_KEEPS_ACCUMULATING);
	assert_int_equal(row_of("fill")->verdict, VERDICT_FILLED_UP);
	assert_int_equal(row_of("base")->verdict, VERDICT_STEADY);
	/* The cache is larger, and comes behind. */
	assert_span(series.report.rows[0].function, "do_leak");
	assert_span(series.report.rows[1].function, "fill");
}

static void rows_between_are_counted_by_the_most_of_one_capture(void **state)
{
	(void)state;
	add(1, 1, 10, LEAK);
	add(1, 1, 10, OTHER);
	add(2, 1, 10, LEAK);
	compare(4, &(struct question){0});
	assert_int_equal(series.report.row_count, 1);
	assert_int_equal(series.report.passing, 2);
}

static void by_keys_rows_are_found_by_their_values(void **state)
{
	const struct report_row *row;

	(void)state;
	add(0, 1, 10, LEAK);
	add(1, 2, 10, OTHER);
	add(2, 1, 10, CACHE);
	add(2, 2, 10, LEAK);
	compare(3, &(struct question){.by = "module"});
	assert_int_equal(series.report.row_count, 1);
	row = &series.report.rows[0];
	assert_u64(row->points[0].units, 2);
	assert_u64(row->points[1].units, 3);
	assert_u64(row->points[2].units, 4);
	assert_int_equal(series.report.passing, 0);
}

#define ADDRESS " f+0x1/0x20\n 0xffffffffc00d916f\n g+0x1/0x20\n"
#define NAMED	" f+0x1/0x20\n old_init+0xf/0x20 [churn]\n g+0x1/0x20\n"

static const struct report_row *repaired_row(void)
{
	size_t i;

	for (i = 0; i < series.report.row_count; i++) {
		const struct report_row *row = &series.report.rows[i];

		if (row->keyed[0] && row->keyed[1] &&
		    !span_equal(row->keyed[0]->key, row->keyed[1]->key))
			return row;
	}
	fail_msg("no row was repaired");
	return NULL;
}

/* In a capture between it may have either name, or some pages of both. */
static void a_repaired_row_is_found_under_both_of_its_keys(void **state)
{
	const struct report_row *row;

	(void)state;
	add(0, 1, 10, ADDRESS);
	add(1, 2, 10, ADDRESS);
	add(1, 3, 10, NAMED);
	add(2, 4, 10, NAMED);
	add(3, 6, 10, NAMED);
	compare(4, &(struct question){0});
	assert_int_equal(series.report.repaired, 1);
	row = repaired_row();
	assert_u64(row->points[0].units, 1);
	assert_u64(row->points[1].units, 5);
	assert_u64(row->points[2].units, 4);
	assert_u64(row->points[3].units, 6);
	assert_int_equal(series.report.passing, 0);
}

static void the_same_capture_thrice_is_steady(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		add(i, 3, 10, LEAK);
		add(i, 5, 10, CACHE);
	}
	compare(3, &(struct question){0});
	for (i = 0; i < series.report.row_count; i++) {
		const struct report_row *row = &series.report.rows[i];

		assert_int_equal(row->verdict, VERDICT_STEADY);
		assert_int_equal(row->trend->shape, TREND_FLAT);
		assert_true(row->trend->slope == 0);
	}
	assert_int_equal(series.report.passing, 0);
}

static void no_rows_are_a_series_too(void **state)
{
	(void)state;
	compare(3, &(struct question){.not = "module=leaky"});
	assert_int_equal(series.report.row_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			each_row_has_a_point_of_every_capture, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_leak_is_told_from_a_cache_that_filled, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			rows_between_are_counted_by_the_most_of_one_capture,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			by_keys_rows_are_found_by_their_values, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_repaired_row_is_found_under_both_of_its_keys, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			the_same_capture_thrice_is_steady, setup, teardown),
		cmocka_unit_test_setup_teardown(no_rows_are_a_series_too, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
