/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts, ranking and groups, of rows that are made up. */
#include "tests/support/check.h"

#include "model/report.h"

static struct error err;

static const struct report one_boot = {.boot = BOOT_SAME};

/* ---- verdicts ---- */

/* A diff of one boot in which all is known. */
static struct report a_diff(void)
{
	return (struct report){
		.side_count = 2,
		.boot = BOOT_SAME,
		.sides = {{.began_ns = 100},
			  {.began_ns = 200, .fresh_known = true}},
	};
}

static struct tally held(uint64_t pages, uint64_t before, uint64_t fresh)
{
	return (struct tally){.records = pages,
			      .units = pages,
			      .units_timed = pages,
			      .units_before = before,
			      .units_fresh = fresh};
}

static struct report_row judged(const struct report *report,
				struct tally before, struct tally after,
				bool suspect)
{
	struct report_row row = {.suspect = suspect};

	report_judge(report, &before, &after, &row);
	return row;
}

static void growth_without_freeing_accumulates(void **state)
{
	struct report report = a_diff();
	struct report_row row =
		judged(&report, held(10, 10, 0), held(30, 10, 0), true);

	(void)state;
	assert_int_equal(row.verdict, VERDICT_ACCUMULATES);
	assert_int_equal(row.growth.units, 20);
	assert_int_equal(row.growth.records, 20);
	assert_true(row.kept == 1.0);
	assert_true(row.fresh == 0.0);
	row = judged(&report, held(10, 10, 0), held(30, 9, 0), true);
	assert_int_equal(row.verdict, VERDICT_ACCUMULATES);
}

static void growth_while_much_is_freed_turns_over(void **state)
{
	struct report report = a_diff();
	struct report_row row =
		judged(&report, held(10, 10, 0), held(20, 8, 0), true);

	(void)state;
	assert_int_equal(row.verdict, VERDICT_TURNS_OVER);
	assert_true(row.kept == 0.8);
}

/* One old page that went says nothing of a thousand new ones. */
static void growth_beyond_all_that_was_there_is_no_turning_over(void **state)
{
	struct report report = a_diff();

	(void)state;
	assert_int_equal(
		judged(&report, held(10, 10, 0), held(21, 8, 0), true).verdict,
		VERDICT_GREW);
	assert_int_equal(
		judged(&report, held(1, 1, 0), held(1000, 0, 500), true)
			.verdict,
		VERDICT_TURNS_OVER);
}

static void what_is_half_fresh_turns_over(void **state)
{
	struct report report = a_diff();

	(void)state;
	assert_int_equal(
		judged(&report, held(0, 0, 0), held(10, 0, 5), true).verdict,
		VERDICT_TURNS_OVER);
	assert_int_equal(
		judged(&report, held(0, 0, 0), held(10, 0, 4), true).verdict,
		VERDICT_APPEARED);
	report.sides[1].fresh_known = false;
	assert_int_equal(
		judged(&report, held(0, 0, 0), held(10, 0, 5), true).verdict,
		VERDICT_APPEARED);
	assert_true(
		judged(&report, held(0, 0, 0), held(10, 0, 5), true).fresh ==
		SHARE_NONE);
}

static void what_is_no_suspect_only_grew(void **state)
{
	struct report report = a_diff();

	(void)state;
	assert_int_equal(
		judged(&report, held(10, 10, 0), held(30, 10, 0), false)
			.verdict,
		VERDICT_GREW);
}

static void without_times_or_between_boots_growth_is_only_that(void **state)
{
	struct report report = a_diff();
	struct tally old = {.records = 5, .units = 5};
	struct tally new = {.records = 9, .units = 9};

	(void)state;
	assert_int_equal(judged(&report, old, new, true).verdict, VERDICT_GREW);
	assert_true(judged(&report, old, new, true).kept == SHARE_NONE);
	report.boot = BOOT_OTHER;
	assert_int_equal(
		judged(&report, held(10, 10, 0), held(30, 10, 0), true).verdict,
		VERDICT_GREW);
	report = a_diff();
	report.sides[0].began_ns = TS_NONE;
	assert_int_equal(
		judged(&report, held(10, 10, 0), held(30, 10, 0), true).verdict,
		VERDICT_GREW);
}

