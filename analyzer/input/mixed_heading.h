/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines that tell which file follows: "==> /proc/meminfo <==" of tail and
 * head, "--- /proc/meminfo ---", and "# cat /proc/meminfo" behind a prompt.
 */
#ifndef PAGEOWL_INPUT_MIXED_HEADING_H
#define PAGEOWL_INPUT_MIXED_HEADING_H

#include "formats/format.h"

struct mixed_heading {
	struct span path;	     /* as it stands there */
	const struct format *format; /* of that path; NULL: none we know */
};

/* Whether line is one. ret is left alone where it is not. */
bool mixed_heading_parse(struct span line, struct mixed_heading *ret);

/* Where the first line that is one begins in text, or NULL. */
const char *mixed_heading_find(struct span text);

#endif
