/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file of a tar archive. Where it is packed as a whole it is a row of gzip
 * members: what tar needs between the texts goes into members of its own.
 */
#ifndef PAGEOWL_STORE_TAR_FILE_H
#define PAGEOWL_STORE_TAR_FILE_H

#include "store/gzip_member.h"
#include "store/stored_file.h"
#include "store/tar_header.h"

enum {
	/* What is packed at once. */
	TAR_PIECE = 64 << 10,
	/* What packing adds to that at the most, and more. */
	TAR_OVERHEAD = 1 << 10,
	/* Zeros at the end of an archive. */
	TAR_END = 1024,
};

struct tar_file {
	struct stored_file file;
	struct gzip_packer *packer; /* of an archive packed as a whole */
	char piece[TAR_PIECE + TAR_OVERHEAD];
	char front[TAR_NAMES_MAX + TAR_BLOCK + TAR_OVERHEAD];
};

/*
 * All that stands before the data of entry, as it is in the file; until it is
 * asked for again.
 */
struct span tar_file_front(struct tar_file *tar, const struct tar_entry *entry);

/*
 * Write all of entry with one call, as far as the kernel takes it; data are as
 * they are in the file. On failure errno tells why.
 */
bool tar_file_entry(struct tar_file *tar, uint64_t at,
		    const struct tar_entry *entry, struct span data);

/* Write bytes; moves at. On failure errno tells why. */
bool tar_file_write(struct tar_file *tar, uint64_t *at, struct span bytes);

/* The same of zeros, at most TAR_END. */
bool tar_file_zeros(struct tar_file *tar, uint64_t *at, size_t length);

/*
 * The same of what is written again later: it is only stored, so that other
 * bytes take as much room. At most TAR_PIECE - 1.
 */
bool tar_file_store(struct tar_file *tar, uint64_t *at, struct span bytes);

/*
 * Move at, which is the end of the file, so far that a block that is stored
 * there lies within one page.
 */
bool tar_file_align(struct tar_file *tar, uint64_t *at);

#endif
