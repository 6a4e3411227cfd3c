/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings while they are made: names, fingerprints, and their order. */
#ifndef PAGEOWL_GATE_FINDING_LIST_H
#define PAGEOWL_GATE_FINDING_LIST_H

#include "base/error.h"
#include "gate/judged_rows.h"

/* Zeroed is empty. */
struct finding_list {
	struct finding *findings;
	size_t count, capacity;
};

/* What a row tells of a finding of its stack or its function. */
void finding_name(struct finding *finding, const struct judged_row *row);

void finding_set_growth(struct finding *finding, const struct growth *growth);

/* Add a copy of finding, which gets its fingerprint; several: it adds up
 * categories. */
bool finding_list_add(struct finding_list *list, struct arena *arena,
		      const struct finding *finding, bool several,
		      struct error *err);

/* Failing first, then by growth, then by names: no two are alike. Nor are two
 * fingerprints of one rule. */
void finding_list_sort(struct finding_list *list);

#endif
