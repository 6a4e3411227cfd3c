/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One finding as a result of SARIF. */
#ifndef PAGEOWL_OUTPUT_SARIF_RESULT_H
#define PAGEOWL_OUTPUT_SARIF_RESULT_H

#include "output/json_writer.h"
#include "model/gate_result.h"
#include "output/output.h"

/* An element of the open array; report is the one whose gate found it. */
void sarif_result_write(struct json_writer *json, const struct report *report,
			const struct finding *finding,
			const struct output_options *options);

#endif
