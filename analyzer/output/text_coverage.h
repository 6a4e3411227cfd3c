/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of each kind by counters and by stacks: why the rest is believable. */
#ifndef PAGEOWL_OUTPUT_TEXT_COVERAGE_H
#define PAGEOWL_OUTPUT_TEXT_COVERAGE_H

#include "output/account_view.h"

/* whose is "" or says of which capture: " (old)". */
void text_coverage_write(struct account_view *view,
			 const struct account_side *side, const char *whose);

/* Whether all kinds agree. */
bool text_coverage_agrees(const struct account_side *side);

#endif
