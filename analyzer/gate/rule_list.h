/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What struct gate_rules holds, added one by one, within its bounds. The
 * arrays live in its arena; what the items point to must outlive it.
 */
#ifndef PAGEOWL_GATE_RULE_LIST_H
#define PAGEOWL_GATE_RULE_LIST_H

#include "gate/gate_rules.h"

/* One that is there already is not added again. */
bool rule_list_add(struct gate_rules *rules, const struct gate_rule *rule,
		   struct error *err);

bool rule_list_suppress(struct gate_rules *rules,
			const struct suppression *suppression,
			struct error *err);

#endif
