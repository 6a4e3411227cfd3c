/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line of page_owner_stacks is, by itself. */
#ifndef PAGEOWL_FORMATS_STACKS_LINE_H
#define PAGEOWL_FORMATS_STACKS_LINE_H

#include "base/span.h"

enum stacks_line_kind {
	LINE_COUNT, /* "nr_base_pages: 16" */
	LINE_HANDLE,
	LINE_BLANK,
	LINE_FRAME,
	LINE_BAD_COUNT, /* begins as a count does, and is none */
	LINE_BAD_HANDLE,
	LINE_OTHER,
};

struct stacks_line {
	enum stacks_line_kind kind;
	uint32_t handle;   /* valid for LINE_HANDLE */
	uint64_t pages;	   /* valid for LINE_COUNT */
	struct span frame; /* valid for LINE_FRAME: nothing stands around it */
};

/* The line without the log's prefix, or the path that grep has put there. */
struct span stacks_line_bare(struct span line);

/* Tell what text, a bare line, is. */
void stacks_line_read(struct span text, struct stacks_line *ret);

/* Whether text is a frame that was not cut. */
bool stacks_line_is_whole_frame(struct span text);

/*
 * The frame or handle that cat has glued to a line that was cut: text is what
 * that has left, then the other, up to the end.
 */
bool stacks_line_find_glued(struct span text, struct span *ret);

/* The sniff() of the format: a count, or a handle with a frame above it. */
const char *stacks_line_sniff(struct span head);

/* Whether a line above the one that was found may be of the same record. */
bool stacks_line_precedes(struct span line);

#endif
