/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A range of a plain file, cut at records: it begins with the first record
 * that starts at or behind `begin` and ends before the first one that starts
 * at or behind `end`. Ranges that touch share no record and lose none.
 */
#ifndef PAGEOWL_INPUT_FILE_RANGE_H
#define PAGEOWL_INPUT_FILE_RANGE_H

#include "formats/format.h"
#include "input/line_blocks.h"

struct file_range {
	struct block_reader reader; /* first: line_blocks hands it back */
	struct line_blocks blocks;
	const struct format *format;
	int fd;		     /* borrowed */
	uint64_t begin, end; /* bytes; end may be UINT64_MAX */
	uint64_t at;	     /* of the next byte to read */
	bool started;	     /* a first block has been looked at */
	size_t block_size;
	char *buffer;
	bool found; /* the first record has been found */
	bool done;
	bool ended; /* the file did, and not the range before it */
};

bool file_range_init(struct file_range *range, int fd, uint64_t begin,
		     uint64_t end, size_t block_size,
		     const struct format *format, struct error *err);
void file_range_deinit(struct file_range *range);

/* The next lines of the range; empty at its end. */
bool file_range_next(struct file_range *range, struct span *ret,
		     struct error *err);

#endif
