/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compressed files and archives, known by their head. */
#ifndef PAGEOWL_INPUT_PACKED_H
#define PAGEOWL_INPUT_PACKED_H

#include <stdbool.h>

#include "base/error.h"
#include "base/span.h"

/* Bytes from the start of a file that tell all of them: a header of tar. */
enum { PACKED_HEAD = 512 };

/* One stream, compressed; gzip is not among them, it has inflate.h. */
enum packed_stream {
	PACKED_NONE,
	PACKED_XZ,
	PACKED_LZMA, /* what xz made before there was xz */
	PACKED_LZIP,
	PACKED_ZSTD,
	PACKED_LZ4,
	PACKED_BZIP2,
	PACKED_COMPRESS,
};

/* How head, the beginning of a file, is compressed. */
enum packed_stream packed_stream(struct span head);

/*
 * Whether head begins a tar archive of any kind: its first header has the
 * checksum that it says. No text does by chance.
 */
bool packed_is_tar(struct span head);

/*
 * Fail with ERROR_FORMAT, and say what to do, when head is the beginning of
 * a compressed file or an archive other than tar. The path is what a user
 * would type, name is for messages.
 */
bool packed_refuse(struct span head, const char *path, const char *name,
		   struct error *err);

/* The same of a tar archive, always. */
bool packed_refuse_tar(const char *path, const char *name, struct error *err);

#endif
