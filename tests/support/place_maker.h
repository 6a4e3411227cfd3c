/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in the source for frames, as debug information would tell them. */
#ifndef PAGEOWL_TESTS_SUPPORT_PLACE_MAKER_H
#define PAGEOWL_TESTS_SUPPORT_PLACE_MAKER_H

#include "model/snapshot.h"

#define MADE_PLACES_MAX 4

struct made_place {
	const char *function; /* NULL: not known */
	const char *file;     /* NULL: not known */
	unsigned line;
};

/* What to give to all frames of one text. */
struct made_frame {
	const char *text; /* NULL: the end */
	size_t count;
	struct made_place places[MADE_PLACES_MAX]; /* innermost first */
};

/* Fill the frames of a table's texts, and choose the places to be told. */
void place_maker_fill(struct snapshot *snapshot,
		      const struct made_frame *table);

#endif
