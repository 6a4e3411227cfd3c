/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /dev/kmsg gives a message of several lines as one: "6,812,1034,-;a\x0a b".
 */
#ifndef PAGEOWL_INPUT_KMSG_ESCAPE_H
#define PAGEOWL_INPUT_KMSG_ESCAPE_H

#include "base/span.h"

/* Whether text may have lines to take apart. */
bool kmsg_escape_is_in(struct span text);

/*
 * Put line, which has its newline, into buffer as the kernel printed it, which
 * is no longer. Lines of others are left as they are.
 */
struct span kmsg_escape_undo(struct span line, char *buffer);

#endif
