/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds kernel memory that a counter has. For text_account.c. */
#ifndef PAGEOWL_OUTPUT_TEXT_COUNTED_H
#define PAGEOWL_OUTPUT_TEXT_COUNTED_H

#include "output/account_view.h"

void text_counted_write(struct account_view *view);

#endif
