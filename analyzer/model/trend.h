/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the points of a row tell where three captures and more were compared:
 * how it grew from one to the next, how fast, and whether it stopped.
 */
#ifndef PAGEOWL_MODEL_TREND_H
#define PAGEOWL_MODEL_TREND_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A share that is not known. */
#define SHARE_NONE (-1.0)

/* What a row held at one capture. */
struct trend_point {
	uint64_t units;
	uint64_t records;
};

/* Add another one; what does not fit becomes UINT64_MAX. */
void trend_point_add(struct trend_point *point,
		     const struct trend_point *other);

/* One capture of a series. */
struct trend_capture {
	const char *path;  /* as given */
	uint64_t began_ns; /* T0, or TS_NONE; falls back to no slope */
	bool missing;	   /* has not the source: its points are no numbers */
};

/* The captures in order; first and last are OLD and NEW. */
struct trend_axis {
	const struct trend_capture *captures;
	size_t count;
	/* All of one boot, and their times ascend: slopes can be told. */
	bool timed;
};

enum trend_shape {
	TREND_UNCLEAR, /* growth that comes and goes */
	TREND_GROWS,   /* in the last interval, and in most */
	TREND_FILLED,  /* grew, and then no more, to the end */
	TREND_FLAT,    /* never more than it held */
};

/* "unclear", "grows", "filled", "flat" */
const char *trend_shape_name(enum trend_shape shape);

struct trend {
	const struct trend_point *points; /* axis->count of them; borrowed */
	enum trend_shape shape;
	size_t intervals; /* between captures that have the source */
	size_t grew;	  /* of those: more was held than ever before */
	size_t quiet;	  /* of those at the end: no growth */
	bool slope_known; /* with times, of three points and more */
	/* Units an hour, by Theil and Sen: the median of the slopes of all
	 * pairs of points; and the 95 % interval of it that Sen (1968) gives,
	 * which is all there is where the captures are few. */
	double slope, slope_low, slope_high;
	/* Growth in the last interval that grew, by that in the first one: of
	 * their speeds and of their amounts the larger ratio, since captures
	 * may be taken by the clock or after equal work. Below 1 it slows
	 * down. SHARE_NONE: fewer than two grew, or no times. */
	double pace;
	/*
	 * 0 to 1, what the shape is worth. TREND_FILLED: 1 - (1-p)^quiet, p
	 * the share of the intervals before that grew, as Laplace estimates it
	 * ((grew + 1) / (intervals + 2)); quiet counts no more intervals than
	 * would be as long as the longest time that growth took before, where
	 * times are known. TREND_GROWS: that share of all, the
	 * chance that the next interval grows too. Else SHARE_NONE.
	 */
	double sure;
};

/* Fill in an axis; one_boot: all captures are of one. */
void trend_axis_init(struct trend_axis *axis,
		     const struct trend_capture *captures, size_t count,
		     bool one_boot);

/*
 * Work out the trend of points, which must outlive ret. By records where
 * by_records says so: objects of no known size. Scratch memory is freed again;
 * fails when there is none.
 */
bool trend_make(const struct trend_axis *axis, const struct trend_point *points,
		bool by_records, struct trend *ret, struct error *err);

#endif
