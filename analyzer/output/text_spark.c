/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_spark.h"

#include <string.h>

#define LEVELS 8

/* Bytes of one of these characters. */
#define BLOCK 3

static uint64_t value_of(const struct trend_point *point, bool by_records)
{
	return by_records ? point->records : point->units;
}

/* Returns whether there is anything between them. */
static bool find_bounds(const struct trend_axis *axis,
			const struct trend_point *points, bool by_records,
			uint64_t *ret_least, uint64_t *ret_most)
{
	size_t i;

	*ret_least = UINT64_MAX;
	*ret_most = 0;
	for (i = 0; i < axis->count; i++) {
		uint64_t value = value_of(&points[i], by_records);

		if (axis->captures[i].missing)
			continue;
		if (value < *ret_least)
			*ret_least = value;
		if (value > *ret_most)
			*ret_most = value;
	}
	return *ret_least < *ret_most;
}

/* The last point from begin to before end that is known; or end. */
static size_t last_known(const struct trend_axis *axis, size_t begin,
			 size_t end)
{
	size_t i;

	for (i = end; i > begin; i--)
		if (!axis->captures[i - 1].missing)
			return i - 1;
	return end;
}

static const char *block_of(uint64_t value, uint64_t least, uint64_t most)
{
	static const char *const blocks[LEVELS] = {"▁", "▂", "▃", "▄",
						   "▅", "▆", "▇", "█"};
	double share =
		most > least ? (double)(value - least) / (double)(most - least)
			     : 0;

	return blocks[(size_t)(share * (LEVELS - 1) + 0.5)];
}

const char *text_spark(struct text_table *table, const struct trend_axis *axis,
		       const struct trend_point *points)
{
	size_t cells =
		axis->count < TEXT_SPARK_MOST ? axis->count : TEXT_SPARK_MOST;
	char line[TEXT_SPARK_MOST * BLOCK + 1], *at = line;
	uint64_t least, most;
	bool by_records = false;
	size_t i;

	if (!find_bounds(axis, points, false, &least, &most))
		by_records = find_bounds(axis, points, true, &least, &most);
	for (i = 0; i < cells; i++) {
		size_t end = axis->count * (i + 1) / cells;
		size_t point = last_known(axis, axis->count * i / cells, end);
		const char *block = "·";

		if (point < end)
			block = block_of(value_of(&points[point], by_records),
					 least, most);
		at = stpcpy(at, block);
	}
	return text_table_format(table, "%.*s", (int)(at - line), line);
}
