/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a frame's places is shown where there is room for one. */
#ifndef PAGEOWL_ACCOUNT_TOLD_PLACE_H
#define PAGEOWL_ACCOUNT_TOLD_PLACE_H

#include "model/frame.h"

/*
 * Set frame->told_place: the innermost place of a function that is no
 * allocator or helper, as the blamed frame is chosen among frames; where all
 * are, the outermost. One without a file tells nothing.
 */
void told_place_choose(struct frame *frame);

#endif
