/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compressed files and archives that we do not read, known by their head. */
#ifndef PAGEOWL_INPUT_PACKED_H
#define PAGEOWL_INPUT_PACKED_H

#include <stdbool.h>

#include "base/error.h"
#include "base/span.h"

/* Bytes from the start of a file that tell all of them. */
enum { PACKED_HEAD = 262 };

/*
 * Fail with ERROR_FORMAT, and say what to do, when head is the beginning of
 * such a file. The path is what a user would type, name is for messages.
 */
bool packed_refuse(struct span head, const char *path, const char *name,
		   struct error *err);

#endif
