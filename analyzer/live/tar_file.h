/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file of a tar archive. Where it is packed as a whole it is a row of gzip
 * members: what tar needs between the texts goes into members that are only
 * stored, whose length does not change when a header is written anew.
 */
#ifndef PAGEOWL_LIVE_TAR_FILE_H
#define PAGEOWL_LIVE_TAR_FILE_H

#include "live/stored_file.h"

enum {
	/* What is stored at once. */
	TAR_PIECE = 32 << 10,
	/* What storing adds to that, and more. */
	TAR_OVERHEAD = 1 << 10,
	/* Zeros at the end of an archive. */
	TAR_END = 1024,
};

struct tar_file {
	struct stored_file file;
	bool packed; /* as a whole */
	char stored[TAR_PIECE + TAR_OVERHEAD];
};

/* What length bytes take, of which at most TAR_PIECE are written at once. */
uint64_t tar_file_length(const struct tar_file *tar, size_t length);

/* Write what is no packed text; moves at. On failure errno tells why. */
bool tar_file_write(struct tar_file *tar, uint64_t *at, struct span bytes);

/* The same of zeros, at most TAR_END. */
bool tar_file_zeros(struct tar_file *tar, uint64_t *at, size_t length);

#endif
