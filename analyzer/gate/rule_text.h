/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rule as people write it: "module=nvme*: 1M and 20%". */
#ifndef PAGEOWL_GATE_RULE_TEXT_H
#define PAGEOWL_GATE_RULE_TEXT_H

#include "base/error.h"
#include "model/gate_result.h"

/*
 * Read the rule that text is; spans of ret borrow from text. The error tells
 * what was expected and what was found, without a place.
 */
bool rule_text_read(struct span text, struct gate_rule *ret, struct error *err);

#endif
