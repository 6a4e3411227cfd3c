/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What terminals have in lines besides their text: colours and other control
 * sequences, "\033[0;33m", and a second '\r' before the newline.
 */
#ifndef PAGEOWL_INPUT_TERMINAL_TEXT_H
#define PAGEOWL_INPUT_TERMINAL_TEXT_H

#include "base/span.h"

/* Whether text may have any of it. */
bool terminal_text_is_in(struct span text);

/* Put line, with its newline, into buffer as it reads, which is no longer. */
struct span terminal_text_clean(struct span line, char *buffer);

#endif
