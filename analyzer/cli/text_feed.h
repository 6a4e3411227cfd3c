/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text as it comes: whole lines of what there is by now, without waiting for
 * more. Compressed text is undone, as everywhere.
 */
#ifndef PAGEOWL_CLI_TEXT_FEED_H
#define PAGEOWL_CLI_TEXT_FEED_H

#include "base/error.h"
#include "base/span.h"

/* A longer line is passed on in parts. */
#define TEXT_FEED_CAPACITY ((size_t)4 << 20)

struct text_feed;

struct text_part {
	struct span text; /* empty: the end. Valid until the next call */
	bool part;	  /* of a line that is too long to be looked at */
	bool pause;	  /* what comes next is not there yet */
};

/* "-" is standard input. */
bool text_feed_create(const char *path, struct text_feed **ret,
		      struct error *err);
void text_feed_destroy(struct text_feed *feed);

/* The next lines; only the last of all may lack its newline. */
bool text_feed_next(struct text_feed *feed, struct text_part *ret,
		    struct error *err);

/* What was damaged, once the end is told; empty: nothing. */
const char *text_feed_loss(const struct text_feed *feed);

#endif
