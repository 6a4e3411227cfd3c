/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patterns of names, as people write them. */
#ifndef PAGEOWL_BASE_PATTERN_H
#define PAGEOWL_BASE_PATTERN_H

#include "base/span.h"

/*
 * Whether all of text is like pattern: "*" stands for any text, "?" for any
 * byte, the rest for itself.
 */
bool pattern_matches(struct span pattern, struct span text);

#endif
