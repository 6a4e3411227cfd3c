/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What outputs tell of a series, and of iterations, in numbers. */
#ifndef PAGEOWL_OUTPUT_SERIES_NUMBERS_H
#define PAGEOWL_OUTPUT_SERIES_NUMBERS_H

#include "model/report.h"

/*
 * Growth up to the capture at index from the last one before it that has the
 * source. False: this one has it not, or none before it.
 */
bool series_growth(const struct trend_axis *axis,
		   const struct trend_point *points, size_t index,
		   struct delta *ret);

/* Whether points are told apart by records: of objects of no known size. */
bool series_is_counted(const struct report_side *side,
		       const struct tally *const sides[2]);

/* Captures that have the source. */
size_t series_present(const struct trend_axis *axis);

/* A slope in bytes an hour, or what else a unit is; never more than fits. */
int64_t series_bytes(double units, uint64_t unit_bytes);

/* The last interval's growth comes so much slower that it is worth a word. */
bool series_slows_down(const struct trend *trend);

/* Growth for each iteration of a workload. */
struct iteration_share {
	bool counted; /* records are allocations, or objects */
	bool whole;   /* … and so many of them in each: the mark of a leak */
	double records, units;
};

/* report->iterations must not be 0. */
void iteration_share(const struct report *report, const struct delta *growth,
		     struct iteration_share *ret);

/*
 * The same for people: "2" and "0.25" of records where they tell it, else of
 * bytes, "12.0 KiB"; "" where fewer records are left than there were. ret has
 * QUANTITY_CAPACITY bytes.
 */
const char *iteration_text(bool counted, int64_t records, int64_t bytes,
			   uint64_t iterations, char *ret);

#endif
