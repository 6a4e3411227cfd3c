/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `free` prints, and how the kernel comes to MemAvailable. */
#ifndef PAGEOWL_ACCOUNT_FREE_BUILD_H
#define PAGEOWL_ACCOUNT_FREE_BUILD_H

#include "account/budget_reader.h"

/* As procps does since 4.0.1, of the rows that there are. */
void free_build(struct budget_reader *reader, struct free_view *ret);

#endif
