/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What logs and mail put before a line of a dump: "[  123.456789] ", "<4>",
 * "Jan  4 09:53:54 host kernel: ", "> ", colours.
 */
#ifndef PAGEOWL_FORMATS_LOG_PREFIX_H
#define PAGEOWL_FORMATS_LOG_PREFIX_H

#include "base/span.h"

/* The length of the prefixes at the front of line; 0: none. */
size_t log_prefix_length(struct span line);

#endif
