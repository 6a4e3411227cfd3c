/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why something could not be done, in a sentence's words for the user. */
#ifndef SYMBOLIZE_REASON_H
#define SYMBOLIZE_REASON_H

#include <stdbool.h>

struct reason {
	char text[512]; /* empty: none. Control characters are escaped. */
};

/* Fill reason and return false. A reason that is NULL is not wanted. */
__attribute__((format(printf, 2, 3))) bool reason_set(struct reason *reason,
						      const char *format, ...);

/*
 * What of a path has room in a reason beside other words: all of it, but of
 * one that is very long the end. Borrowed from path.
 */
const char *reason_path(const char *path);

#endif
