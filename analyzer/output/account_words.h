/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the account's enums; stable, as programs read them. */
#ifndef PAGEOWL_OUTPUT_ACCOUNT_WORDS_H
#define PAGEOWL_OUTPUT_ACCOUNT_WORDS_H

#include "model/budget.h"
#include "model/cross_check.h"

const char *account_owner_word(enum budget_owner owner);
const char *account_kind_word(enum budget_kind kind);
const char *account_state_word(enum check_state state);

/* NULL: a plain number. */
const char *account_unit_word(enum counter_unit unit);

#endif