static void what_did_not_grow_is_called_by_its_name(void **state)
{
	struct report report = a_diff();

	(void)state;
	assert_int_equal(
		judged(&report, held(9, 9, 0), held(9, 9, 0), true).verdict,
		VERDICT_STEADY);
	assert_int_equal(
		judged(&report, held(9, 9, 0), held(8, 8, 0), true).verdict,
		VERDICT_SHRANK);
	assert_int_equal(
		judged(&report, held(9, 9, 0), held(0, 0, 0), true).verdict,
		VERDICT_GONE);
	assert_int_equal(judged(&report, held(9, 9, 0), held(0, 0, 0), true)
				 .growth.units,
			 -9);
}

static void kept_is_never_more_than_all(void **state)
{
	struct report report = a_diff();

	(void)state;
	assert_true(
		judged(&report, held(9, 9, 0), held(30, 20, 0), true).kept ==
		1.0);
}

static void every_verdict_has_a_name_and_ranks_do_not_descend(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < VERDICT_COUNT; i++) {
		const struct verdict_info *info = verdict_info((enum verdict)i);

		assert_true(strlen(info->name) > 0);
		if (i)
			assert_true(info->rank >=
				    verdict_info((enum verdict)(i - 1))->rank);
	}
}

/* ---- verdicts on objects, whose ages are in jiffies ---- */

/* One boot with 1000 jiffies a second, at 30 s and from 90.5 s to 91 s. */
static struct report an_object_diff(void)
{
	return (struct report){
		.side_count = 2,
		.boot = BOOT_SAME,
		.sides = {{.began_ns = 30000000000,
			   .clock = {.hz = 1000,
				     .origin = HZ_JIFFIES,
				     .known = true,
				     .first = 29900,
				     .last = 30000}},
			  {.began_ns = 90000000000,
			   .clock = {.hz = 1000,
				     .origin = HZ_JIFFIES,
				     .known = true,
				     .first = 90500,
				     .last = 91000}}},
	};
}

/* Objects of 64 bytes, and the ages of all. */
static struct tally aged(uint64_t objects, uint64_t age_min, uint64_t age_max,
			 uint64_t age_sum)
{
	return (struct tally){.records = objects,
			      .units = 64 * objects,
			      .objects = {.objects = objects,
					  .aged = objects,
					  .age_min = age_min,
					  .age_max = age_max,
					  .age_sum = age_sum}};
}

static enum verdict verdict_on(const struct report *report, struct tally old,
			       struct tally new)
{
	return judged(report, old, new, true).verdict;
}

/* All ten of OLD are there, older by the interval of 61000 jiffies. */
static void objects_that_all_grew_older_accumulate(void **state)
{
	struct report report = an_object_diff();
	struct report_row row = judged(
		&report, aged(10, 1000, 10000, 50000),
		aged(30, 2000, 71000, 50000 + 10 * 61000 + 20 * 30000), true);

	(void)state;
	assert_int_equal(row.verdict, VERDICT_ACCUMULATES);
	assert_int_equal(row.growth.units, 20 * 64);
	assert_int_equal(row.growth.records, 20);
	assert_true(row.fresh == 0.0);
	assert_true(row.kept == SHARE_NONE);
}

/* A tenth of the interval may be missing, of the oldest and of the sum. */
static void nine_tenths_of_the_interval_are_enough(void **state)
{
	struct report report = an_object_diff();
	struct tally old = aged(10, 1000, 10000, 50000);
	const uint64_t most = 54900, sum = 50000 + 10 * most;

	(void)state;
	assert_int_equal(
		verdict_on(&report, old, aged(20, 2000, 10000 + most, sum)),
		VERDICT_ACCUMULATES);
	assert_int_equal(
		verdict_on(&report, old, aged(20, 2000, 10000 + most - 1, sum)),
		VERDICT_TURNS_OVER);
	assert_int_equal(
		verdict_on(&report, old, aged(20, 2000, 10000 + most, sum - 1)),
		VERDICT_TURNS_OVER);
}

/* One old object is left of all. */
static void objects_of_which_most_were_replaced_turn_over(void **state)
{
	struct report report = an_object_diff();

	(void)state;
	assert_int_equal(verdict_on(&report, aged(10, 1000, 10000, 50000),
				    aged(20, 2000, 71000, 71000 + 19 * 3000)),
			 VERDICT_TURNS_OVER);
}

/* Nothing of NEW existed when OLD was read: 60500 jiffies ago, or more. */
static void objects_younger_than_old_turn_over(void **state)
{
	struct report report = an_object_diff();
	struct tally old = aged(10, 0, 0, 0);

	(void)state;
	assert_int_equal(
		verdict_on(&report, old, aged(20, 2000, 60499, 600000)),
		VERDICT_TURNS_OVER);
	assert_int_equal(
		verdict_on(&report, old, aged(20, 2000, 60500, 600000)),
		VERDICT_ACCUMULATES);
}

