/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Paths within a folder that is written. Each part is opened in the one
 * before, and none through a symbolic link: so no path leads out.
 */
#ifndef PAGEOWL_STORE_FOLDER_PATHS_H
#define PAGEOWL_STORE_FOLDER_PATHS_H

#include <stdbool.h>

#include "store/store_io.h"

/* A folder is its owner's alone. */
enum { FOLDER_MODE = 0700 };

/* Flags to open a folder with. */
extern const int folder_flags;

/*
 * Open the folder that path, within the folder top, lies in; make it where
 * make is true. *ret_name is what stands behind the last slash. -1: errno
 * tells why.
 */
int folder_open_parent(const struct store_io *io, int top, const char *path,
		       bool make, const char **ret_name);

/*
 * Remove a file, and the folders that it leaves empty. On failure errno tells
 * why. The path is shorter than PATH_MAX.
 */
bool folder_remove(const struct store_io *io, int top, const char *path);

/* Close, unless fd is below 0; errno stays. */
void folder_close(int fd);

#endif
