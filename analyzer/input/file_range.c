/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/file_range.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* The lines of a range that starts inside the file begin one byte early, so
 * that a range which starts exactly at a line is told from one that does not.
 */
static uint64_t first_byte(const struct file_range *range)
{
	return range->begin ? range->begin - 1 : 0;
}

static bool read_block(struct block_reader *reader, char **ret_data,
		       size_t *ret_length, struct error *err)
{
	struct file_range *range = (struct file_range *)reader;
	char *data = range->buffer + LINE_MAX_LENGTH;
	ssize_t got;

	do
		got = pread(range->fd, data, range->block_size,
			    (off_t)range->at);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_set(err, ERROR_IO, "cannot read: %s",
				 strerror(errno));
	range->at += (uint64_t)got;
	*ret_data = data;
	*ret_length = (size_t)got;
	return true;
}

bool file_range_init(struct file_range *range, int fd, uint64_t begin,
		     uint64_t end, size_t block_size,
		     const struct format *format, struct error *err)
{
	memset(range, 0, sizeof(*range));
	range->buffer = malloc(LINE_MAX_LENGTH + block_size + 1);
	if (!range->buffer)
		return error_no_memory(err);
	range->reader.next = read_block;
	range->blocks.reader = &range->reader;
	range->format = format;
	range->fd = fd;
	range->begin = begin;
	range->end = end;
	range->at = first_byte(range);
	range->block_size = block_size;
	range->found = begin == 0;
	return true;
}

void file_range_deinit(struct file_range *range)
{
	free(range->buffer);
	range->buffer = NULL;
}

/* Pass the line that began before the range; false: it is all there is. */
static bool pass_line(struct span *lines)
{
	struct span ignored;

	span_take_line(lines, &ignored);
	return lines->length > 0;
}

/* Leave out what lies before the first record of the range. */
static void find_begin(struct file_range *range, struct span *lines)
{
	const char *record = NULL;

	if (range->started || pass_line(lines))
		record = range->format->resync(*lines);
	if (record) {
		*lines = span_between(record, span_end(*lines));
		range->found = true;
	} else {
		lines->length = 0;
	}
}

/*
 * Leave out what belongs to the next range: everything from the first record
 * on whose line starts at or behind the end.
 */
static void find_end(struct file_range *range, struct span *lines,
		     uint64_t lines_at)
{
	struct span beyond = *lines;
	const char *record;

	if (lines_at + lines->length <= range->end)
		return;
	if (lines_at < range->end) {
		/* From the byte before the end: the line there is ours. */
		beyond = span_skip(*lines, range->end - 1 - lines_at);
		if (!pass_line(&beyond))
			return;
	}
	record = range->format->resync(beyond);
	if (!record)
		return;
	lines->length = (size_t)(record - lines->at);
	range->done = true;
}

bool file_range_next(struct file_range *range, struct span *ret,
		     struct error *err)
{
	struct span lines = {NULL, 0};

	while (!lines.length && !range->done) {
		if (!line_blocks_next(&range->blocks, &lines, err))
			return false;
		if (!lines.length) {
			range->done = true;
			range->ended = true;
			break;
		}
		find_end(range, &lines,
			 first_byte(range) + range->blocks.lines_at);
		if (!range->found && lines.length)
			find_begin(range, &lines);
		range->started = true;
	}
	*ret = lines;
	return true;
}
