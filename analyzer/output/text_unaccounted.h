/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds what is in no counter: the stacks, and how much they explain. */
#ifndef PAGEOWL_OUTPUT_TEXT_UNACCOUNTED_H
#define PAGEOWL_OUTPUT_TEXT_UNACCOUNTED_H

#include "output/account_view.h"

/* Of one capture, or of the change between two. */
void text_unaccounted_write(struct account_view *view);

#endif
