/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decompression of a single stream that is not gzip, by libarchive, without
 * ever starting another program. Damage is data, not an error: what can be
 * read is given out, and unpack_loss() tells what could not. Built without
 * libarchive, nothing can be read.
 */
#ifndef PAGEOWL_INPUT_UNPACK_H
#define PAGEOWL_INPUT_UNPACK_H

#include "input/packed.h"
#include "input/source.h"

struct unpack;

/* Name and version of the library, such as "libarchive 3.6.2", or "none". */
const char *unpack_backend(void);

/* Whether this kind can be read; not all libraries have all of them. */
bool unpack_reads(enum packed_stream stream);

/* Begin to decompress what io gives; it must stay valid as long. */
bool unpack_create(struct source_io io, struct unpack **ret, struct error *err);
void unpack_destroy(struct unpack *unpack);

/*
 * Put text into buffer: as a source_io reads, with the unpack as context. The
 * only failure is ENOMEM.
 */
ssize_t unpack_read(void *context, void *buffer, size_t length);

/*
 * What was lost, in one line without a final stop, or "". Complete once
 * unpack_read() has told the end; borrowed.
 */
const char *unpack_loss(const struct unpack *unpack);

#endif