/* A workload that holds 2 MB for a tenth of a second, over and over. */
static void objects_that_live_a_tenth_of_a_second_turn_over(void **state)
{
	struct report report = an_object_diff();
	struct tally churn = aged(30000, 0, 99, 30000 * 50);
	struct tally first = {0};

	(void)state;
	/* Not read while they were made, as far as the uptime tells. */
	report.sides[1].clock.first = 90000;
	assert_int_equal(verdict_on(&report, first, churn), VERDICT_TURNS_OVER);
	assert_int_equal(verdict_on(&report, aged(10, 0, 98, 500), churn),
			 VERDICT_TURNS_OVER);
	assert_true(judged(&report, first, churn, true).fresh == 1.0);
	/* All made at once, a tenth of a second ago: no proof. */
	churn.objects.age_min = 90;
	assert_int_equal(verdict_on(&report, first, churn), VERDICT_APPEARED);
	/* A second is no short life. */
	assert_int_equal(
		verdict_on(&report, first, aged(30000, 0, 1000, 30000 * 500)),
		VERDICT_APPEARED);
	assert_int_equal(
		verdict_on(&report, first, aged(30000, 0, 999, 30000 * 500)),
		VERDICT_TURNS_OVER);
	/* Without CONFIG_HZ a second is not known. */
	report.sides[1].clock = (struct jiffies_clock){0};
	assert_int_equal(
		verdict_on(&report, first, aged(30000, 0, 99, 30000 * 50)),
		VERDICT_APPEARED);
}

static void objects_that_old_had_none_of_appeared(void **state)
{
	struct report report = an_object_diff();
	struct tally none = {0};

	(void)state;
	assert_int_equal(
		verdict_on(&report, none, aged(30, 2000, 50000, 900000)),
		VERDICT_APPEARED);
	/* Without a clock, too. */
	report.sides[1].clock = (struct jiffies_clock){0};
	assert_int_equal(
		verdict_on(&report, none, aged(30, 2000, 50000, 900000)),
		VERDICT_APPEARED);
}

/* 500 to 1000 jiffies after NEW was begun its traces were read. */
static void objects_made_while_new_was_taken_are_fresh(void **state)
{
	struct report report = an_object_diff();
	struct tally none = {0};

	(void)state;
	assert_true(
		judged(&report, none, aged(9, 450, 499, 4000), true).fresh ==
		1.0);
	assert_int_equal(verdict_on(&report, none, aged(9, 450, 499, 4000)),
			 VERDICT_TURNS_OVER);
	assert_true(
		judged(&report, none, aged(9, 450, 500, 4000), true).fresh ==
		SHARE_NONE);
	assert_true(
		judged(&report, none, aged(9, 1000, 1500, 9999), true).fresh ==
		SHARE_NONE);
	assert_true(
		judged(&report, none, aged(9, 1001, 1500, 9999), true).fresh ==
		0.0);
	assert_int_equal(verdict_on(&report, none, aged(9, 1001, 1500, 9999)),
			 VERDICT_APPEARED);
}

static void without_a_clock_objects_only_grew(void **state)
{
	struct tally old = aged(10, 1000, 10000, 50000);
	struct tally new = aged(30, 2000, 71000, 1260000), unaged = new;
	struct report report = an_object_diff();

	(void)state;
	report.sides[0].clock.known = false;
	assert_int_equal(verdict_on(&report, old, new), VERDICT_GREW);
	report = an_object_diff();
	report.sides[1].clock.known = false;
	assert_int_equal(verdict_on(&report, old, new), VERDICT_GREW);
	report = an_object_diff();
	report.boot = BOOT_OTHER;
	assert_int_equal(verdict_on(&report, old, new), VERDICT_GREW);
	/* Swapped, or the same twice. */
	report = an_object_diff();
	report.sides[0].clock.last = 91000;
	assert_int_equal(verdict_on(&report, old, new), VERDICT_GREW);
	report = an_object_diff();
	unaged.objects.aged = 0;
	assert_int_equal(verdict_on(&report, old, unaged), VERDICT_GREW);
	assert_true(judged(&report, old, unaged, true).fresh == SHARE_NONE);
	/* A sum that says no more than "much". */
	new.objects.age_sum = UINT64_MAX;
	assert_int_equal(verdict_on(&report, old, new), VERDICT_GREW);
}

static void objects_of_no_suspicion_only_grew(void **state)
{
	struct report report = an_object_diff();

	(void)state;
	assert_int_equal(judged(&report, aged(10, 1000, 10000, 50000),
				aged(30, 2000, 71000, 1260000), false)
				 .verdict,
			 VERDICT_GREW);
}

