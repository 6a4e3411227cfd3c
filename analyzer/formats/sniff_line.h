/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for the line that decides for a format. */
#ifndef PAGEOWL_FORMATS_SNIFF_LINE_H
#define PAGEOWL_FORMATS_SNIFF_LINE_H

#include "base/span.h"

/*
 * Where the first line of head begins that holds mark and decides; NULL: there
 * is none. A line is asked once, as it stands there, without its newline.
 */
const char *sniff_line(struct span head, struct span mark,
		       bool (*decides)(struct span head, struct span line));

/* The same of lines that hold any of the marks. */
const char *sniff_lines(struct span head, const struct span *marks,
			size_t count,
			bool (*decides)(struct span head, struct span line));

#endif
