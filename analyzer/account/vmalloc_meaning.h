/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What VmallocUsed says, and whether kernel stacks lie in what it counts. */
#ifndef PAGEOWL_ACCOUNT_VMALLOC_MEANING_H
#define PAGEOWL_ACCOUNT_VMALLOC_MEANING_H

#include "account/budget_reader.h"

/* Decide both, and leave notes on why. */
void vmalloc_meaning_decide(struct budget_reader *reader);

/* Whether there is a part that has what vmalloc() took. */
bool vmalloc_is_counted(const struct budget_reader *reader);

#endif
