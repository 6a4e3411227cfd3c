/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Turns blocks of bytes into blocks of whole lines, in place: what is left of
 * a line at the end of one block is put in front of the next.
 */
#ifndef PAGEOWL_INPUT_LINE_BLOCKS_H
#define PAGEOWL_INPUT_LINE_BLOCKS_H

#include "base/error.h"
#include "base/span.h"

/*
 * The longest line that is kept; the rest of a longer one is dropped. Above
 * what any format looks at, so that where a block ends cannot be seen.
 */
#define LINE_MAX_LENGTH (((size_t)64 << 10) + 256)

/* Gives the next block of bytes. */
struct block_reader {
	/*
	 * ret_data has LINE_MAX_LENGTH writable bytes before it and one
	 * behind its end. *ret_length 0: the end.
	 */
	bool (*next)(struct block_reader *reader, char **ret_data,
		     size_t *ret_length, struct error *err);
};

/* Zeroed, but for the reader, is ready. */
struct line_blocks {
	struct block_reader *reader;
	uint64_t read;	   /* bytes that the reader has given */
	uint64_t lines_at; /* where in them the lines given last begin */
	size_t carry_length;
	bool dropping; /* inside the rest of a line that is too long */
	bool ended;
	char carry[LINE_MAX_LENGTH];
};

/*
 * The next lines; only the last of the input may lack its newline. An empty
 * span means the end. ret is valid until the next call.
 */
bool line_blocks_next(struct line_blocks *blocks, struct span *ret,
		      struct error *err);

#endif
