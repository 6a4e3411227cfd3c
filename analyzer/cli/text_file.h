/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that people have written, read as a whole. */
#ifndef PAGEOWL_CLI_TEXT_FILE_H
#define PAGEOWL_CLI_TEXT_FILE_H

#include "base/arena.h"
#include "base/error.h"

#define TEXT_FILE_MAX ((size_t)16 << 20)

/*
 * Read the text of path, compressed or not; "-" is standard input. It lives in
 * arena. Fails, with the path in the error, when it cannot be read, is damaged
 * or is larger than TEXT_FILE_MAX.
 */
bool text_file_read(const char *path, struct arena *arena, struct span *ret,
		    struct error *err);

#endif
