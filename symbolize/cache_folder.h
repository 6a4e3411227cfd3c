/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A folder of small files, each named by hexadecimal digits, that several
 * processes read and write at once without a lock. Bounded; links and files
 * of others in it are not believed.
 */
#ifndef SYMBOLIZE_CACHE_FOLDER_H
#define SYMBOLIZE_CACHE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CACHE_FOLDER_BYTES_MAX ((uint64_t)64 << 20)
#define CACHE_FOLDER_FILES_MAX 256

/* Seconds after which a file that was being written is left over. */
#define CACHE_LEFTOVER_S 3600

/*
 * Open a folder of ours; with create it is made, and what is missing above it.
 * -1: there is none. To be closed.
 */
int cache_folder_open(const char *path, bool create);

/* All of a file of at most limit bytes, to be freed; false: none to believe. */
bool cache_folder_read(int folder, const char *name, size_t limit,
		       unsigned char **ret, size_t *ret_length);

/* Put a file in the place of what was there, whole or not at all. */
bool cache_folder_write(int folder, const char *name,
			const unsigned char *bytes, size_t length);

/*
 * Remove what writers that were killed have left, and while there is more than
 * the folder may hold, the oldest files, but not the one called name.
 */
void cache_folder_prune(int folder, const char *name);

#endif
