/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules say to a comparison. docs/json.md describes each field. */
#ifndef PAGEOWL_OUTPUT_JSON_GATE_H
#define PAGEOWL_OUTPUT_JSON_GATE_H

#include "output/json_writer.h"
#include "output/output.h"

/* The member "gate" of the open object; nothing where there is none. */
void json_gate_write(struct json_writer *json, const struct report *report,
		     const struct output_options *options);

#endif
