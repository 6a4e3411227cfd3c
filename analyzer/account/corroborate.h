/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same culprit seen by another source of the same captures. */
#ifndef PAGEOWL_ACCOUNT_CORROBORATE_H
#define PAGEOWL_ACCOUNT_CORROBORATE_H

#include "model/report.h"

/* A source that is asked; its stacks must have been classified. */
struct witness {
	const char *source;		 /* name of its format */
	const struct snapshot *sides[2]; /* as those of the report */
	uint64_t unit_bytes[2];
};

/*
 * Note in each suspected group of an arranged report whether the witness
 * shows the same function of the same module: grown, too, where there are two
 * sides. The one row of the witness that agrees is noted, else the sum of its
 * rows; where one of both counts objects, the sum only if it agrees. Does
 * nothing for reports that are grouped by keys.
 */
bool corroborate(struct report *report, const struct witness *witness,
		 struct error *err);

#endif
