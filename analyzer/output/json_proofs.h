/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes the numbers of `account` believable: the cross-checks, and
 * counters against stacks. */
#ifndef PAGEOWL_OUTPUT_JSON_PROOFS_H
#define PAGEOWL_OUTPUT_JSON_PROOFS_H

#include "model/account_report.h"
#include "output/json_writer.h"

/* The arrays "coverages" and "checks". */
void json_coverages(struct json_writer *json, const struct account_side *side);
void json_checks(struct json_writer *json, const struct account_side *side);

#endif