static void objects_that_did_not_grow_are_called_by_their_name(void **state)
{
	struct report report = an_object_diff();
	struct tally ten = aged(10, 1000, 71000, 500000), none = {0};
	struct tally unsized = aged(3, 1000, 71000, 150000);

	(void)state;
	assert_int_equal(verdict_on(&report, ten, ten), VERDICT_STEADY);
	assert_int_equal(verdict_on(&report, ten, aged(9, 1000, 71000, 500000)),
			 VERDICT_SHRANK);
	assert_int_equal(verdict_on(&report, ten, none), VERDICT_GONE);
	/* What has no size is there all the same. */
	unsized.units = 0;
	assert_int_equal(verdict_on(&report, unsized, unsized), VERDICT_STEADY);
	assert_int_equal(judged(&report, none, unsized, true).growth.records,
			 3);
}

static void objects_that_go_by_themselves_are_not_judged(void **state)
{
	const struct snapshot objects = {.identity = 1u << FIELD_CACHE};
	const struct snapshot pages = {0};
	struct report report = {.side_count = 1,
				.sides = {{.snapshot = &objects}}};
	const struct stack stack = {.class = {.category = CATEGORY_SLAB}};
	struct keyed_row keyed = {.stack = &stack,
				  .category = CATEGORY_SLAB,
				  .detail = SPAN("kmalloc-64")};
	struct report_row row;

	(void)state;
	assert_true(report_is_on_objects(&report));
	report_row_init(&report, &row, &keyed);
	assert_int_equal(row.block, BLOCK_KERNEL);
	assert_span(row.detail, "kmalloc-64");
	keyed.category = CATEGORY_SLAB_RECLAIMABLE;
	report_row_init(&report, &row, &keyed);
	assert_int_equal(row.block, BLOCK_USER);
	report.sides[0].snapshot = &pages;
	assert_false(report_is_on_objects(&report));
	keyed.category = CATEGORY_SLAB;
	report_row_init(&report, &row, &keyed);
	assert_int_equal(row.block, BLOCK_SLAB);
}

/* ---- order ---- */

#define ROWS_MAX 8

/* Rows with the stacks and tallies that they need. */
struct table {
	struct report report;
	struct report_row rows[ROWS_MAX];
	struct stack stacks[ROWS_MAX];
	struct tally tallies[ROWS_MAX][2];
};

static void add_row(struct table *table, const char *function, const char *text,
		    struct tally old, struct tally new)
{
	size_t i = table->report.row_count++;
	struct report_row *row = &table->rows[i];

	table->report.rows = table->rows;
	table->stacks[i].text = span_of(text);
	table->tallies[i][0] = old;
	table->tallies[i][1] = new;
	*row = (struct report_row){
		.sides = {&table->tallies[i][0], &table->tallies[i][1]},
		.stack = &table->stacks[i],
		.function = span_of(function),
		.category = CATEGORY_DRIVER,
		.block = BLOCK_KERNEL,
		.suspect = true,
	};
	if (table->report.side_count == 2)
		report_judge(&table->report, &old, &new, row);
	else
		report_judge(&table->report, &new, &old, row);
}

/* Functions and stacks of the rows in order, "f1 f2 g1 ". */
static void assert_order(struct table *table, enum report_sort sort,
			 bool reverse, const char *expected)
{
	char text[200] = "";
	size_t i;

	table->report.group_count = 0;
	assert_true(report_arrange(&table->report, sort, reverse, &err));
	for (i = 0; i < table->report.row_count; i++) {
		const struct report_row *row = &table->report.rows[i];

		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			 "%.*s%.*s ", (int)row->function.length,
			 row->function.at, (int)row->stack->text.length,
			 row->stack->text.at);
	}
	assert_string_equal(text, expected);
}

static void top_ranks_groups_and_rows_within_them_by_pages(void **state)
{
	struct table table = {.report = {.side_count = 1}};

	(void)state;
	add_row(&table, "f", "1", held(5, 0, 0), held(0, 0, 0));
	add_row(&table, "g", "1", held(9, 0, 0), held(0, 0, 0));
	add_row(&table, "f", "2", held(7, 0, 0), held(0, 0, 0));
	add_row(&table, "h", "1", held(1, 0, 0), held(0, 0, 0));
	assert_order(&table, SORT_RANK, false, "f2 f1 g1 h1 ");
	assert_int_equal(table.report.group_count, 3);
	assert_u64(table.report.groups[0].sides[0]->units, 12);
	assert_int_equal(table.report.groups[0].row_count, 2);
	assert_int_equal(table.report.groups[1].first_row, 2);
	report_deinit(&table.report);
}

