/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/series_numbers.h"

#include "output/quantity.h"

/* From this on less growth may be chance. */
#define SLOWER 0.75

bool series_growth(const struct trend_axis *axis,
		   const struct trend_point *points, size_t index,
		   struct delta *ret)
{
	size_t before = index;

	if (!index || axis->captures[index].missing)
		return false;
	do
		before--;
	while (before && axis->captures[before].missing);
	if (axis->captures[before].missing)
		return false;
	ret->units = (int64_t)(points[index].units - points[before].units);
	ret->records =
		(int64_t)(points[index].records - points[before].records);
	return true;
}

bool series_is_counted(const struct report_side *side,
		       const struct tally *const sides[2])
{
	return side->unit == UNIT_OBJECT ||
	       report_counts_records(sides[0], sides[1]);
}

size_t series_present(const struct trend_axis *axis)
{
	size_t count = 0, i;

	for (i = 0; i < axis->count; i++)
		count += !axis->captures[i].missing;
	return count;
}

int64_t series_bytes(double units, uint64_t unit_bytes)
{
	double bytes = units * (double)unit_bytes;

	/* The next double below 2^63. */
	if (bytes > 0x1.fffffffffffffp62)
		return INT64_MAX;
	if (!(bytes > -0x1p63))
		return INT64_MIN;
	return (int64_t)(bytes < 0 ? bytes - 0.5 : bytes + 0.5);
}

bool series_slows_down(const struct trend *trend)
{
	return trend->shape == TREND_GROWS && trend->pace >= 0 &&
	       trend->pace < SLOWER;
}

/* Growth down to INT64_MIN is a multiple of 1, too. */
static bool is_multiple(int64_t value, uint64_t of)
{
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	return size && size % of == 0;
}

void iteration_share(const struct report *report, const struct delta *growth,
		     struct iteration_share *ret)
{
	double iterations = (double)report->iterations;

	ret->counted = !report->sides[1].stacks_only;
	ret->whole = ret->counted &&
		     is_multiple(growth->records, report->iterations);
	ret->records = (double)growth->records / iterations;
	ret->units = (double)growth->units / iterations;
}

const char *iteration_text(bool counted, int64_t records, int64_t bytes,
			   uint64_t iterations, char *ret)
{
	int64_t each = iterations > INT64_MAX ? 0 : bytes / (int64_t)iterations;

	ret[0] = '\0';
	if (counted)
		return records <= 0 ? ret
				    : quantity_each((uint64_t)records,
						    iterations, ret);
	return each < 0 ? quantity_growth(each, ret)
			: quantity_bytes((uint64_t)each, ret);
}
