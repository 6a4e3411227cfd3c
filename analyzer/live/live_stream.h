/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The running kernel's page_owner as one text, read by several processes and
 * given out in the order of page frames. No more of it is held than the pieces
 * of the readers.
 */
#ifndef PAGEOWL_LIVE_LIVE_STREAM_H
#define PAGEOWL_LIVE_LIVE_STREAM_H

#include "input/source.h"
#include "live/reader.h"

/*
 * The source owns the readers, which end with it; its loss tells why they
 * stopped. jobs is the number of readers, 0: one for each CPU; io is NULL for
 * the kernel's files. Fails when nothing of path can be read.
 */
bool live_stream_create(const char *path, unsigned jobs,
			const struct owner_io *io, struct source **ret,
			struct error *err);

#endif
