/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to do so that `account` can name who holds memory. */
#ifndef PAGEOWL_CLI_ACCOUNT_STEPS_H
#define PAGEOWL_CLI_ACCOUNT_STEPS_H

#include "cli/account_join.h"

/* Fill in report.steps where stacks lack, and report.slab_steps. */
bool account_steps_make(struct account_join *join, struct error *err);

#endif
