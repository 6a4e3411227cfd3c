/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file of a capture while it is written. A capture must not measure itself:
 * what was written goes to the disk, and out of the page cache, as it grows.
 */
#ifndef PAGEOWL_STORE_STORED_FILE_H
#define PAGEOWL_STORE_STORED_FILE_H

#include <stdint.h>

#include "base/span.h"
#include "store/store_io.h"

enum { STORED_PARTS = 3 };

struct stored_file {
	const struct store_io *io;
	uint64_t length;
	uint64_t started; /* writing it to the disk was begun up to here */
	uint64_t dropped; /* it is on the disk, and not cached, up to here */
	int fd;		  /* below 0: not open */
	int lost; /* errno of what could not be written later on, or 0 */
};

/*
 * All of these fail with errno, and leave a length that is true. A file has
 * zeros between its end and at, where that is behind.
 */
bool stored_file_write(struct stored_file *file, uint64_t at,
		       struct span bytes);

/*
 * Write several parts one behind the other, in one call as far as the kernel
 * takes them: at most STORED_PARTS.
 */
bool stored_file_write_parts(struct stored_file *file, uint64_t at,
			     const struct span *parts, unsigned count);

/* Make it shorter; nothing to do where it is not longer. */
bool stored_file_cut(struct stored_file *file, uint64_t length);

/* Begin to write what is new, once it is much; wait for what was before. */
void stored_file_write_behind(struct stored_file *file);

/* On the disk, and out of the cache. */
bool stored_file_sync(struct stored_file *file);

/* Fails where the file system tells only now that it could not write. */
bool stored_file_close(struct stored_file *file);

#endif
