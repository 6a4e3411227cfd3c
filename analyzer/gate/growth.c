/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/growth.h"

static int64_t capped(uint64_t value)
{
	return value > INT64_MAX ? INT64_MAX : (int64_t)value;
}

static uint64_t times(uint64_t a, uint64_t b)
{
	uint64_t product;

	return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

static int64_t minus(uint64_t a, uint64_t b)
{
	return a >= b ? capped(a - b) : -capped(b - a);
}

void growth_sum(int64_t *sum, int64_t value)
{
	if (__builtin_add_overflow(*sum, value, sum))
		*sum = value < 0 ? INT64_MIN : INT64_MAX;
}

/* One size of a page is multiplied with the difference: more of it fits. */
static int64_t grown_bytes(const struct report *report, uint64_t before,
			   uint64_t after)
{
	uint64_t old_size = report->sides[0].unit_bytes;
	uint64_t new_size = report->sides[1].unit_bytes;

	if (old_size != new_size)
		return minus(times(after, new_size), times(before, old_size));
	return after >= before ? capped(times(after - before, new_size))
			       : -capped(times(before - after, new_size));
}

static void set_bytes(const struct report *report, uint64_t before,
		      uint64_t after, struct growth *growth)
{
	growth->bytes_known = true;
	growth->bytes = grown_bytes(report, before, after);
	growth->before_bytes =
		capped(times(before, report->sides[0].unit_bytes));
	growth->after_bytes = capped(times(after, report->sides[1].unit_bytes));
}

static bool has_bytes(const struct report *report)
{
	return report->sides[0].unit != UNIT_OBJECT &&
	       report->sides[1].unit != UNIT_OBJECT;
}

/* One record is a stack, however often it allocated. */
static bool counts_stacks(const struct report *report)
{
	return report->sides[0].stacks_only || report->sides[1].stacks_only;
}

void growth_of_row(const struct report *report, const struct report_row *row,
		   struct growth *ret)
{
	const struct tally *before = row->sides[0], *after = row->sides[1];

	*ret = (struct growth){.uncounted = counts_stacks(report), .rows = 1};
	if (!ret->uncounted) {
		ret->records = minus(after->records, before->records);
		ret->before_records = capped(before->records);
	}
	ret->unsized = !has_bytes(report) ||
		       (before->units == after->units &&
			(before->objects.unsized || after->objects.unsized));
	if (!ret->unsized)
		set_bytes(report, before->units, after->units, ret);
}

void growth_of_amounts(const struct report *report,
		       const struct amount amounts[2], struct growth *ret)
{
	*ret = (struct growth){
		.unsized = !has_bytes(report),
		.uncounted = counts_stacks(report),
	};
	if (!ret->uncounted) {
		ret->records = minus(amounts[1].records, amounts[0].records);
		ret->before_records = capped(amounts[0].records);
	}
	if (!ret->unsized)
		set_bytes(report, amounts[0].units, amounts[1].units, ret);
}

static int64_t bytes_of_kib(int64_t kib)
{
	int64_t bytes;

	if (__builtin_mul_overflow(kib, 1024, &bytes))
		return kib < 0 ? INT64_MIN : INT64_MAX;
	return bytes;
}

void growth_of_kib(const int64_t kib[2], struct growth *ret)
{
	int64_t grown;

	if (__builtin_sub_overflow(kib[1], kib[0], &grown))
		grown = kib[1] < 0 ? INT64_MIN : INT64_MAX;
	*ret = (struct growth){
		.bytes = bytes_of_kib(grown),
		.before_bytes = bytes_of_kib(kib[0]),
		.after_bytes = bytes_of_kib(kib[1]),
		.bytes_known = true,
	};
}

void growth_add(struct growth *growth, const struct growth *other)
{
	growth_add_sides(growth, other);
	growth_sum(&growth->bytes, other->bytes);
	growth_sum(&growth->records, other->records);
	growth->bytes_known |= other->bytes_known;
	growth->unsized |= other->unsized;
	growth->uncounted |= other->uncounted;
	growth->rows += other->rows;
}

void growth_add_sides(struct growth *growth, const struct growth *other)
{
	growth_sum(&growth->before_bytes, other->before_bytes);
	growth_sum(&growth->after_bytes, other->after_bytes);
	growth_sum(&growth->before_records, other->before_records);
}

static bool passes_share(const struct growth *growth, double limit)
{
	int64_t grown = growth->records, before = growth->before_records;

	if (growth->bytes_known) {
		grown = growth->bytes;
		before = growth->before_bytes;
	}
	if (grown <= 0)
		return false;
	return before <= 0 || (double)grown * 100 > limit * (double)before;
}

static bool passes(const struct growth *growth, const struct gate_limit *limit,
		   const struct growth_scale *scale)
{
	double most = limit->amount;

	if (limit->per_iteration)
		most *= (double)scale->iterations;
	switch (limit->measure) {
	case GATE_BYTES:
		break;
	case GATE_PAGES:
		most *= (double)scale->page_bytes;
		break;
	case GATE_RECORDS:
		return growth->records > 0 && (double)growth->records > most;
	case GATE_PERCENT:
		return passes_share(growth, most);
	}
	return growth->bytes_known && growth->bytes > 0 &&
	       (double)growth->bytes > most;
}

bool growth_breaks(const struct growth *growth, const struct gate_rule *rule,
		   const struct growth_scale *scale)
{
	size_t i;

	for (i = 0; i < rule->limit_count; i++)
		if (!passes(growth, &rule->limits[i], scale))
			return false;
	return rule->limit_count > 0;
}

static bool may_break(const struct growth *growth, const struct gate_rule *rule,
		      const struct growth_scale *scale)
{
	size_t i;

	if (!growth->uncounted || growth->bytes <= 0)
		return false;
	for (i = 0; i < rule->limit_count; i++)
		if (rule->limits[i].measure != GATE_RECORDS &&
		    !passes(growth, &rule->limits[i], scale))
			return false;
	return rule->limit_count > 0;
}

void growth_note_uncounted(const struct growth *growth, struct gate_rule *rule,
			   const struct growth_scale *scale)
{
	if (!may_break(growth, rule, scale))
		return;
	rule->unjudged = true;
	rule->unjudged_reason = "the source counts stacks, not allocations; "
				"give a limit in bytes or pages";
}

static bool is_more(int64_t growth, uint64_t maximum)
{
	return growth > 0 && (uint64_t)growth > maximum;
}

bool growth_is_measured(const struct growth *growth,
			const struct suppression *suppression)
{
	return (suppression->has_bytes && growth->bytes > 0) ||
	       (suppression->has_records && growth->records > 0);
}

bool growth_exceeds(const struct growth *growth,
		    const struct suppression *suppression)
{
	return (suppression->has_bytes &&
		is_more(growth->bytes, suppression->max_bytes)) ||
	       (suppression->has_records &&
		is_more(growth->records, suppression->max_records));
}
