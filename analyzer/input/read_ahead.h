/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blocks of a source, read one or two blocks ahead by a thread of its own, so
 * that reading and decompression overlap with parsing.
 */
#ifndef PAGEOWL_INPUT_READ_AHEAD_H
#define PAGEOWL_INPUT_READ_AHEAD_H

#include "input/line_blocks.h"
#include "input/source.h"

struct read_ahead;

/*
 * Start reading. block_size is in bytes; without a thread each block is read
 * when it is asked for. The source stays the caller's.
 */
bool read_ahead_create(struct source *source, size_t block_size, bool threaded,
		       struct read_ahead **ret, struct error *err);

/* Stops the thread, wherever it is in the source. */
void read_ahead_destroy(struct read_ahead *ahead);

/* A block stays valid until the next one is asked for. */
struct block_reader *read_ahead_reader(struct read_ahead *ahead);

#endif
