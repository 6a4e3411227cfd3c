/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One row of /proc/allocinfo, as the kernel prints it, as its log does, or as
 * numfmt made it of either:
 *
 *   "%12lli %8llu FILE:LINE[ [MODULE]] func:FUNC[ KEY:VALUE]… "
 *   "48.0 MiB 12288 FILE:LINE func:FUNC"
 */
#ifndef PAGEOWL_FORMATS_ALLOCINFO_ROW_H
#define PAGEOWL_FORMATS_ALLOCINFO_ROW_H

#include "base/span.h"

/*
 * Bytes of function and module together: more than KSYM_NAME_LEN (512) and the
 * name of any module.
 */
#define ALLOCINFO_NAMES_MAX 4096

struct allocinfo_row {
	uint64_t size, calls; /* 0 where below zero */
	struct span site;     /* "mm/slub.c:3278" */
	struct span module;   /* or empty */
	struct span function;
	bool negative;	 /* size or calls are below zero */
	bool rounded;	 /* the size has a unit: it is not exact */
	bool inaccurate; /* marked "accurate:no" */
	bool spaced;	 /* ends in a space, as printed */
};

/* " func:", which every row has. */
extern const struct span allocinfo_row_mark;

/* Whether line, without CR, is a whole row; else row holds nothing of use. */
bool allocinfo_row_parse(struct span line, struct allocinfo_row *row);

/* Whether line begins as a row does, so that it may have been one. */
bool allocinfo_row_begins(struct span line);

#endif
