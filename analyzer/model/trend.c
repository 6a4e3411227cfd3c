/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/trend.h"

#include <stdlib.h>

#include "model/record.h"
#include "model/trend_slope.h"

/* What is no growth, or no loss, at most: this share of what was gained. */
#define NOISE_PART 64

/* Points that a trend can be told of at all, and a slope. */
#define SLOPE_LEAST 3

static uint64_t plus(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

void trend_point_add(struct trend_point *point, const struct trend_point *other)
{
	point->units = plus(point->units, other->units);
	point->records = plus(point->records, other->records);
}

const char *trend_shape_name(enum trend_shape shape)
{
	static const char *const names[] = {
		[TREND_UNCLEAR] = "unclear",
		[TREND_GROWS] = "grows",
		[TREND_FILLED] = "filled",
		[TREND_FLAT] = "flat",
	};

	return names[shape];
}

void trend_axis_init(struct trend_axis *axis,
		     const struct trend_capture *captures, size_t count,
		     bool one_boot)
{
	uint64_t last = 0;
	bool ascend = true, any = false;
	size_t i;

	for (i = 0; i < count; i++) {
		const struct trend_capture *capture = &captures[i];

		if (capture->missing)
			continue;
		if (capture->began_ns == TS_NONE ||
		    (any && capture->began_ns <= last))
			ascend = false;
		any = true;
		last = capture->began_ns;
	}
	*axis = (struct trend_axis){captures, count, one_boot && ascend};
}

static size_t take_samples(const struct trend_axis *axis,
			   const struct trend_point *points, bool by_records,
			   struct trend_sample *ret)
{
	size_t count = 0, i;

	for (i = 0; i < axis->count; i++) {
		if (axis->captures[i].missing)
			continue;
		ret[count++] = (struct trend_sample){
			.at_ns = axis->captures[i].began_ns,
			.value = by_records ? points[i].records
					    : points[i].units,
		};
	}
	return count;
}

/* ---- growth ---- */

struct growth {
	uint64_t reach;	     /* the most that was held beyond the first value */
	uint64_t level;	     /* where the last interval that grew ended */
	size_t grew;	     /* intervals */
	size_t first, last;  /* ends of the first and last one of them */
	size_t longest;	     /* of the quiet stretches between them */
	uint64_t longest_ns; /* from one growth to the next, or its interval */
};

static uint64_t time_between(const struct trend_sample *samples, size_t from,
			     size_t to)
{
	return samples[to].at_ns > samples[from].at_ns
		       ? samples[to].at_ns - samples[from].at_ns
		       : 0;
}

static uint64_t reach_of(const struct trend_sample *samples, size_t count)
{
	uint64_t most = samples[0].value;
	size_t i;

	for (i = 1; i < count; i++)
		if (samples[i].value > most)
			most = samples[i].value;
	return most - samples[0].value;
}

/*
 * How much a row that breathes rises without growing. Its falls tell: four
 * times their mean over all intervals, about twice the usual one where every
 * other interval falls, and next to nothing where one fall is alone among
 * many. Where nothing falls there is no noise, so that a page an interval is
 * growth beside any base. It is measured against what was gained, not against
 * what is held, for the same reason.
 */
static uint64_t noise_of(const struct trend_sample *samples, size_t count,
			 uint64_t reach)
{
	uint64_t most = reach / NOISE_PART;
	double falls = 0, noise;
	size_t i;

	for (i = 1; i < count; i++) {
		uint64_t before = samples[i - 1].value;
		uint64_t after = samples[i].value;

		/* One large fall says nothing of the small ones. */
		if (before > after)
			falls += (double)(before - after < most ? before - after
								: most);
	}
	noise = 4 * falls / (double)(count - 1);
	return noise < (double)most ? (uint64_t)noise : most;
}

/*
 * An interval grew when it ended above where the last such one had ended, by
 * more than the noise. Small rises add up to growth; what was freed and taken
 * again is none.
 */
static struct growth find_growth(const struct trend_sample *samples,
				 size_t count)
{
	struct growth growth = {.level = samples[0].value};
	uint64_t noise, took_ns;
	size_t i;

	growth.reach = reach_of(samples, count);
	noise = noise_of(samples, count, growth.reach);
	for (i = 1; i < count; i++) {
		uint64_t value = samples[i].value;

		if (value <= growth.level || value - growth.level <= noise)
			continue;
		if (growth.grew && i - growth.last - 1 > growth.longest)
			growth.longest = i - growth.last - 1;
		took_ns = time_between(samples,
				       growth.grew ? growth.last : i - 1, i);
		if (took_ns > growth.longest_ns)
			growth.longest_ns = took_ns;
		if (!growth.grew++)
			growth.first = i;
		growth.last = i;
		growth.level = value;
	}
	return growth;
}

/* Whether the row stayed where its growth had brought it. */
static bool is_held(const struct growth *growth,
		    const struct trend_sample *samples, size_t count)
{
	uint64_t slack = growth->reach / NOISE_PART;
	size_t i;

	/* A cache of few objects breathes, too. */
	if (!slack && growth->reach >= 8)
		slack = 1;
	for (i = growth->last + 1; i < count; i++)
		if (growth->level > samples[i].value &&
		    growth->level - samples[i].value > slack)
			return false;
	return true;
}

/*
 * How many quiet intervals there are at the end: no more than would be as long
 * as growth took before. Captures in quick succession prove nothing.
 */
static size_t quiet_worth(const struct growth *growth,
			  const struct trend_sample *samples, size_t count,
			  bool timed)
{
	size_t quiet = count - 1 - growth->last;
	uint64_t long_ns = growth->longest_ns, worth;

	if (!timed || !long_ns)
		return quiet;
	worth = (time_between(samples, growth->last, count - 1) + long_ns / 2) /
		long_ns;
	return worth < quiet ? (size_t)worth : quiet;
}

static enum trend_shape shape_of(const struct growth *growth,
				 const struct trend_sample *samples,
				 size_t count, size_t worth)
{
	size_t intervals = count - 1;

	if (!growth->grew)
		return TREND_FLAT;
	/* Two captures show one interval, and no trend. */
	if (count < SLOPE_LEAST)
		return TREND_UNCLEAR;
	if (growth->last == intervals)
		return growth->grew > intervals - growth->grew ? TREND_GROWS
							       : TREND_UNCLEAR;
	/* Longer than the pauses of a leak that is not hit each time. */
	if (worth && intervals - growth->last > growth->longest &&
	    is_held(growth, samples, count))
		return TREND_FILLED;
	return TREND_UNCLEAR;
}

/* As Laplace has it: never quite 0 or 1. */
static double share_of(size_t grew, size_t intervals)
{
	return (double)(grew + 1) / (double)(intervals + 2);
}

static double sureness(const struct trend *trend, size_t worth)
{
	double missed = 1, share;
	size_t i;

	switch (trend->shape) {
	case TREND_GROWS:
		return share_of(trend->grew, trend->intervals);
	case TREND_FILLED:
		share = share_of(trend->grew, trend->intervals - trend->quiet);
		for (i = 0; i < worth; i++)
			missed *= 1 - share;
		return 1 - missed;
	case TREND_FLAT:
	case TREND_UNCLEAR:
		break;
	}
	return SHARE_NONE;
}

/* ---- speed ---- */

/* Of an interval that grew: it did rise. */
static double rise_at(const struct trend_sample *samples, size_t end)
{
	return (double)(samples[end].value - samples[end - 1].value);
}

/* Times ascend. */
static double time_at(const struct trend_sample *samples, size_t end)
{
	return (double)(samples[end].at_ns - samples[end - 1].at_ns);
}

/* Captures are taken by the clock, or after equal work: what is as fast as it
 * was by either measure has not slowed down. */
static double pace_of(const struct growth *growth,
		      const struct trend_sample *samples)
{
	double rise = rise_at(samples, growth->last) /
		      rise_at(samples, growth->first);
	double time = time_at(samples, growth->last) /
		      time_at(samples, growth->first);

	return time < 1 ? rise / time : rise;
}

static bool fill_speeds(const struct growth *growth,
			const struct trend_sample *samples, size_t count,
			struct trend *trend)
{
	struct trend_slope slope;

	if (growth->grew >= 2)
		trend->pace = pace_of(growth, samples);
	if (count < SLOPE_LEAST)
		return true;
	if (!trend_slope_make(samples, count, &slope))
		return false;
	trend->slope_known = true;
	trend->slope = slope.middle;
	trend->slope_low = slope.low;
	trend->slope_high = slope.high;
	return true;
}

bool trend_make(const struct trend_axis *axis, const struct trend_point *points,
		bool by_records, struct trend *ret, struct error *err)
{
	struct trend trend = {
		.points = points, .pace = SHARE_NONE, .sure = SHARE_NONE};
	struct trend_sample *samples =
		calloc(axis->count + 1, sizeof(*samples));
	bool done = true;
	size_t count;

	if (!samples)
		return error_no_memory(err);
	count = take_samples(axis, points, by_records, samples);
	if (count >= 2) {
		struct growth growth = find_growth(samples, count);
		size_t worth =
			quiet_worth(&growth, samples, count, axis->timed);

		trend.intervals = count - 1;
		trend.grew = growth.grew;
		trend.quiet = trend.intervals - growth.last;
		trend.shape = shape_of(&growth, samples, count, worth);
		trend.sure = sureness(&trend, worth);
		if (axis->timed)
			done = fill_speeds(&growth, samples, count, &trend);
	}
	free(samples);
	if (!done)
		return error_no_memory(err);
	*ret = trend;
	return true;
}
