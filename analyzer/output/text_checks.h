/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cross-checks: one line when all agree, else both sides of what does
 * not. */
#ifndef PAGEOWL_OUTPUT_TEXT_CHECKS_H
#define PAGEOWL_OUTPUT_TEXT_CHECKS_H

#include "output/account_view.h"

/* whose is "" or says of which capture: " (old)". */
void text_checks_write(struct account_view *view,
		       const struct account_side *side, const char *whose);

/* Whether there is none that differs, or has the impossible. */
bool text_checks_agree(const struct account_side *side);

#endif
