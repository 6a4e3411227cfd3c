/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row of a process's own files, "Rss:    5640 kB" of smaps and smaps_rollup,
 * "VmRSS:\t    5640 kB" of status; and the line of a mapping between them.
 */
#ifndef PAGEOWL_FORMATS_MEMORY_ROW_H
#define PAGEOWL_FORMATS_MEMORY_ROW_H

#include "base/span.h"

enum memory_row_kind {
	MEMORY_ROW_NONE,    /* no "<label>:" */
	MEMORY_ROW_OTHER,   /* what is behind the label is no amount */
	MEMORY_ROW_DAMAGED, /* it should be one */
	MEMORY_ROW_AMOUNT,
};

struct memory_row {
	struct span label; /* letters, digits and '_' */
	struct span value; /* what stands behind it, without blanks around */
	uint64_t kib;	   /* of MEMORY_ROW_AMOUNT */
};

/* What line is; ret is filled in as far as the kind goes. */
enum memory_row_kind memory_row_parse(struct span line, struct memory_row *ret);

/* "55c0a000-55c0b000 r-xp ": the start of a mapping, as in /proc/PID/maps. */
bool memory_row_is_mapping(struct span line);

/* The one that smaps_rollup has: "… ---p 00000000 00:00 0     [rollup]". */
bool memory_row_is_rollup(struct span line);

#endif
