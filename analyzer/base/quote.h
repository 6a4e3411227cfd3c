/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Untrusted text made printable. A task can be named "x\n\nPFN 0x1 typ" or
 * "\033[2J": what is shown is escaped, bytes that are no UTF-8 included.
 */
#ifndef PAGEOWL_BASE_QUOTE_H
#define PAGEOWL_BASE_QUOTE_H

#include "base/span.h"

/* Enough for any text that QUOTE_LIMIT lets through. */
#define QUOTE_LIMIT    60
#define QUOTE_CAPACITY (4 * QUOTE_LIMIT + 4)

/*
 * Write at most limit bytes of text into ret, escaped (\n, \t, \\, \xNN) and
 * terminated; "..." stands for what was cut. Valid UTF-8 stays, but for
 * control and direction characters. Never writes more than capacity bytes.
 */
void quote_text(struct span text, size_t limit, char *ret, size_t capacity);

/*
 * What quote_text() has escaped as it was: ret, not terminated, has room for
 * text.length bytes. False where text has a backslash that stands for nothing,
 * or for a byte 0.
 */
bool quote_undo(struct span text, char *ret, size_t *ret_length);

/* Room for a path as quote_path() writes it. */
#define QUOTE_PATH_CAPACITY (4 * QUOTE_CAPACITY)

/* A path as messages have it, escaped; "-" is standard input. */
void quote_path(const char *path, char ret[QUOTE_PATH_CAPACITY]);

/*
 * The length of the valid, harmless UTF-8 sequence at the front of text (its
 * code point goes to ret_code), or 0.
 */
size_t quote_utf8(struct span text, uint32_t *ret_code);

/* The same of any valid sequence, harmful or not. */
size_t quote_decode(struct span text, uint32_t *ret_code);

#endif
