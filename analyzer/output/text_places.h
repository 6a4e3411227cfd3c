/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in the source the stacks of a group allocate. */
#ifndef PAGEOWL_OUTPUT_TEXT_PLACES_H
#define PAGEOWL_OUTPUT_TEXT_PLACES_H

#include "output/text_builder.h"
#include "output/text_view.h"

/*
 * "at mm/slub.c:12" below the row of a group, or up to three such, each with
 * what it holds; nothing where no place is known. False: no memory.
 */
bool text_places_add(const struct text_view *view, struct text_table *table,
		     const struct report_group *group, struct text_row *row);

/*
 * "mm/slub.c:12", escaped, cut from the left to room columns (0: never) and
 * dim where there is colour. Returns the columns that it takes.
 */
size_t text_place_put(const struct text_view *view,
		      struct text_builder *builder,
		      const struct source_place *place, size_t room);

/*
 * "  at mm/slub.c:12" where the blamed frames of a group are, in so many
 * columns (0: any number), and " and elsewhere" where they are in several
 * places; "" where none is known or room does not do. NULL: no memory.
 */
const char *text_place_of_group(struct text_table *table,
				const struct report *report,
				const struct report_group *group, size_t room);

/* What text_place_put() can do with no less than. */
size_t text_place_least(struct text_table *table,
			const struct source_place *place);

/* Whether the function of a place is what a mangled symbol, of C++ or Rust,
 * stands for. */
bool text_place_demangles(const struct frame *frame,
			  const struct source_place *place);

#endif
