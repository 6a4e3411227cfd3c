/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of source files, as the reader of a kernel tree knows them: without
 * the folder that the kernel was built in.
 */
#ifndef SYMBOLIZE_SOURCE_PATH_H
#define SYMBOLIZE_SOURCE_PATH_H

#include <stddef.h>

/* Drop "." and "x/.." and doubled slashes, in place. */
void source_path_clean(char *path);

/*
 * The length of the build folder at the front of path, a clean one, which is
 * that of the file called tail: of "/usr/src/linux/init/main.c" and
 * "init/main.c" 15. 0: it has another name.
 */
size_t source_path_prefix(const char *path, const char *tail);

#endif
