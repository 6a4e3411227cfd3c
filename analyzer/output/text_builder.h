/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that grows in a table's arena. open_memstream() would not tell when
 * memory runs out. */
#ifndef PAGEOWL_OUTPUT_TEXT_BUILDER_H
#define PAGEOWL_OUTPUT_TEXT_BUILDER_H

#include "output/text_table.h"

/* Zeroed, but for the table, is ready. */
struct text_builder {
	struct text_table *table; /* notes that memory ran out */
	char *text;		  /* ended by a NUL; NULL: nothing was put */
	size_t length, capacity;
};

/* Append text; even nothing makes builder->text a string. */
void text_builder_put(struct text_builder *builder, const char *text);

/* Append untrusted text, escaped. */
void text_builder_quote(struct text_builder *builder, struct span text);

void text_builder_spaces(struct text_builder *builder, size_t count);

#endif
