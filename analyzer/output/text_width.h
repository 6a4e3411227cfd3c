/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How wide a text is on a terminal, and making it fit. */
#ifndef PAGEOWL_OUTPUT_TEXT_WIDTH_H
#define PAGEOWL_OUTPUT_TEXT_WIDTH_H

#include "base/arena.h"

/* Columns of a terminal that a text takes. */
size_t text_width(const char *text);

/* Copy of text with its middle cut out so that it fits; NULL: no memory. */
char *text_cut(struct arena *arena, const char *text, size_t width);

/* The same of a path, with folders cut from its front: "…/slub.c:12". */
char *text_cut_left(struct arena *arena, const char *text, size_t width);

#endif
