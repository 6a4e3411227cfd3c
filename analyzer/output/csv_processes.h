/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What processes cost, as a table. For csv.c. */
#ifndef PAGEOWL_OUTPUT_CSV_PROCESSES_H
#define PAGEOWL_OUTPUT_CSV_PROCESSES_H

#include "output/output.h"

bool csv_processes_write(const struct process_report *report,
			 const struct output_options *options, FILE *file,
			 struct error *err);

#endif
