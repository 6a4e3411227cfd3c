/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar of block characters, as fine as eighths of a column. */
#ifndef PAGEOWL_OUTPUT_TEXT_BAR_H
#define PAGEOWL_OUTPUT_TEXT_BAR_H

#include <stdint.h>

#include "output/text_table.h"

/*
 * A cell for part of whole, where whole has `width` columns: something is at
 * least an eighth, below 0 is nothing, and no bar is longer than width. It
 * lives as long as the table; NULL: no memory.
 */
const char *text_bar(struct text_table *table, int64_t part, int64_t whole,
		     size_t width);

/* The same in a lighter shade, for what went away. */
const char *text_bar_light(struct text_table *table, int64_t part,
			   int64_t whole, size_t width);

#endif
