/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/trend_slope.h"

#include <assert.h>
#include <stdlib.h>

#define HOUR_NS 3.6e12

/* Those that are used of all. */
static size_t pick(const struct trend_sample *samples, size_t count,
		   struct trend_sample picked[TREND_SAMPLES_MAX])
{
	size_t used = count < TREND_SAMPLES_MAX ? count : TREND_SAMPLES_MAX;
	size_t i;

	for (i = 0; i < used; i++)
		picked[i] = samples[i * (count - 1) / (used - 1)];
	return used;
}

/* No difference of two u64 fits an i64: the sign is taken apart. */
static double slope_between(const struct trend_sample *a,
			    const struct trend_sample *b)
{
	double hours = (double)(b->at_ns - a->at_ns) / HOUR_NS;

	if (b->value >= a->value)
		return (double)(b->value - a->value) / hours;
	return -((double)(a->value - b->value) / hours);
}

static int compare_values(const void *left, const void *right)
{
	const struct trend_sample *a = left, *b = right;

	return (a->value > b->value) - (a->value < b->value);
}

static uint64_t spread_of(uint64_t count)
{
	return count * (count - 1) * (2 * count + 5);
}

/* 18 times the variance of Mann and Kendall's S. Sorts the samples. */
static uint64_t variance_18(struct trend_sample *samples, size_t count)
{
	uint64_t variance = spread_of(count);
	size_t i, tied = 1;

	qsort(samples, count, sizeof(*samples), compare_values);
	for (i = 1; i <= count; i++, tied++) {
		if (i < count && samples[i].value == samples[i - 1].value)
			continue;
		variance -= spread_of(tied);
		tied = 0;
	}
	return variance;
}

/*
 * The rank, from either end, of the ends of the interval: (pairs - C) / 2
 * rounded down, C being 1.96 times the root of the variance. In whole numbers,
 * which needs no libm and is the same on every machine.
 */
static size_t bound_rank(size_t pairs, uint64_t variance)
{
	size_t rank = 0;

	while (2 * (rank + 1) <= pairs) {
		uint64_t left = pairs - 2 * (rank + 1);

		if (left * left * 18 * 10000 < variance * 38416)
			break;
		rank++;
	}
	return rank ? rank : 1;
}

static void swap(double *a, double *b)
{
	double kept = *a;

	*a = *b;
	*b = kept;
}

/*
 * What stands at index once all are sorted; what is before it then is not
 * larger, what is behind it is not smaller. Sorting would cost several times
 * as much. The pivot is drawn, so that no file can be made to be slow.
 */
static double take_rank(double *slopes, size_t count, size_t index)
{
	uint64_t drawn = 0x9e3779b97f4a7c15;
	size_t first = 0, last = count - 1;

	assert(index < count);
	while (first < last) {
		size_t up = first, down = last;
		double pivot;

		drawn = drawn * 6364136223846793005 + 1442695040888963407;
		pivot = slopes[first + (drawn >> 33) % (last - first + 1)];
		for (;;) {
			while (slopes[up] < pivot)
				up++;
			while (slopes[down] > pivot)
				down--;
			if (up >= down)
				break;
			swap(&slopes[up++], &slopes[down--]);
		}
		/* Where they met is the pivot, in its place. */
		if (up == down && index == up)
			break;
		if (index < up)
			last = up - 1;
		else
			first = up + (up == down);
	}
	return slopes[index];
}

static bool is_level(const struct trend_sample *samples, size_t count)
{
	size_t i;

	for (i = 1; i < count; i++)
		if (samples[i].value != samples[0].value)
			return false;
	return true;
}

bool trend_slope_make(const struct trend_sample *samples, size_t count,
		      struct trend_slope *ret)
{
	struct trend_sample picked[TREND_SAMPLES_MAX];
	size_t used, pairs = 0, rank, i, k;
	double *slopes;

	assert(count >= 2);
	/* Most rows of a long series hold what they held. */
	if (is_level(samples, count)) {
		*ret = (struct trend_slope){0};
		return true;
	}
	used = pick(samples, count, picked);
	slopes = malloc(used * (used - 1) / 2 * sizeof(*slopes));
	if (!slopes)
		return false;
	for (i = 0; i < used; i++)
		for (k = i + 1; k < used; k++)
			slopes[pairs++] = slope_between(&picked[i], &picked[k]);
	ret->middle = take_rank(slopes, pairs, pairs / 2);
	if (pairs % 2 == 0)
		ret->middle = (ret->middle +
			       take_rank(slopes, pairs, pairs / 2 - 1)) /
			      2;
	rank = bound_rank(pairs, variance_18(picked, used));
	ret->low = take_rank(slopes, pairs, rank - 1);
	ret->high = take_rank(slopes, pairs, pairs - rank);
	free(slopes);
	return true;
}
