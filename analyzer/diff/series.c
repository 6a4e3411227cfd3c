/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diff/series.h"

static void add_tally(struct trend_point *point, const struct tally *tally)
{
	trend_point_add(point,
			&(struct trend_point){.units = tally->units,
					      .records = tally->records});
}

bool series_begin(struct report *report, const struct trend_axis *axis,
		  struct error *err)
{
	struct trend_point *points;
	size_t count, i;

	if (__builtin_mul_overflow(report->row_count, axis->count, &count) ||
	    count > SIZE_MAX / sizeof(*points))
		return error_no_memory(err);
	points = arena_alloc(&report->arena, count * sizeof(*points));
	if (!points)
		return error_no_memory(err);
	report->axis = axis;
	report->passing = 0;
	for (i = 0; i < report->row_count; i++, points += axis->count) {
		struct report_row *row = &report->rows[i];

		row->points = points;
		add_tally(&points[0], row->sides[0]);
		if (axis->count > 1)
			add_tally(&points[axis->count - 1], row->sides[1]);
	}
	return true;
}

/* Add what the set has under a key; returns how many of its rows that are. */
static size_t add_keyed(const struct row_set *set,
			const struct keyed_row *keyed,
			struct trend_point *point)
{
	const struct keyed_row *found;

	if (!keyed)
		return 0;
	HASH_FIND_BYHASHVALUE(hh, set->rows, keyed->key.at, keyed->key.length,
			      keyed->hh.hashv, found);
	if (!found)
		return 0;
	add_tally(point, found->tally);
	return 1;
}

/* The two sides of a pair that was repaired have keys of their own. */
static bool keys_differ(const struct report_row *row)
{
	return row->keyed[0] && row->keyed[1] &&
	       !span_equal(row->keyed[0]->key, row->keyed[1]->key);
}

void series_add(struct report *report, size_t index, const struct row_set *set)
{
	size_t known = 0, i;

	for (i = 0; i < report->row_count; i++) {
		struct report_row *row = &report->rows[i];
		struct trend_point *point = &row->points[index];
		unsigned side = row->keyed[0] ? 0 : 1;

		*point = (struct trend_point){0};
		known += add_keyed(set, row->keyed[side], point);
		if (keys_differ(row))
			known += add_keyed(set, row->keyed[1], point);
	}
	if (set->count - known > report->passing)
		report->passing = set->count - known;
}

bool series_judge(struct report *report, struct error *err)
{
	struct trend *trends = arena_alloc(&report->arena,
					   report->row_count * sizeof(*trends));
	size_t i;

	if (!trends)
		return error_no_memory(err);
	for (i = 0; i < report->row_count; i++) {
		struct report_row *row = &report->rows[i];

		if (!trend_make(
			    report->axis, row->points,
			    report_counts_records(row->sides[0], row->sides[1]),
			    &trends[i], err))
			return false;
		row->trend = &trends[i];
		row->verdict = report_trend_verdict(report, row->verdict,
						    row->suspect, row->trend);
	}
	return true;
}
