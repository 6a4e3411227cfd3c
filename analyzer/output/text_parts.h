/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the stacks of a group differ in, each with its share of the group. */
#ifndef PAGEOWL_OUTPUT_TEXT_PARTS_H
#define PAGEOWL_OUTPUT_TEXT_PARTS_H

#include "output/text_view.h"

/* Of the parts of a group. */
#define TEXT_PARTS_SHOWN 3

/* The rows of a group that have one text. */
struct text_part {
	const char *text;
	const struct report_row *first; /* of the rows */
	struct tally sides[2];
};

/* The text of a row, in the table's arena; NULL: no memory. */
typedef const char *text_of_row(struct text_table *table,
				const struct report_row *row);

/*
 * The parts of a group, of which the largest TEXT_PARTS_SHOWN come first.
 * Returns how many there are.
 */
size_t text_parts_gather(const struct text_view *view, struct text_table *table,
			 const struct report_group *group, text_of_row *text_of,
			 struct text_part **ret);

/* How much a part holds, or has grown by. ret has QUANTITY_CAPACITY bytes. */
const char *text_part_amount(const struct text_view *view,
			     const struct text_part *part, char *ret);

/* "order 2", or nothing where orders differ or are 0. The same of ret. */
const char *text_order(const struct tally *tally, char *ret);

#endif
