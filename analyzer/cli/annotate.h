/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text as it came, with source lines: " (file:line)" behind a frame, and
 * functions that were inlined in lines of their own above it. What has no
 * source line passes byte for byte.
 */
#ifndef PAGEOWL_CLI_ANNOTATE_H
#define PAGEOWL_CLI_ANNOTATE_H

#include <stdio.h>

#include "cli/frame_book.h"

/* A frame in the lines at hand. */
struct seen_frame {
	const struct book_frame *frame;
	const char *line;  /* where its line begins; NULL: none goes above */
	const char *begin; /* of the frame */
	const char *end;
	size_t prefix; /* bytes at line that a log has put there */
};

/* Zeroed, but for the teller, the limit of the book and out, is ready. */
struct annotator {
	const struct frame_teller *teller;
	FILE *out;
	struct frame_book book;
	struct seen_frame *seen;
	size_t seen_count, seen_capacity;
	uint64_t frames, told, annotated; /* told: had a line already */
	bool perf_goes_on; /* the line above is one of perf's frames */
};

void annotator_deinit(struct annotator *annotator);

/*
 * Write whole lines, the last of which may lack its newline. Whether that went
 * well the stream tells. False: no memory.
 */
bool annotator_add(struct annotator *annotator, struct span lines);

#endif
