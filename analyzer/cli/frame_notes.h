/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is put beside a frame: its source line, as text that is escaped. */
#ifndef PAGEOWL_CLI_FRAME_NOTES_H
#define PAGEOWL_CLI_FRAME_NOTES_H

#include "base/arena.h"
#include "symbolize/symbolizer.h"

struct inlined_note {
	struct span text;  /* "function (mm/slab.h:12) (inlined)" */
	struct span place; /* "mm/slab.h:12", within text */
};

struct frame_notes {
	struct span place; /* "mm/slub.c:2320"; empty: it is not known */
	const struct inlined_note *inlined; /* innermost first */
	size_t inlined_count;
};

/* The texts live in arena; false: no memory. */
bool frame_notes_make(const struct frame_answer *answer, struct arena *arena,
		      struct frame_notes *ret);

#endif
