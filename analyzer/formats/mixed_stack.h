/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stacks of page allocations into which the frames of another CPU's stack have
 * come, since both print into one log.
 */
#ifndef PAGEOWL_FORMATS_MIXED_STACK_H
#define PAGEOWL_FORMATS_MIXED_STACK_H

#include "base/span.h"

/*
 * Whether the frames, " name+0x1/0x2 [mod]\n" each, the innermost first, cannot
 * be those of one allocation. Not each mixture can be told.
 */
bool mixed_stack_of_page(struct span frames);

#endif
