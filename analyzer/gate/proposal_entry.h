/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The suppression that a finding calls for. For proposal.c. */
#ifndef PAGEOWL_GATE_PROPOSAL_ENTRY_H
#define PAGEOWL_GATE_PROPOSAL_ENTRY_H

#include "base/error.h"
#include "model/gate_result.h"

/*
 * A pattern of name that can be written into a rules file: '?' stands for
 * bytes that mean something there, or are no text.
 */
bool proposal_pattern(struct span name, struct arena *arena, struct span *ret);

/*
 * Fill in what an entry for row of finding is like; nothing of its maximum. Of
 * modules, categories, and the memory in no counter row may be NULL. Fails when
 * memory runs out.
 */
bool proposal_entry_make(const struct finding *finding,
			 const struct report_row *row, struct arena *arena,
			 struct suppression *ret, struct error *err);

/* Whether both are like the same things. */
bool proposal_entry_equal(const struct suppression *a,
			  const struct suppression *b);

/*
 * Make the maximum what was taken, rounded up. It is of bytes where there are
 * any, and of objects where those of some are not known.
 */
void proposal_entry_measure(struct suppression *entry, bool unsized,
			    int64_t bytes, int64_t records);

#endif
