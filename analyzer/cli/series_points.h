/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The captures between OLD and NEW: each is read, the points of its rows are
 * taken, and it is closed again. So of a series only OLD and NEW are kept.
 */
#ifndef PAGEOWL_CLI_SERIES_POINTS_H
#define PAGEOWL_CLI_SERIES_POINTS_H

#include "cli/reading.h"
#include "model/trend.h"

/* Zeroed is valid to deinit. */
struct series_points {
	/* Of the report, and of the objects beside it: a capture can have the
	 * source of one alone. */
	struct trend_axis axes[2];
	struct trend_capture *captures[2];
	enum same_boot boot; /* of all */
	struct arena arena;
};

/*
 * Where there are more operands than two: read those between the first and the
 * last one, whose reports are made, and judge the reports by them all. points
 * must outlive the reports.
 */
bool series_points_read(struct series_points *points, struct cli *cli,
			struct reading readings[2], struct report *report,
			struct error *err);

void series_points_deinit(struct series_points *points);

#endif
