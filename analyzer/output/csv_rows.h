/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a report as a table. For csv.c. */
#ifndef PAGEOWL_OUTPUT_CSV_ROWS_H
#define PAGEOWL_OUTPUT_CSV_ROWS_H

#include "output/output.h"

bool csv_rows_write(const struct report *report,
		    const struct output_options *options, FILE *file,
		    struct error *err);

#endif
