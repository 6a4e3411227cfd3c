/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page_owner record line by line: what is accepted is defined here. The
 * quick way of page_owner.c takes nothing that this would read differently.
 */
#ifndef PAGEOWL_FORMATS_CAREFUL_RECORD_H
#define PAGEOWL_FORMATS_CAREFUL_RECORD_H

#include "formats/format.h"

/*
 * What is looked at of one record. The kernel prints at most a page, 64 KiB on
 * some machines; more than this is somebody else's text.
 */
#define RECORD_TEXT_MAX ((size_t)64 << 10)

/* Zeroed is ready. */
struct careful {
	bool in_record; /* in stray lines: a record without its header */
	char header[RECORD_TEXT_MAX];	 /* lines of a header, joined */
	char stack[2 * RECORD_TEXT_MAX]; /* frames; each may gain a space */
};

/* Where the first header at or behind `at` starts, or NULL. */
const char *careful_next_header(const char *at, const char *end);

/*
 * How much of text, which starts with a header and holds no other, is the
 * record. False: its end has not come yet. `whole`: no more text comes.
 */
bool careful_extent(struct careful *careful, struct span text, bool whole,
		    size_t *ret);

/*
 * Deliver, or report, a record that careful_extent() has measured. *line is
 * how many lines lie before it, and then behind it. at_end: the input ends
 * with it.
 */
bool careful_record(struct careful *careful, struct span text, uint64_t *line,
		    bool at_end, struct sink *sink, struct error *err);

/*
 * Report lines that belong to no record: groups of lines that a header is
 * missing from count as a skipped record each, other lines as stray.
 */
void careful_stray(struct careful *careful, struct span text, uint64_t *line,
		   struct sink *sink);

#endif
