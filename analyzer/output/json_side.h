/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One capture of a report: what it is, what was read of it and what not. */
#ifndef PAGEOWL_OUTPUT_JSON_SIDE_H
#define PAGEOWL_OUTPUT_JSON_SIDE_H

#include "model/report.h"
#include "output/json_writer.h"

/* An element of the open array. */
void json_side_write(struct json_writer *json, const struct report_side *side);

#endif
