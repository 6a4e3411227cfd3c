/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands before a member of a tar archive, in the way of GNU tar, which
 * every tar of today reads: names of any length, sizes over 8 GiB.
 */
#ifndef PAGEOWL_STORE_TAR_HEADER_H
#define PAGEOWL_STORE_TAR_HEADER_H

#include <limits.h>
#include <stdint.h>

#include "base/span.h"

enum {
	TAR_BLOCK = 512,
	/* Longer ones are written before the header. */
	TAR_NAME = 100,
	/* A path and a target in full, each with a header of its own. */
	TAR_NAMES_MAX = 2 * (TAR_BLOCK + 2 * PATH_MAX),
};

enum tar_type {
	TAR_FILE = '0',
	TAR_LINK = '2',
	TAR_FOLDER = '5',
};

struct tar_entry {
	struct span name;   /* with the folders before it; below 2 PATH_MAX */
	struct span target; /* of a link */
	enum tar_type type;
	uint64_t size; /* of the data that follows */
	int64_t mtime;
};

/* The blocks of the names that are too long; returns their length. */
size_t tar_names_write(const struct tar_entry *entry, char ret[TAR_NAMES_MAX]);

/* The block before the data. */
void tar_header_write(const struct tar_entry *entry, char ret[TAR_BLOCK]);

/* What makes path the name of an archive: ".tar.gz", ".tgz", ".tar"; or "". */
struct span tar_suffix(const char *path);

/*
 * The folder that all of an archive is in: "t1/" of "/srv/t1.tar.gz". Returns
 * its length.
 */
size_t tar_folder_name(const char *path, char ret[NAME_MAX + 2]);

/* How many zeros fill the last block of data. */
size_t tar_padding(uint64_t size);

#endif
