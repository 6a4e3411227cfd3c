/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of a row as a line of blocks that rise and fall. */
#ifndef PAGEOWL_OUTPUT_TEXT_SPARK_H
#define PAGEOWL_OUTPUT_TEXT_SPARK_H

#include "model/trend.h"
#include "output/text_table.h"

/* A line is no longer; of more points it shows the last of each bin. */
#define TEXT_SPARK_MOST 24

/*
 * A cell from the least of the points to the largest: the amounts beside it
 * tell how much lies between. Of records where all amounts are the same. A
 * point that is missing is a dot. It lives as long as the table; NULL: no
 * memory.
 */
const char *text_spark(struct text_table *table, const struct trend_axis *axis,
		       const struct trend_point *points);

#endif
