/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes the remainders of two captures comparable: what only one of them tells
 * would else look like growth.
 */
#ifndef PAGEOWL_ACCOUNT_BUDGET_EVEN_H
#define PAGEOWL_ACCOUNT_BUDGET_EVEN_H

#include "account/budget_build.h"

/*
 * Where kernel stacks lie is the same for two captures of one kernel: what one
 * of them knows holds for both, NEW's word before OLD's.
 */
void budget_even_facts(struct budget_facts facts[2]);

/*
 * Leave parts that only one of two known budgets has out of its sum: they are
 * BUDGET_BESIDE then, with what lies inside them, and in both remainders. Fails
 * when memory runs out.
 */
bool budget_even(struct budget *const budgets[2], struct arena *arena,
		 struct error *err);

#endif
