/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What processes cost. docs/json.md describes each field. */
#ifndef PAGEOWL_OUTPUT_JSON_PROCESSES_H
#define PAGEOWL_OUTPUT_JSON_PROCESSES_H

#include "output/output.h"

bool json_processes_write(const struct process_report *report,
			  const struct output_options *options, FILE *file,
			  struct error *err);

#endif