static void a_group_of_one_row_has_the_tallies_of_the_row(void **state)
{
	struct table table = {.report = a_diff()};

	(void)state;
	add_row(&table, "f", "1", held(1, 0, 0), held(5, 0, 0));
	assert_order(&table, SORT_RANK, false, "f1 ");
	assert_ptr_equal(table.report.groups[0].sides[0], &table.tallies[0][0]);
	assert_ptr_equal(table.report.groups[0].sides[1], &table.tallies[0][1]);
	report_deinit(&table.report);
}

static void top_puts_last_what_cannot_be_a_leak(void **state)
{
	struct table table = {.report = {.side_count = 1}};

	(void)state;
	add_row(&table, "f", "1", held(50, 0, 0), held(0, 0, 0));
	add_row(&table, "g", "1", held(9, 0, 0), held(0, 0, 0));
	table.rows[0].suspect = false;
	assert_order(&table, SORT_RANK, false, "g1 f1 ");
	report_deinit(&table.report);
}

static void rows_of_different_suspicion_are_two_groups(void **state)
{
	struct table table = {.report = a_diff()};
	int i;

	(void)state;
	/* Between them stands a group of a size in between. */
	add_row(&table, "f", "1", held(0, 0, 0), held(30, 0, 0));
	add_row(&table, "f", "2", held(0, 0, 0), held(20, 0, 0));
	add_row(&table, "f", "3", held(0, 0, 0), held(10, 0, 0));
	add_row(&table, "g", "1", held(0, 0, 0), held(60, 0, 0));
	for (i = 0; i < 4; i++)
		table.rows[i].verdict = VERDICT_GREW;
	table.rows[1].suspect = false;
	assert_order(&table, SORT_RANK, false, "g1 f1 f3 f2 ");
	assert_int_equal(table.report.group_count, 3);
	report_deinit(&table.report);
}

static void diff_ranks_by_verdict_then_growth(void **state)
{
	struct table table = {.report = a_diff()};

	(void)state;
	add_row(&table, "shrank", "", held(90, 90, 0), held(1, 1, 0));
	add_row(&table, "turns", "", held(60, 60, 0), held(99, 1, 0));
	add_row(&table, "leak", "", held(10, 10, 0), held(12, 10, 0));
	add_row(&table, "appeared", "", held(0, 0, 0), held(3, 0, 0));
	add_row(&table, "steady", "", held(500, 500, 0), held(500, 500, 0));
	add_row(&table, "gone", "", held(70, 70, 0), held(0, 0, 0));
	assert_order(&table, SORT_RANK, false,
		     "appeared leak turns steady shrank gone ");
	report_deinit(&table.report);
}

/* A source without times has no other verdicts for a leak than these two. */
static void growth_decides_between_suspects_that_grew_or_appeared(void **state)
{
	struct table table = {.report = a_diff()};

	(void)state;
	table.report.boot = BOOT_OTHER;
	add_row(&table, "appeared", "", held(0, 0, 0), held(3, 0, 0));
	add_row(&table, "other", "", held(10, 0, 0), held(99, 0, 0));
	add_row(&table, "grew", "", held(10, 0, 0), held(20, 0, 0));
	add_row(&table, "turns", "", held(10, 0, 0), held(99, 0, 60));
	table.rows[1].suspect = false;
	assert_int_equal(table.rows[0].verdict, VERDICT_APPEARED);
	assert_int_equal(table.rows[1].verdict, VERDICT_GREW);
	assert_int_equal(table.rows[2].verdict, VERDICT_GREW);
	assert_int_equal(table.rows[3].verdict, VERDICT_TURNS_OVER);
	assert_order(&table, SORT_RANK, false, "grew appeared turns other ");
	report_deinit(&table.report);
}

static void suspects_that_grew_fold_with_those_that_appeared(void **state)
{
	struct table table = {.report = a_diff()};

	(void)state;
	table.report.boot = BOOT_OTHER;
	add_row(&table, "f", "1", held(0, 0, 0), held(30, 0, 0));
	add_row(&table, "f", "2", held(10, 0, 0), held(20, 0, 0));
	assert_order(&table, SORT_RANK, false, "f1 f2 ");
	assert_int_equal(table.report.group_count, 1);
	assert_int_equal(table.report.groups[0].verdict, VERDICT_GREW);
	assert_int_equal(table.report.groups[0].growth.units, 40);
	report_deinit(&table.report);
}

