/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "slab/kmalloc-64/alloc_traces:", which `grep -r` puts before a line. */
#ifndef PAGEOWL_FORMATS_PATH_PREFIX_H
#define PAGEOWL_FORMATS_PATH_PREFIX_H

#include "base/span.h"

/*
 * Take the path of a file with this name, and the colon behind it, off the
 * front of line. ret is the path; it may hold colons itself.
 */
bool path_prefix_take(struct span *line, struct span name, struct span *ret);

#endif
