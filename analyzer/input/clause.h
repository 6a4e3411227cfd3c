/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line that tells of several things, divided by semicolons. */
#ifndef PAGEOWL_INPUT_CLAUSE_H
#define PAGEOWL_INPUT_CLAUSE_H

#include <stddef.h>
#include <stdint.h>

/* Add one thing to the string in line; what exceeds capacity is cut. */
__attribute__((format(printf, 3, 4))) void clause_add(char *line,
						      size_t capacity,
						      const char *format, ...);

/* The "s" of "bytes", or none. */
static inline const char *clause_plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

#endif
