/* SPDX-License-Identifier: GPL-3.0-or-later */
/* That nothing got lost between a dump and the rows of a report. */
#ifndef PAGEOWL_TESTS_FUZZ_BALANCE_H
#define PAGEOWL_TESTS_FUZZ_BALANCE_H

#include "model/row_set.h"
#include "model/snapshot.h"

/*
 * Records seen = counted + filtered + skipped, and the rows make the sum.
 * Aborts where that is not so.
 */
void balance_check(const struct snapshot *snapshot, const struct row_set *set);

#endif