static void each_order_sorts_by_what_it_says(void **state)
{
	struct table table = {.report = a_diff()};

	(void)state;
	add_row(&table, "b", "", held(10, 10, 0), held(30, 10, 0));
	add_row(&table, "a", "", held(50, 50, 0), held(60, 50, 30));
	add_row(&table, "c", "", held(20, 20, 0), held(21, 5, 0));
	table.tallies[0][1].first_ts_ns = 7;
	table.tallies[0][1].last_ts_ns = 9;
	table.tallies[1][1].first_ts_ns = 5;
	table.tallies[1][1].last_ts_ns = 8;
	table.tallies[2][1].first_ts_ns = 6;
	table.tallies[2][1].last_ts_ns = 20;
	assert_order(&table, SORT_GROWTH, false, "b a c ");
	assert_order(&table, SORT_GROWTH, true, "c a b ");
	assert_order(&table, SORT_BEFORE, false, "a c b ");
	assert_order(&table, SORT_AFTER, false, "a b c ");
	assert_order(&table, SORT_RECORDS, false, "a b c ");
	assert_order(&table, SORT_FIRST, false, "a c b ");
	assert_order(&table, SORT_LAST, false, "c b a ");
	assert_order(&table, SORT_KEPT, true, "c b a ");
	assert_order(&table, SORT_FRESH, false, "a b c ");
	assert_order(&table, SORT_FUNCTION, false, "a b c ");
	assert_order(&table, SORT_FUNCTION, true, "c b a ");
	report_deinit(&table.report);
}

static void kernel_memory_comes_before_slab_and_user_memory(void **state)
{
	struct table table = {.report = {.side_count = 1}};

	(void)state;
	add_row(&table, "user", "", held(90, 0, 0), held(0, 0, 0));
	add_row(&table, "slab", "", held(50, 0, 0), held(0, 0, 0));
	add_row(&table, "kernel", "", held(1, 0, 0), held(0, 0, 0));
	table.rows[0].block = BLOCK_USER;
	table.rows[1].block = BLOCK_SLAB;
	table.rows[0].category = CATEGORY_ANON;
	table.rows[1].category = CATEGORY_SLAB;
	assert_order(&table, SORT_RANK, false, "kernel slab user ");
	report_deinit(&table.report);
}

static void equal_rows_are_ordered_by_their_text(void **state)
{
	struct table table = {.report = {.side_count = 1}};

	(void)state;
	add_row(&table, "f", "3", held(5, 0, 0), held(0, 0, 0));
	add_row(&table, "g", "1", held(15, 0, 0), held(0, 0, 0));
	add_row(&table, "f", "1", held(5, 0, 0), held(0, 0, 0));
	add_row(&table, "f", "2", held(5, 0, 0), held(0, 0, 0));
	assert_order(&table, SORT_RANK, false, "f1 f2 f3 g1 ");
	report_deinit(&table.report);
}

/* The sum of rows that turned over may look like a leak, and must not. */
static void a_group_keeps_the_rank_of_its_rows(void **state)
{
	struct table table = {.report = a_diff()};

	(void)state;
	add_row(&table, "f", "1", held(10, 10, 0), held(11, 5, 0));
	add_row(&table, "f", "2", held(100, 0, 0), held(110, 100, 60));
	assert_int_equal(table.rows[0].verdict, VERDICT_TURNS_OVER);
	assert_int_equal(table.rows[1].verdict, VERDICT_TURNS_OVER);
	assert_order(&table, SORT_RANK, false, "f2 f1 ");
	assert_int_equal(table.report.group_count, 1);
	assert_int_equal(table.report.groups[0].verdict, VERDICT_TURNS_OVER);
	assert_int_equal(table.report.groups[0].growth.units, 11);
	report_deinit(&table.report);
}

/* ---- series ---- */

static enum verdict sharpened(enum verdict verdict, bool suspect,
			      enum trend_shape shape)
{
	return report_trend_verdict(&one_boot, verdict, suspect,
				    &(struct trend){.shape = shape});
}

