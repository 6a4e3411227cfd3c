/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How steep a row of points is, told in a way that a few wild ones among them
 * cannot bend.
 */
#ifndef PAGEOWL_MODEL_TREND_SLOPE_H
#define PAGEOWL_MODEL_TREND_SLOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trend_sample {
	uint64_t at_ns;
	uint64_t value;
};

struct trend_slope {
	double middle, low, high; /* an hour */
};

/* Of more samples than this some are left out, evenly: the first and the last
 * one never. All pairs of these are 32640. */
#define TREND_SAMPLES_MAX 256

/*
 * The median of the slopes of all pairs (Theil 1950, Sen 1968) and its 95 %
 * interval by the normal approximation, ties taken into account (Gilbert 1987,
 * 16.4.2); of four points and fewer that is all slopes there are. There must
 * be two samples, and times must ascend. false: no memory.
 */
bool trend_slope_make(const struct trend_sample *samples, size_t count,
		      struct trend_slope *ret);

#endif
