/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of an input that is read from front to end, one thread ahead of
 * another.
 */
#ifndef PAGEOWL_INPUT_STREAM_LINES_H
#define PAGEOWL_INPUT_STREAM_LINES_H

#include "input/line_blocks.h"
#include "input/source.h"

struct stream_lines;

/*
 * What was read of source already, the head, comes first; it has
 * LINE_MAX_LENGTH bytes of room before it and stays the caller's, as the
 * source does.
 */
bool stream_lines_create(struct source *source, char *head, size_t head_length,
			 size_t block_size, bool threaded,
			 struct stream_lines **ret, struct error *err);
void stream_lines_destroy(struct stream_lines *lines);

/* As line_blocks_next(). */
bool stream_lines_next(struct stream_lines *lines, struct span *ret,
		       struct error *err);

#endif
