/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/suppression_use.h"

#include "gate/suppression_match.h"

static bool is_expired(const struct suppression *suppression, struct span today)
{
	return suppression->expires.length &&
	       span_compare(suppression->expires, today) < 0;
}

static void set_states(struct gate_result *result, struct span today)
{
	size_t i;

	for (i = 0; i < result->suppression_count; i++) {
		struct suppression *suppression = &result->suppressions[i];

		suppression->rows = 0;
		suppression->bytes = suppression->records = 0;
		suppression->state = is_expired(suppression, today)
					     ? SUPPRESSION_EXPIRED
					     : SUPPRESSION_UNUSED;
	}
}

static void add_to_sum(int64_t *sum, int64_t value)
{
	if (__builtin_add_overflow(*sum, value, sum))
		*sum = INT64_MAX;
}

static bool give_rows(const struct gate_input *input, struct judged_rows *rows,
		      struct gate_result *result, struct error *err)
{
	struct suppression_index index = {0};
	size_t i;

	if (!suppression_index_make(result->suppressions,
				    result->suppression_count, &result->arena,
				    &index, err))
		return false;
	for (i = 0; i < rows->count; i++) {
		struct judged_row *row = &rows->rows[i];
		struct suppression *taker;

		if (row->role != JUDGED_GROWS)
			continue;
		taker = suppression_index_find(&index, row,
					       row->report == input->report);
		row->suppression = taker;
		if (!taker)
			continue;
		taker->rows++;
		add_to_sum(&taker->bytes, row->growth.bytes);
		add_to_sum(&taker->records, row->growth.records);
	}
	suppression_index_deinit(&index);
	return true;
}

/* ---- what is no row ---- */

category_set category_set_like(struct span pattern)
{
	category_set set = 0;
	unsigned i;

	for (i = 0; i < CATEGORY_COUNT; i++)
		if (category_matches(
			    pattern,
			    span_of(category_info((enum category)i)->name)))
			set |= (category_set)1 << i;
	return set;
}

void category_growth(const struct report *report, category_set categories,
		     struct growth *ret)
{
	unsigned i, side;

	*ret = (struct growth){0};
	for (i = 0; i < CATEGORY_COUNT; i++) {
		struct amount amounts[2] = {{0}};
		struct growth one;

		if (!(categories >> i & 1))
			continue;
		for (side = 0; side < 2; side++)
			if (report->sides[side].set)
				amounts[side] =
					report->sides[side].set->categories[i];
		growth_of_amounts(report, amounts, &one);
		growth_add(ret, &one);
	}
}

static bool has_grown(const struct growth *growth)
{
	return growth->bytes > 0 || (growth->unsized && growth->records > 0);
}

void suppression_use_whole(struct suppression *suppression,
			   const struct growth *growth)
{
	if (!has_grown(growth))
		return;
	if (suppression->state == SUPPRESSION_UNUSED)
		suppression->state = SUPPRESSION_USED;
	if (growth->bytes > suppression->bytes)
		suppression->bytes = growth->bytes;
	if (growth->records > suppression->records)
		suppression->records = growth->records;
}

/* It is used where there is growth, be that too little to break a rule. */
static void give_wholes(const struct gate_input *input,
			struct suppression *suppression)
{
	struct growth growth;
	category_set set;
	unsigned i;

	if (suppression->unaccounted && input->unaccounted_known) {
		growth_of_kib(input->unaccounted_kib, &growth);
		suppression_use_whole(suppression, &growth);
	}
	if (!suppression_is_of_category(suppression))
		return;
	set = category_set_like(suppression->category);
	for (i = 0; i < CATEGORY_COUNT; i++) {
		category_growth(input->report, set & (category_set)1 << i,
				&growth);
		suppression_use_whole(suppression, &growth);
	}
}

/*
 * More than the maximum. That is said of rows here; where the growth of a whole
 * is too much, the rule that it breaks says so.
 */
static void settle(struct suppression *suppression)
{
	const struct growth taken = {
		.bytes = suppression->bytes,
		.records = suppression->records,
	};

	if (!suppression->rows)
		return;
	suppression->state = growth_exceeds(&taken, suppression)
				     ? SUPPRESSION_EXCEEDED
				     : SUPPRESSION_USED;
}

bool suppression_use_make(const struct gate_input *input,
			  struct judged_rows *rows, struct gate_result *result,
			  struct error *err)
{
	size_t i;

	set_states(result, input->today);
	if (!give_rows(input, rows, result, err))
		return false;
	for (i = 0; i < result->suppression_count; i++) {
		struct suppression *suppression = &result->suppressions[i];

		if (suppression->state == SUPPRESSION_EXPIRED)
			continue;
		settle(suppression);
		give_wholes(input, suppression);
	}
	for (i = 0; i < rows->count; i++)
		rows->rows[i].exceeded = rows->rows[i].suppression &&
					 rows->rows[i].suppression->state ==
						 SUPPRESSION_EXCEEDED;
	return true;
}

struct suppression *suppression_of_categories(struct gate_result *result,
					      category_set categories)
{
	size_t i;

	for (i = 0; i < result->suppression_count; i++) {
		struct suppression *suppression = &result->suppressions[i];

		if (suppression->state != SUPPRESSION_EXPIRED &&
		    suppression_is_of_category(suppression) &&
		    !(categories & ~category_set_like(suppression->category)))
			return suppression;
	}
	return NULL;
}

struct suppression *suppression_of_unaccounted(struct gate_result *result)
{
	size_t i;

	for (i = 0; i < result->suppression_count; i++)
		if (result->suppressions[i].state != SUPPRESSION_EXPIRED &&
		    result->suppressions[i].unaccounted)
			return &result->suppressions[i];
	return NULL;
}
