/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line that begins a record of slab traces, without prefixes:
 *
 *   "    338 f+0x2c/0xa0 [mod] waste=521872/1544 age=1/2/3 pid=1-1705 cpus=0-3"
 *
 * It is split here and no more; slab_facts.h reads what is behind the symbol.
 */
#ifndef PAGEOWL_FORMATS_SLAB_LINE_H
#define PAGEOWL_FORMATS_SLAB_LINE_H

#include "base/span.h"

struct slab_line {
	struct span count;  /* digits */
	struct span symbol; /* or "<not-available>" */
	struct span facts;  /* " age=…" and so on; may be empty */
};

extern const struct span slab_line_not_available;

/* Whether text is such a line, damaged or not. */
bool slab_line_split(struct span text, struct slab_line *ret);

/* The count as a number; false: it is too large. */
bool slab_line_count(const struct slab_line *line, uint64_t *ret);

/*
 * The line that begins inside of text, behind what a cut has left of another:
 * cat has glued them. It begins with its count.
 */
bool slab_line_find_glued(struct span text, struct slab_line *ret);

/* Whether text is what a cut has left of such a line. */
bool slab_line_is_cut(struct span text);

#endif
