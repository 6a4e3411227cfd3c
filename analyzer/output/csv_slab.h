/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PAGEOWL_OUTPUT_CSV_SLAB_H
#define PAGEOWL_OUTPUT_CSV_SLAB_H

#include "model/account_report.h"
#include "output/csv_writer.h"

/* A table of its own: a line of headings, then all caches as ranked. */
void csv_slab_write(struct csv_writer *csv,
		    const struct account_report *report);

#endif
