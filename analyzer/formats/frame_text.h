/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the lines of a record look like, shared by the formats that have them.
 */
#ifndef PAGEOWL_FORMATS_FRAME_TEXT_H
#define PAGEOWL_FORMATS_FRAME_TEXT_H

#include "base/span.h"

/*
 * Whether line, without spaces before it, is a whole frame:
 * "sym+0x1a/0x2c", with " [module]", or "0xffffffffc0123456"; a raw
 * "[<address>] " may stand before either.
 */
bool frame_text_is_whole(struct span line);

/*
 * Whether a space stands where no frame has one: but before "[module]" and
 * behind "[<address>]". As text_scan has it.
 */
bool frame_text_has_odd_space(struct span frame);

/* Whether line holds nothing but spaces, tabs and CR. */
bool frame_text_is_blank(struct span line);

#endif
