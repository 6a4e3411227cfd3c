/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PAGEOWL_OUTPUT_SLAB_HOLDERS_H
#define PAGEOWL_OUTPUT_SLAB_HOLDERS_H

#include "output/output.h"
#include "output/text_table.h"

/*
 * Who fills a cache, or by whom it grew: a line for each of the first few, to
 * stand below its row; "" where traces do not tell. It lives as long as the
 * table; NULL: no memory, which the table notes.
 */
const char *slab_holders_note(struct text_table *table,
			      const struct account_report *report,
			      const struct output_options *options,
			      const struct slab_cache *cache);

#endif
