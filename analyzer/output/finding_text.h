/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the gate found in words, for every output and for standard error. Names
 * are escaped as for a terminal; an output escapes the rest in its own way.
 * Each writes into ret, which has FINDING_TEXT_CAPACITY bytes, and returns it.
 */
#ifndef PAGEOWL_OUTPUT_FINDING_TEXT_H
#define PAGEOWL_OUTPUT_FINDING_TEXT_H

#include "model/gate_result.h"

#define FINDING_TEXT_CAPACITY 4096

/* What it is about: "churn_warm_fill [churn] in kmalloc-2k", "module churn",
 * "category slab", "memory in no counter"; of an exceeded suppression of
 * several functions "suppression frames lab_*". */
const char *finding_title(const struct finding *finding, char *ret);

/* "accumulates"; NULL of what adds up several and is no group of text. */
const char *finding_verdict(const struct finding *finding);

/* The shares kept and fresh of the same, or SHARE_NONE. */
void finding_shares(const struct finding *finding, double *ret_kept,
		    double *ret_fresh);

/* How much: "+4.3 MiB, 2,500 objects", and, where iterations is not 0,
 * ", 2 per iteration". */
const char *finding_growth(const struct finding *finding, uint64_t iterations,
			   char *ret);

/* The last of it alone: "2", "0.25", "12.0 KiB"; "" where it is not known. */
const char *finding_per_iteration(const struct finding *finding,
				  uint64_t iterations, char *ret);

/*
 * The whole in one line without a final stop: "churn_warm_fill [churn] in
 * kmalloc-2k grew by 4.3 MiB, 2,500 objects: more than 512K (function: 512K,
 * default)"; of one that exceeds its suppression "…: more than the 4M that
 * nightly.rules:7 allows (a cache of 4,000 entries)".
 */
const char *finding_text(const struct finding *finding, uint64_t iterations,
			 char *ret);

#endif
