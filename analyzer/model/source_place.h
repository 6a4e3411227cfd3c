/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where in the source an instruction comes from. A function that was inlined
 * has a place of its own. All text is that of debug information: untrusted.
 */
#ifndef PAGEOWL_MODEL_SOURCE_PLACE_H
#define PAGEOWL_MODEL_SOURCE_PLACE_H

#include "base/arena.h"

struct source_place {
	struct span function; /* demangled; empty: not known */
	struct span file;     /* "mm/slub.c"; empty: not known */
	/* "mm/slub.c:1234"; without the number where that is not known. */
	struct span file_line;
	unsigned line; /* from 1; 0: not known */
};

/*
 * Fill a place. function is borrowed, file is copied into arena; either may
 * be NULL. False when memory ran out.
 */
bool source_place_init(struct source_place *place, struct arena *arena,
		       const char *function, const char *file, unsigned line);

/* The file of "mm/slub.c:1234"; text that has no number is a file. */
struct span source_file_of(struct span file_line);

#endif
