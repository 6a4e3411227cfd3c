/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Source places within the text of a stack, as symbolized reports have them. A
 * line is a frame, with tabs around it: before it a function and a place for
 * each that was inlined into it, innermost first, and its own place behind it:
 *
 *   "kmalloc\tinclude/linux/slab.h:547\tadd_port+0xe7/0x220\tnet/port.c:142"
 *
 * They are no part of the stack: what lacks them is the same one.
 */
#ifndef PAGEOWL_MODEL_TOLD_TEXT_H
#define PAGEOWL_MODEL_TOLD_TEXT_H

#include "model/frame.h"

/* Where a report has more of them, the innermost are told. */
#define TOLD_PLACES_MAX 32

/* The frame of a line, which has none of this around it most often. */
struct span told_text_frame(struct span line);

/*
 * Fill in the places that line tells of the frame, if any; their text is copied
 * into arena. False when memory ran out.
 */
bool told_text_places(struct span line, struct arena *arena,
		      struct frame *frame);

#endif
