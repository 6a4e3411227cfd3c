/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `free` of procps prints of a capture, and what its words mean. */
#ifndef PAGEOWL_OUTPUT_TEXT_FREE_H
#define PAGEOWL_OUTPUT_TEXT_FREE_H

#include "output/account_view.h"

void text_free_write(struct account_view *view,
		     const struct account_side *side);

#endif
