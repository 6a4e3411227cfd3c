/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line in a buffer of fixed size. What does not fit is cut between two
 * characters, and "..." stands for it. */
#ifndef PAGEOWL_OUTPUT_BOUNDED_LINE_H
#define PAGEOWL_OUTPUT_BOUNDED_LINE_H

#include "base/span.h"

struct bounded_line {
	char *at; /* always ended by a NUL */
	size_t capacity, length;
	bool full; /* it was cut: nothing more is put */
};

/* An empty line in buffer, of 8 bytes or more. */
void bounded_line_init(struct bounded_line *line, char *buffer,
		       size_t capacity);

__attribute__((format(printf, 2, 3))) void bounded_line_put(
	struct bounded_line *line, const char *format, ...);

/* Untrusted text, escaped. */
void bounded_line_quote(struct bounded_line *line, struct span text);

#endif