static void a_trend_sharpens_what_can_be_a_leak(void **state)
{
	static const enum verdict open[] = {VERDICT_ACCUMULATES,
					    VERDICT_APPEARED, VERDICT_GREW};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(open); i++) {
		assert_int_equal(sharpened(open[i], true, TREND_GROWS),
				 VERDICT_KEEPS_ACCUMULATING);
		assert_int_equal(sharpened(open[i], true, TREND_FILLED),
				 VERDICT_FILLED_UP);
		assert_int_equal(sharpened(open[i], true, TREND_UNCLEAR),
				 open[i]);
		assert_int_equal(sharpened(open[i], true, TREND_FLAT), open[i]);
		assert_int_equal(
			report_trend_verdict(&one_boot, open[i], true, NULL),
			open[i]);
		/* User memory only grew, whatever its shape. */
		assert_int_equal(sharpened(open[i], false, TREND_GROWS),
				 open[i]);
		assert_int_equal(sharpened(open[i], false, TREND_FILLED),
				 open[i]);
	}
}

static void a_trend_changes_no_other_verdict(void **state)
{
	static const enum verdict closed[] = {VERDICT_TURNS_OVER,
					      VERDICT_STEADY, VERDICT_SHRANK,
					      VERDICT_GONE};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_COUNT(closed); i++) {
		assert_int_equal(sharpened(closed[i], true, TREND_GROWS),
				 closed[i]);
		assert_int_equal(sharpened(closed[i], true, TREND_FILLED),
				 closed[i]);
	}
}

static void objects_of_no_size_are_counted_by_records(void **state)
{
	struct tally none = {0}, unsized = aged(3, 0, 0, 0),
		     ten = held(10, 0, 0);

	(void)state;
	unsized.units = 0;
	unsized.objects.unsized = 3;
	assert_true(report_counts_records(&none, &unsized));
	assert_true(report_counts_records(&unsized, &none));
	assert_false(report_counts_records(&none, &none));
	assert_false(report_counts_records(&ten, &ten));
	unsized.units = 1;
	assert_false(report_counts_records(&none, &unsized));
}

static const struct trend_capture four_captures[4];
static const struct trend_axis four = {.captures = four_captures, .count = 4};

/* A row of a series whose first point is its OLD and whose last its NEW. */
static void add_line(struct table *table, const char *function,
		     const char *text, uint64_t kept,
		     struct trend_point points[4], struct trend *trend)
{
	struct report_row *row = &table->rows[table->report.row_count];

	table->report.axis = &four;
	add_row(table, function, text,
		held(points[0].units, points[0].units, 0),
		held(points[3].units, kept, 0));
	assert_true(trend_make(&four, points, false, trend, &err));
	row->points = points;
	row->trend = trend;
	row->verdict =
		report_trend_verdict(&one_boot, row->verdict, true, trend);
}

static void the_points_of_a_group_are_those_of_its_rows(void **state)
{
	struct trend_point points[3][4] = {{{10, 1}, {20, 2}, {30, 3}, {40, 4}},
					   {{5, 1}, {5, 1}, {6, 1}, {7, 1}},
					   {{1, 1}, {2, 1}, {3, 1}, {4, 1}}};
	struct table table = {.report = a_diff()};
	const struct report_group *group;
	struct trend trends[3];

	(void)state;
	add_line(&table, "f", "1", 10, points[0], &trends[0]);
	add_line(&table, "f", "2", 5, points[1], &trends[1]);
	add_line(&table, "g", "1", 1, points[2], &trends[2]);
	assert_order(&table, SORT_RANK, false, "f1 f2 g1 ");
	assert_int_equal(table.report.group_count, 2);
	group = &table.report.groups[0];
	assert_int_equal(group->verdict, VERDICT_KEEPS_ACCUMULATING);
	assert_int_equal(group->trend->shape, TREND_GROWS);
	assert_u64(group->trend->points[0].units, 15);
	assert_u64(group->trend->points[1].units, 25);
	assert_u64(group->trend->points[2].units, 36);
	assert_u64(group->trend->points[3].units, 47);
	assert_u64(group->trend->points[3].records, 5);
	/* Of one row it is that row's own. */
	assert_ptr_equal(table.report.groups[1].trend, &trends[2]);
	report_deinit(&table.report);
}

static void what_filled_up_does_not_fold_with_what_accumulates(void **state)
{
	struct trend_point points[2][4] = {
		{{10, 1}, {20, 2}, {30, 3}, {40, 4}},
		{{10, 1}, {900, 1}, {900, 1}, {900, 1}}};
	struct table table = {.report = a_diff()};
	struct trend trends[2];

	(void)state;
	add_line(&table, "f", "1", 10, points[0], &trends[0]);
	add_line(&table, "f", "2", 10, points[1], &trends[1]);
	assert_order(&table, SORT_RANK, false, "f1 f2 ");
	assert_int_equal(table.report.group_count, 2);
	assert_int_equal(table.report.groups[0].verdict,
			 VERDICT_KEEPS_ACCUMULATING);
	assert_int_equal(table.report.groups[1].verdict, VERDICT_FILLED_UP);
	report_deinit(&table.report);
}

