/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Suppressions in words: what they are for, and what became of them. Texts are
 * written into ret, which has FINDING_TEXT_CAPACITY bytes, as findings are.
 */
#ifndef PAGEOWL_OUTPUT_SUPPRESSION_TEXT_H
#define PAGEOWL_OUTPUT_SUPPRESSION_TEXT_H

#include "model/gate_result.h"
#include "output/bounded_line.h"

/* "frames churn_warm_fill warm_set, module churn" */
const char *suppression_title(const struct suppression *suppression, char *ret);

/* The same at the end of a line. */
void suppression_put_title(struct bounded_line *line,
			   const struct suppression *suppression);

/* "+4.3 MiB of at most 8.0 MiB, 1 stack: a cache of 4,000 entries"; of others
 * "nothing that grew is like it", "expired on 2026-06-30". */
const char *suppression_text(const struct suppression *suppression, char *ret);

#endif
