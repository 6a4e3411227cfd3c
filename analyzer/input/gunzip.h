/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text of a gzip file. As unpack.h has it of other compressions: damage
 * is data, and memory running out the only error.
 */
#ifndef PAGEOWL_INPUT_GUNZIP_H
#define PAGEOWL_INPUT_GUNZIP_H

#include "input/source.h"

struct gunzip;

/* Begin to decompress what io gives; it must stay valid as long. */
bool gunzip_create(struct source_io io, struct gunzip **ret, struct error *err);
void gunzip_destroy(struct gunzip *gunzip);

/*
 * Put text into buffer: as a source_io reads, with the gunzip as context. The
 * only failure is ENOMEM.
 */
ssize_t gunzip_read(void *context, void *buffer, size_t length);

/*
 * What was lost, in one line without a final stop, or "". Complete once
 * gunzip_read() has told the end; borrowed.
 */
const char *gunzip_loss(const struct gunzip *gunzip);

#endif
