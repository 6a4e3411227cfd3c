/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of findings as SARIF's rules: the same in every report. */
#ifndef PAGEOWL_OUTPUT_SARIF_RULES_H
#define PAGEOWL_OUTPUT_SARIF_RULES_H

#include "model/gate_result.h"
#include "output/json_writer.h"

/* The member "rules" of the open object. */
void sarif_rules_write(struct json_writer *json);

/* The place in it of what a finding is of, and its name: "pageowl-stack". */
unsigned sarif_rule_index(const struct finding *finding);
const char *sarif_rule_id(const struct finding *finding);

#endif
