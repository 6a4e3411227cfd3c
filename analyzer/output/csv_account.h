/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where all of MemTotal is, as a table. For csv.c. */
#ifndef PAGEOWL_OUTPUT_CSV_ACCOUNT_H
#define PAGEOWL_OUTPUT_CSV_ACCOUNT_H

#include "output/output.h"

bool csv_account_write(const struct account_report *report,
		       const struct output_options *options, FILE *file,
		       struct error *err);

#endif
