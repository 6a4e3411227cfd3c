/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_arrange(): rows into groups, and both into their order. */
#include <assert.h>
#include <stdlib.h>

#include "model/report.h"

/*
 * A suspect of which no more is known than that it grew may be any leak that
 * has a verdict of its own: how much it grew decides between them.
 */
static unsigned rank_of(enum verdict verdict, bool suspect)
{
	if (suspect && verdict == VERDICT_GREW)
		verdict = VERDICT_APPEARED;
	return verdict_info(verdict)->rank;
}

struct ordering {
	enum report_sort sort;
	bool reverse;
	unsigned newest; /* index of the side that sizes are taken from */
	bool by_key;	 /* rows are not stacks */
};

static int compare_u64(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_i64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_share(double a, double b)
{
	return (a > b) - (a < b);
}

/* What both rows and groups are ordered by. */
struct ranked {
	const struct tally *sides[2];
	enum verdict verdict;
	struct delta growth;
	double kept, fresh;
	struct span function;
	bool suspect;
};

static uint64_t first_time(const struct tally *tally)
{
	return tally->units_timed ? tally->first_ts_ns : TS_NONE;
}

static uint64_t last_time(const struct tally *tally)
{
	return tally->units_timed ? tally->last_ts_ns : 0;
}

static int compare_rank(const struct ranked *a, const struct ranked *b)
{
	unsigned rank_a = rank_of(a->verdict, a->suspect);
	unsigned rank_b = rank_of(b->verdict, b->suspect);

	if (rank_a != rank_b)
		return rank_a < rank_b ? -1 : 1;
	if (a->suspect != b->suspect)
		return a->suspect ? -1 : 1;
	return -compare_i64(a->growth.units, b->growth.units);
}

/* Negative: a comes first. Large comes first, but for names and `first`. */
static int compare_by(const struct ordering *ordering, const struct ranked *a,
		      const struct ranked *b)
{
	const struct tally *new_a = a->sides[ordering->newest];
	const struct tally *new_b = b->sides[ordering->newest];

	switch (ordering->sort) {
	case SORT_RANK:
		if (ordering->newest)
			return compare_rank(a, b);
		/* What cannot be a leak comes last, however large. */
		if (!ordering->by_key && a->suspect != b->suspect)
			return a->suspect ? -1 : 1;
		return -compare_u64(new_a->units, new_b->units);
	case SORT_GROWTH:
		return -compare_i64(a->growth.units, b->growth.units);
	case SORT_BEFORE:
		return -compare_u64(a->sides[0]->units, b->sides[0]->units);
	case SORT_AFTER:
		return -compare_u64(new_a->units, new_b->units);
	case SORT_RECORDS:
		return -compare_u64(new_a->records, new_b->records);
	case SORT_FIRST:
		return compare_u64(first_time(new_a), first_time(new_b));
	case SORT_LAST:
		return -compare_u64(last_time(new_a), last_time(new_b));
	case SORT_KEPT:
		return -compare_share(a->kept, b->kept);
	case SORT_FRESH:
		return -compare_share(a->fresh, b->fresh);
	case SORT_FUNCTION:
		return span_compare(a->function, b->function);
	}
	return 0;
}

static int compare_ranked(const struct ordering *ordering,
			  const struct ranked *a, const struct ranked *b)
{
	int order = compare_by(ordering, a, b);

	if (ordering->reverse)
		order = -order;
	if (order == 0)
		order = compare_rank(a, b);
	if (order == 0)
		order = -compare_u64(a->sides[ordering->newest]->units,
				     b->sides[ordering->newest]->units);
	return order;
}

/* A row while it is being ordered, with what qsort() cannot be told. */
struct sorted_row {
	struct report_row row;
	const struct ordering *ordering;
	const struct report_group *groups;
	size_t key_count;
};

static int compare_values(const struct sorted_row *a,
			  const struct sorted_row *b)
{
	size_t i;

	for (i = 0; i < a->key_count; i++) {
		int order = span_compare(a->row.values[i], b->row.values[i]);

		if (order != 0)
			return order;
	}
	return 0;
}

static struct ranked rank_of_row(const struct report_row *row)
{
	return (struct ranked){
		.sides = {row->sides[0], row->sides[1]},
		.verdict = row->verdict,
		.growth = row->growth,
		.kept = row->kept,
		.fresh = row->fresh,
		.function = row->function,
		.suspect = row->suspect,
	};
}

static struct ranked rank_of_group(const struct report_group *group,
				   const struct report_row *row)
{
	return (struct ranked){
		.sides = {group->sides[0], group->sides[1]},
		.verdict = group->verdict,
		.growth = group->growth,
		.kept = group->kept,
		.fresh = group->fresh,
		.function = row->function,
		.suspect = row->suspect,
	};
}

static int compare_text(const struct sorted_row *a, const struct sorted_row *b)
{
	int order;

	if (a->key_count)
		return compare_values(a, b);
	order = span_compare(a->row.stack->text, b->row.stack->text);
	return order ? order : span_compare(a->row.detail, b->row.detail);
}

/* Rows that fold into one group become neighbours. */
static int compare_fold(const void *left, const void *right)
{
	const struct sorted_row *a = left, *b = right;
	unsigned rank_a = rank_of(a->row.verdict, a->row.suspect);
	unsigned rank_b = rank_of(b->row.verdict, b->row.suspect);
	int order;

	if (a->key_count)
		return compare_values(a, b);
	order = span_compare(a->row.function, b->row.function);
	if (order == 0)
		order = span_compare(a->row.module, b->row.module);
	if (order == 0)
		order = span_compare(a->row.detail, b->row.detail);
	if (order == 0)
		order = (a->row.category > b->row.category) -
			(a->row.category < b->row.category);
	/* Stacks of several categories in a row can make it no suspect. */
	if (order == 0)
		order = b->row.suspect - a->row.suspect;
	return order ? order : (rank_a > rank_b) - (rank_a < rank_b);
}

static int compare_final(const void *left, const void *right)
{
	const struct sorted_row *a = left, *b = right;
	const struct report_group *group_a = &a->groups[a->row.group];
	const struct report_group *group_b = &b->groups[b->row.group];
	struct ranked rank_a, rank_b;
	int order;

	if (a->row.block != b->row.block)
		/* kernel, slab, user */
		return a->row.block > b->row.block ? -1 : 1;
	if (a->row.group != b->row.group) {
		rank_a = rank_of_group(group_a, &a->row);
		rank_b = rank_of_group(group_b, &b->row);
		order = compare_ranked(a->ordering, &rank_a, &rank_b);
		/* Groups were numbered in the order of their names. */
		return order ? order
			     : (a->row.group > b->row.group) -
				       (a->row.group < b->row.group);
	}
	rank_a = rank_of_row(&a->row);
	rank_b = rank_of_row(&b->row);
	order = compare_ranked(a->ordering, &rank_a, &rank_b);
	return order ? order : compare_text(a, b);
}

/* A tally is large: where it is that of one row, it is not copied. */
static bool sum_sides(struct report *report, struct report_group *group,
		      const struct sorted_row *rows)
{
	struct tally *sums;
	unsigned side;
	size_t i;

	for (side = 0; side < 2; side++)
		group->sides[side] = rows[0].row.sides[side];
	if (group->row_count == 1)
		return true;
	sums = arena_alloc(&report->arena, report->side_count * sizeof(*sums));
	if (!sums)
		return false;
	for (side = 0; side < report->side_count; side++) {
		for (i = 0; i < group->row_count; i++)
			tally_add(&sums[side], rows[i].row.sides[side]);
		group->sides[side] = &sums[side];
	}
	return true;
}

/* The points of a group are the sum of those of its rows. */
static bool sum_trend(struct report *report, struct report_group *group,
		      const struct sorted_row *rows, struct error *err)
{
	struct trend_point *points;
	struct trend *trend;
	size_t count, i, k;

	group->trend = rows[0].row.trend;
	if (!group->trend || group->row_count == 1)
		return true;
	count = report->axis->count;
	points = arena_alloc(&report->arena, count * sizeof(*points));
	trend = arena_alloc(&report->arena, sizeof(*trend));
	if (!points || !trend)
		return error_no_memory(err);
	for (i = 0; i < group->row_count; i++)
		for (k = 0; k < count; k++)
			trend_point_add(&points[k], &rows[i].row.points[k]);
	group->trend = trend;
	return trend_make(
		report->axis, points,
		report_counts_records(group->sides[0], group->sides[1]), trend,
		err);
}

/*
 * The verdict of the row that grew most. Of one rank there may be several, and
 * the order of equal rows is no answer.
 */
static enum verdict leading_verdict(const struct report_group *group,
				    const struct sorted_row *rows)
{
	const struct report_row *lead = &rows[0].row;
	size_t i;

	for (i = 1; i < group->row_count; i++) {
		const struct report_row *row = &rows[i].row;
		int order = compare_i64(row->growth.units, lead->growth.units);

		if (order > 0 || (order == 0 && row->verdict < lead->verdict))
			lead = row;
	}
	return lead->verdict;
}

static bool sum_group(struct report *report, struct report_group *group,
		      const struct sorted_row *rows, struct error *err)
{
	struct report_row judged = {.suspect = rows[0].row.suspect};

	if (!sum_sides(report, group, rows))
		return error_no_memory(err);
	if (!sum_trend(report, group, rows, err))
		return false;
	if (report->side_count == 2)
		report_judge(report, group->sides[0], group->sides[1], &judged);
	else
		report_judge(report, group->sides[1], group->sides[0], &judged);
	group->growth = judged.growth;
	group->kept = judged.kept;
	group->fresh = judged.fresh;
	group->verdict = report_trend_verdict(report, judged.verdict,
					      judged.suspect, group->trend);
	/* Rows of one rank only: a sum of others must not change it. */
	if (rank_of(group->verdict, judged.suspect) !=
	    rank_of(rows[0].row.verdict, judged.suspect))
		group->verdict = leading_verdict(group, rows);
	return true;
}

/* Number the groups; rows must be ordered by compare_fold(). */
static bool make_groups(struct report *report, struct sorted_row *rows,
			struct error *err)
{
	size_t i, count = report->row_count;

	for (i = 0; i < count; i++) {
		if (i && compare_fold(&rows[i - 1], &rows[i]) != 0)
			report->group_count++;
		rows[i].row.group = report->group_count;
	}
	report->group_count += count > 0;
	report->groups = arena_alloc(
		&report->arena, report->group_count * sizeof(*report->groups));
	if (!report->groups)
		return error_no_memory(err);
	for (i = 0; i < count; i++) {
		struct report_group *group = &report->groups[rows[i].row.group];

		if (!group->row_count++)
			group->first_row = i;
	}
	for (i = 0; i < report->group_count; i++)
		if (!sum_group(report, &report->groups[i],
			       &rows[report->groups[i].first_row], err))
			return false;
	return true;
}

static size_t count_keys(const struct report *report)
{
	size_t count = 0;

	while (report->keys && report->keys[count])
		count++;
	return count;
}

/* Write the rows back in order, and the groups in the order of their rows. */
static bool store(struct report *report, const struct sorted_row *rows,
		  struct error *err)
{
	struct report_group *groups = arena_alloc(
		&report->arena, report->group_count * sizeof(*groups));
	size_t i, next = 0;

	if (!groups)
		return error_no_memory(err);
	for (i = 0; i < report->row_count; i++) {
		report->rows[i] = rows[i].row;
		if (i == 0 || rows[i].row.group != rows[i - 1].row.group) {
			/* The rows of a group are neighbours. */
			assert(next < report->group_count);
			groups[next] = report->groups[rows[i].row.group];
			groups[next++].first_row = i;
		}
		report->rows[i].group = next - 1;
	}
	report->groups = groups;
	return true;
}

bool report_arrange(struct report *report, enum report_sort sort, bool reverse,
		    struct error *err)
{
	const struct ordering ordering = {
		.sort = sort,
		.reverse = reverse,
		.newest = report->side_count - 1,
		.by_key = report->keys != NULL,
	};
	struct sorted_row *rows = calloc(report->row_count + 1, sizeof(*rows));
	bool done;
	size_t i;

	if (!rows)
		return error_no_memory(err);
	for (i = 0; i < report->row_count; i++)
		rows[i] = (struct sorted_row){
			.row = report->rows[i],
			.ordering = &ordering,
			.key_count = count_keys(report),
		};
	qsort(rows, report->row_count, sizeof(*rows), compare_fold);
	done = make_groups(report, rows, err);
	for (i = 0; i < report->row_count; i++)
		rows[i].groups = report->groups;
	if (done) {
		qsort(rows, report->row_count, sizeof(*rows), compare_final);
		done = store(report, rows, err);
	}
	free(rows);
	return done;
}
