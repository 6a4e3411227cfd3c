/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of processes. For text_processes.c. */
#ifndef PAGEOWL_OUTPUT_TEXT_PROCESS_ROWS_H
#define PAGEOWL_OUTPUT_TEXT_PROCESS_ROWS_H

#include "output/output.h"

/*
 * Write the rows and their sum, then how many rows there are more. False: no
 * memory.
 */
bool text_process_rows_write(const struct process_report *report,
			     const struct output_options *options, FILE *file);

#endif
