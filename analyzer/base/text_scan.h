/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two searches that the hot loop lives on. Each has a vector version,
 * chosen at run time, and a portable one that the tests hold it against.
 */
#ifndef PAGEOWL_BASE_TEXT_SCAN_H
#define PAGEOWL_BASE_TEXT_SCAN_H

#include <stdbool.h>
#include <stdint.h>

/* Lines that text_scan found. */
struct text_run {
	const char *end; /* behind the last newline of the run; NULL: none */
	uint64_t lines;	 /* lines in the run */
	/*
	 * A space stands where no frame has one: not at the start of a line,
	 * nor before "[module]", nor behind "[<address>]".
	 */
	bool odd;
};

struct text_scan {
	const char *name; /* "avx2", "portable" */

	/* The first newline in [at, end), or NULL. */
	const char *(*newline)(const char *at, const char *end);

	/*
	 * The run of lines from at that begin with a space; at must be the
	 * start of a line. The run ends before the first line that begins
	 * with something else. Its end is NULL when end comes first: whether
	 * the run goes on is not known.
	 */
	struct text_run (*indented)(const char *at, const char *end);
};

/* The fastest that this processor can do. */
const struct text_scan *text_scan_best(void);

const struct text_scan *text_scan_portable(void);

#endif