/*
 * What filled up and what turns over have one rank. Their sum accumulates, and
 * must not: the one that grew more names them.
 */
static void a_group_of_a_series_keeps_the_rank_of_its_rows(void **state)
{
	struct trend_point points[2][4] = {
		{{10, 1}, {20, 2}, {20, 3}, {20, 4}},
		{{20, 1}, {30, 1}, {25, 1}, {35, 1}}};
	struct table table = {.report = a_diff()};
	struct trend trends[2];

	(void)state;
	add_line(&table, "f", "1", 10, points[0], &trends[0]);
	add_line(&table, "f", "2", 17, points[1], &trends[1]);
	assert_int_equal(table.rows[0].verdict, VERDICT_FILLED_UP);
	assert_int_equal(table.rows[1].verdict, VERDICT_TURNS_OVER);
	assert_order(&table, SORT_RANK, false, "f2 f1 ");
	assert_int_equal(table.report.group_count, 1);
	/* 90 % of 30 pages were kept: the sum would accumulate. */
	assert_true(table.report.groups[0].kept == 0.9);
	assert_int_equal(table.report.groups[0].verdict, VERDICT_TURNS_OVER);
	report_deinit(&table.report);
}

static void no_rows_make_no_groups(void **state)
{
	struct report report = {.side_count = 1};

	(void)state;
	assert_true(report_arrange(&report, SORT_RANK, false, &err));
	assert_int_equal(report.group_count, 0);
	report_deinit(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(growth_without_freeing_accumulates),
		cmocka_unit_test(growth_while_much_is_freed_turns_over),
		cmocka_unit_test(
			growth_beyond_all_that_was_there_is_no_turning_over),
		cmocka_unit_test(what_is_half_fresh_turns_over),
		cmocka_unit_test(what_is_no_suspect_only_grew),
		cmocka_unit_test(
			without_times_or_between_boots_growth_is_only_that),
		cmocka_unit_test(what_did_not_grow_is_called_by_its_name),
		cmocka_unit_test(kept_is_never_more_than_all),
		cmocka_unit_test(objects_that_all_grew_older_accumulate),
		cmocka_unit_test(nine_tenths_of_the_interval_are_enough),
		cmocka_unit_test(objects_of_which_most_were_replaced_turn_over),
		cmocka_unit_test(objects_younger_than_old_turn_over),
		cmocka_unit_test(
			objects_that_live_a_tenth_of_a_second_turn_over),
		cmocka_unit_test(objects_that_old_had_none_of_appeared),
		cmocka_unit_test(objects_made_while_new_was_taken_are_fresh),
		cmocka_unit_test(without_a_clock_objects_only_grew),
		cmocka_unit_test(objects_of_no_suspicion_only_grew),
		cmocka_unit_test(
			objects_that_did_not_grow_are_called_by_their_name),
		cmocka_unit_test(objects_that_go_by_themselves_are_not_judged),
		cmocka_unit_test(
			every_verdict_has_a_name_and_ranks_do_not_descend),
		cmocka_unit_test(
			top_ranks_groups_and_rows_within_them_by_pages),
		cmocka_unit_test(a_group_of_one_row_has_the_tallies_of_the_row),
		cmocka_unit_test(top_puts_last_what_cannot_be_a_leak),
		cmocka_unit_test(rows_of_different_suspicion_are_two_groups),
		cmocka_unit_test(diff_ranks_by_verdict_then_growth),
		cmocka_unit_test(
			growth_decides_between_suspects_that_grew_or_appeared),
		cmocka_unit_test(
			suspects_that_grew_fold_with_those_that_appeared),
		cmocka_unit_test(each_order_sorts_by_what_it_says),
		cmocka_unit_test(
			kernel_memory_comes_before_slab_and_user_memory),
		cmocka_unit_test(equal_rows_are_ordered_by_their_text),
		cmocka_unit_test(a_group_keeps_the_rank_of_its_rows),
		cmocka_unit_test(a_trend_sharpens_what_can_be_a_leak),
		cmocka_unit_test(a_trend_changes_no_other_verdict),
		cmocka_unit_test(objects_of_no_size_are_counted_by_records),
		cmocka_unit_test(the_points_of_a_group_are_those_of_its_rows),
		cmocka_unit_test(
			what_filled_up_does_not_fold_with_what_accumulates),
		cmocka_unit_test(
			a_group_of_a_series_keeps_the_rank_of_its_rows),
		cmocka_unit_test(no_rows_make_no_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
