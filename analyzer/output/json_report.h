/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The members of a report of stacks, wherever it stands. */
#ifndef PAGEOWL_OUTPUT_JSON_REPORT_H
#define PAGEOWL_OUTPUT_JSON_REPORT_H

#include "output/json_writer.h"
#include "output/output.h"

/* Members of the open object: captures, categories, rows. */
void json_report_body(struct json_writer *json, const struct report *report,
		      const struct output_options *options);

/* "same", "other", or NULL. */
const char *json_boot(enum same_boot boot);

#endif
