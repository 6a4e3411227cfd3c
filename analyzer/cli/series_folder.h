/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Operands that stand for several captures: the folder of a series, as
 * `capture --every` fills it.
 */
#ifndef PAGEOWL_CLI_SERIES_FOLDER_H
#define PAGEOWL_CLI_SERIES_FOLDER_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/* Zeroed is empty. */
struct capture_paths {
	const char **paths; /* ended by NULL */
	size_t count, capacity;
	struct arena arena; /* of names found in folders */
};

/*
 * Add what an operand stands for: the captures "0001", "0002", … in it, or the
 * archives "night-0001.tar.gz" and so on, in the order of their numbers, where
 * it is a folder of at least two of them and no capture itself; else the
 * operand, whatever it is.
 */
bool capture_paths_add(struct capture_paths *paths, const char *operand,
		       struct error *err);

void capture_paths_deinit(struct capture_paths *paths);

#endif
