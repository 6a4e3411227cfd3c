/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each distinct frame of a text once, with what is put beside it. A frame is
 * asked for once in a run, however often it occurs.
 */
#ifndef PAGEOWL_CLI_FRAME_BOOK_H
#define PAGEOWL_CLI_FRAME_BOOK_H

#include "cli/frame_notes.h"
#include "cli/frame_scan.h"
#include "cli/frame_teller.h"

/* Frames beyond these pass without a line: a text may be made to fill us. */
#define FRAME_BOOK_MAX	     1000000
#define FRAME_BOOK_BYTES_MAX ((size_t)512 << 20)

struct book_frame;

/* Zeroed, but for the limits, is empty and valid. */
struct frame_book {
	struct book_frame *frames[2]; /* return addresses, and exact ones */
	struct book_frame **fresh;    /* those that were not asked for yet */
	size_t fresh_count, fresh_capacity;
	struct arena arena;
	size_t count, bytes; /* of the frames, and about what they take */
	size_t count_max;    /* FRAME_BOOK_MAX, or what a test wants */
	bool full;	     /* a frame had no place in it */
};

void frame_book_deinit(struct frame_book *book);

/* Forget all: the frames that follow are of another kernel. */
void frame_book_clear(struct frame_book *book);

/*
 * The frame of match, which is new until frame_book_ask(). *ret is NULL where
 * the book is full. False: no memory.
 */
bool frame_book_find(struct frame_book *book, const struct frame_match *match,
		     bool exact, const struct book_frame **ret);

/* Ask for all frames that are new. False: no memory. */
bool frame_book_ask(struct frame_book *book, const struct frame_teller *teller);

/* Whether frame was asked for, and nothing is known of it. */
bool frame_book_lacks(const struct book_frame *frame);

/* Of a frame that was asked for. */
const struct frame_notes *frame_book_notes(const struct book_frame *frame);

#endif
