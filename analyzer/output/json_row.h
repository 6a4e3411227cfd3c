/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a report: what it is of, how much, and what else is known. */
#ifndef PAGEOWL_OUTPUT_JSON_ROW_H
#define PAGEOWL_OUTPUT_JSON_ROW_H

#include "model/report.h"
#include "output/json_writer.h"

/* An element of the open array. */
void json_row_write(struct json_writer *json, const struct report *report,
		    const struct report_row *row);

#endif
