/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The running kernel's page_owner as one text, read by several processes and
 * given out in the order of page frames. No more of it is held than the pieces
 * of the readers, packed.
 */
#ifndef PAGEOWL_LIVE_LIVE_STREAM_H
#define PAGEOWL_LIVE_LIVE_STREAM_H

#include "input/source.h"
#include "live/reader.h"

struct live_stream;

/*
 * jobs is the number of readers, 0: one for each CPU; io is NULL for the
 * kernel's files. Fails when nothing of path can be read.
 */
bool live_stream_create(const char *path, unsigned jobs,
			const struct owner_io *io, struct live_stream **ret,
			struct error *err);

/* Ends the readers. Its source must not be used any more. */
void live_stream_destroy(struct live_stream *stream);

/* The text; it stays the stream's. */
struct source *live_stream_source(struct live_stream *stream);

/* Once the source has told its end: records that the kernel refused. */
uint64_t live_stream_refused(const struct live_stream *stream);

/* … and why there is no more text, in one line; empty: that was all. */
void live_stream_loss(const struct live_stream *stream, char *ret,
		      size_t capacity);

#endif
