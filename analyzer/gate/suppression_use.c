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
		growth_sum(&taker->bytes, row->growth.bytes);
		growth_sum(&taker->records, row->growth.records);
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
	return growth->bytes > 0 || growth->records > 0;
}

struct suppression *suppression_of_categories(const struct gate_result *result,
					      category_set categories,
					      const struct growth *growth)
{
	size_t i;

	for (i = 0; i < result->suppression_count; i++) {
		struct suppression *suppression = &result->suppressions[i];

		if (suppression->state != SUPPRESSION_EXPIRED &&
		    suppression_is_of_category(suppression) &&
		    growth_is_measured(growth, suppression) &&
		    !(categories & ~category_set_like(suppression->category)))
			return suppression;
	}
	return NULL;
}

struct suppression *suppression_of_unaccounted(const struct gate_result *result)
{
	size_t i;

	for (i = 0; i < result->suppression_count; i++)
		if (result->suppressions[i].state != SUPPRESSION_EXPIRED &&
		    result->suppressions[i].unaccounted)
			return &result->suppressions[i];
	return NULL;
}

void suppression_exceed(struct suppression *suppression,
			const struct growth *growth)
{
	suppression->state = SUPPRESSION_EXCEEDED;
	if (growth->bytes > suppression->bytes)
		suppression->bytes = growth->bytes;
	if (growth->records > suppression->records)
		suppression->records = growth->records;
}

bool suppression_whole(const struct gate_input *input,
		       const struct gate_result *result,
		       const struct suppression *suppression,
		       struct growth *ret)
{
	category_set set;

	if (suppression->unaccounted) {
		if (!input->unaccounted_known ||
		    suppression_of_unaccounted(result) != suppression)
			return false;
		growth_of_kib(input->unaccounted_kib, ret);
		return true;
	}
	if (!suppression_is_of_category(suppression))
		return false;
	set = category_set_like(suppression->category);
	category_growth(input->report, set, ret);
	return suppression_of_categories(result, set, ret) == suppression;
}

/* What it is held against is the larger of its rows, and of its whole: these
 * have what others lost taken off. */
static void settle(const struct gate_input *input,
		   const struct gate_result *result,
		   struct suppression *suppression)
{
	struct growth taken = {
		.bytes = suppression->bytes,
		.records = suppression->records,
	};
	struct growth whole = {0};
	bool used = suppression->rows > 0;

	if (suppression_whole(input, result, suppression, &whole) &&
	    has_grown(&whole)) {
		used = true;
		if (whole.bytes > taken.bytes)
			taken.bytes = whole.bytes;
		if (whole.records > taken.records)
			taken.records = whole.records;
	}
	if (!used)
		return;
	suppression->bytes = taken.bytes;
	suppression->records = taken.records;
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

		if (suppression->state != SUPPRESSION_EXPIRED)
			settle(input, result, suppression);
	}
	for (i = 0; i < rows->count; i++)
		rows->rows[i].exceeded = rows->rows[i].suppression &&
					 rows->rows[i].suppression->state ==
						 SUPPRESSION_EXCEEDED;
	return true;
}
