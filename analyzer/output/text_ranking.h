/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ranked groups of a report as a table, and what it leaves out. */
#ifndef PAGEOWL_OUTPUT_TEXT_RANKING_H
#define PAGEOWL_OUTPUT_TEXT_RANKING_H

#include "output/text_view.h"

struct text_ranking {
	enum category_block block; /* groups of this one only, … */
	bool every_block;	   /* … or all of them */
	/* Above the table where it has rows or hides some; "" is a word of its
	 * own where it has no rows; NULL: none. */
	const char *title;
	size_t room; /* rows, unless the user has said how many */
	/* Groups of fewer bytes come last, unless the user has said so. */
	uint64_t least_bytes;
	bool spares; /* columns, where a terminal is narrow */
	/* How the table is written; NULL: by text_table_write(). */
	void (*write_table)(void *context, struct text_table *table,
			    FILE *file);
	void *context;
};

void text_ranking_write(struct text_view *view,
			const struct text_ranking *ranking);

#endif
