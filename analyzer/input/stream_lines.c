/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/stream_lines.h"

#include <stdlib.h>

#include "input/read_ahead.h"

struct stream_lines {
	/* The bytes that were looked at to find the format, then the rest. */
	struct block_reader reader; /* first: line_blocks hands it back */
	struct read_ahead *ahead;
	char *head;
	size_t given, length, block_size;
	struct line_blocks blocks;
};

static bool next_of_head(struct block_reader *reader, char **ret_data,
			 size_t *ret_length, struct error *err)
{
	struct stream_lines *lines = (struct stream_lines *)reader;
	size_t length = lines->length - lines->given;
	struct block_reader *rest;

	if (!length) {
		rest = read_ahead_reader(lines->ahead);
		return rest->next(rest, ret_data, ret_length, err);
	}
	if (length > lines->block_size)
		length = lines->block_size;
	*ret_data = lines->head + lines->given;
	*ret_length = length;
	lines->given += length;
	return true;
}

bool stream_lines_create(struct source *source, char *head, size_t head_length,
			 size_t block_size, bool threaded,
			 struct stream_lines **ret, struct error *err)
{
	struct stream_lines *lines = calloc(1, sizeof(*lines));

	if (!lines)
		return error_no_memory(err);
	if (!read_ahead_create(source, block_size, threaded, &lines->ahead,
			       err)) {
		free(lines);
		return false;
	}
	lines->reader.next = next_of_head;
	lines->head = head;
	lines->length = head_length;
	lines->block_size = block_size;
	lines->blocks.reader = &lines->reader;
	*ret = lines;
	return true;
}

void stream_lines_destroy(struct stream_lines *lines)
{
	if (!lines)
		return;
	read_ahead_destroy(lines->ahead);
	free(lines);
}

bool stream_lines_next(struct stream_lines *lines, struct span *ret,
		       struct error *err)
{
	return line_blocks_next(&lines->blocks, ret, err);
}
