/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What kmemleak has to say of those who hold memory, and they of its objects:
 * how many of the objects that a call allocated nothing points to any more.
 */
#ifndef PAGEOWL_ACCOUNT_CORROBORATE_LEAKS_H
#define PAGEOWL_ACCOUNT_CORROBORATE_LEAKS_H

#include "account/corroborate.h"

/*
 * Note in each suspected group of an arranged report what the witness shows of
 * the same calls; either of the two must be kmemleak. kmemleak misses objects
 * and never lists pages: each that it finds is worth telling, so fewer of them
 * agree, too, and more of them only within a tenth. Where both have stacks it
 * is noted whether these agree; if not, or if not each row of a group does, it
 * is said of the function only. exact: the stacks of all sides can be compared.
 */
bool corroborate_leaks(struct report *report, const struct witness *witness,
		       bool exact, struct error *err);

#endif
