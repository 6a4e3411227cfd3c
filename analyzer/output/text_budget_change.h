/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where all of MemTotal was and is: OLD, NEW, and the change, with bars. */
#ifndef PAGEOWL_OUTPUT_TEXT_BUDGET_CHANGE_H
#define PAGEOWL_OUTPUT_TEXT_BUDGET_CHANGE_H

#include "output/account_view.h"

/*
 * "In no counter: +21.2 MiB …": what there is to explain. Nothing is written
 * unless both captures have a budget.
 */
void text_budget_change_headline(const struct account_view *view);

void text_budget_change_write(struct account_view *view);

/* Whether both captures have a budget. */
bool text_budget_change_known(const struct account_view *view);

#endif
