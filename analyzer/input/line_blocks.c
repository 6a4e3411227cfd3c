/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memrchr */
#include "input/line_blocks.h"

/* Leave out the rest of a line whose beginning was delivered. */
static bool drop_rest(struct line_blocks *blocks, struct span *data)
{
	const char *newline;

	if (!blocks->dropping)
		return data->length > 0;
	newline = memchr(data->at, '\n', data->length);
	if (!newline)
		return false;
	blocks->dropping = false;
	*data = span_between(newline + 1, span_end(*data));
	return data->length > 0;
}

/* Put what is left of the block before in front of this one. */
static struct span with_carry(struct line_blocks *blocks, struct span data)
{
	char *front = (char *)data.at - blocks->carry_length;

	blocks->lines_at = blocks->read - data.length - blocks->carry_length;
	memcpy(front, blocks->carry, blocks->carry_length);
	data = (struct span){front, data.length + blocks->carry_length};
	blocks->carry_length = 0;
	return data;
}

/* Keep the line that has begun; a line too long is ended here. */
static struct span split_tail(struct line_blocks *blocks, struct span data)
{
	const char *newline = memrchr(data.at, '\n', data.length);
	const char *tail = newline ? newline + 1 : data.at;
	size_t length = (size_t)(span_end(data) - tail);

	if (length < LINE_MAX_LENGTH) {
		memcpy(blocks->carry, tail, length);
		blocks->carry_length = length;
		return span_between(data.at, tail);
	}
	blocks->dropping = true;
	((char *)tail)[LINE_MAX_LENGTH - 1] = '\n';
	return span_between(data.at, tail + LINE_MAX_LENGTH);
}

bool line_blocks_next(struct line_blocks *blocks, struct span *ret,
		      struct error *err)
{
	struct span lines = {NULL, 0}, data;
	char *bytes;
	size_t length;

	while (!lines.length && !blocks->ended) {
		if (!blocks->reader->next(blocks->reader, &bytes, &length, err))
			return false;
		data = (struct span){bytes, length};
		blocks->read += length;
		if (length == 0) {
			blocks->ended = true;
			blocks->lines_at = blocks->read - blocks->carry_length;
			lines = (struct span){blocks->carry,
					      blocks->carry_length};
		} else if (drop_rest(blocks, &data)) {
			lines = split_tail(blocks, with_carry(blocks, data));
		}
	}
	*ret = lines;
	return true;
}
