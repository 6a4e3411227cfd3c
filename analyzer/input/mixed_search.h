/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks in a window of a mixed text for the lines that decide. For each kind
 * of them the place of the next is kept, so that a stretch in which nothing
 * decides is searched once for each, and never line by line.
 */
#ifndef PAGEOWL_INPUT_MIXED_SEARCH_H
#define PAGEOWL_INPUT_MIXED_SEARCH_H

#include "formats/format.h"

enum mixed_mark {
	MARK_FORMAT,  /* a record or a dump of a format begins */
	MARK_OPENING, /* another table of the format now read */
	MARK_HEADING, /* "==> path <==" */
	MARK_VERSION, /* "Linux version …" */
	MARK_ZERO,    /* "[    0.000000]" */
};

#define MIXED_MARKS_MAX 128

struct mixed_finder {
	enum mixed_mark mark;
	const struct format *format; /* of the first two */
	/* In the window, its end where there is none; NULL: not looked. */
	const char *next;
};

/* Zeroed, it is to be given to mixed_search_init(). */
struct mixed_search {
	struct mixed_finder finders[MIXED_MARKS_MAX];
	size_t count;
	struct span window;
};

/* What is searched for: all formats, or only one of them. */
void mixed_search_init(struct mixed_search *search, const struct format *only);

/* Search there from now on; window begins at the start of a line. */
void mixed_search_window(struct mixed_search *search, struct span window);

/*
 * The next line that decides, at or behind from; NULL: there is none in the
 * window. Of `current`, the format that is being read, only openings of tables
 * decide; NULL: none is, or lines of several stand among each other.
 */
const struct mixed_finder *mixed_search_next(struct mixed_search *search,
					     const char *from,
					     const struct format *current);

/* Whether the formats are searched for in texts that may hold anything. */
bool mixed_search_knows(const struct format *format);

/* Which of the openings of format this line begins with; -1: none. */
int mixed_search_opening(const struct format *format, struct span line);

#endif
