/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "\033[33m" and the like, which `dmesg --color` puts into lines. */
#ifndef PAGEOWL_FORMATS_COLOURS_H
#define PAGEOWL_FORMATS_COLOURS_H

#include "base/span.h"

/* Put line into ret without them, which is no longer; returns its length. */
size_t colours_drop(struct span line, char *ret);

/*
 * The line without them: itself where it has none, or is longer than room;
 * else in room, which has so many bytes.
 */
struct span colours_take_off(struct span line, char *room, size_t capacity);

#endif
