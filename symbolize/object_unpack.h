/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A compressed object file, unpacked into memory. */
#ifndef SYMBOLIZE_OBJECT_UNPACK_H
#define SYMBOLIZE_OBJECT_UNPACK_H

#include "symbolize/reason.h"

#include <stddef.h>
#include <stdint.h>

/* The bytes that tell how a file is compressed. */
#define PACKING_MAGIC_MAX 6

enum packing { PACKING_NONE, PACKING_GZIP, PACKING_XZ, PACKING_ZSTD };

/* How a file is compressed, by its first bytes. */
enum packing packing_of(const unsigned char *head, size_t length);

/*
 * Unpack the file of size bytes behind fd into one that has no name and that
 * nobody can change any more. Refused is what unpacks to more than 4 GiB, or
 * to far more than any object file does.
 */
bool object_unpack(int fd, uint64_t size, enum packing packing, int *ret_fd,
		   uint64_t *ret_size, struct reason *why);

#endif
