/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The piece of a mixed text that is looked at. Where it ends depends on the
 * text alone, not on how it was read. Lines of /dev/kmsg that hold several are
 * taken apart in it, and what terminals add is taken out.
 */
#ifndef PAGEOWL_INPUT_MIXED_WINDOW_H
#define PAGEOWL_INPUT_MIXED_WINDOW_H

#include "input/line_blocks.h"

#define MIXED_WINDOW_SIZE ((size_t)256 << 10)

/* Zeroed is empty. */
struct mixed_window {
	const char *at; /* what comes before was passed on */
	uint64_t line;	/* lines of the input before `at` */
	size_t length;
	/* Where newlines stand that the input has as "\x0a"; those before
	 * soft_at lie before `at`. */
	size_t soft_count, soft_at;
	size_t soft[MIXED_WINDOW_SIZE / 4];
	char text[MIXED_WINDOW_SIZE];
	char cut[LINE_MAX_LENGTH];
	char plain[LINE_MAX_LENGTH];
	char parts[LINE_MAX_LENGTH];
};

/* Take whole lines from the front of *lines; false: it is full before. */
bool mixed_window_add(struct mixed_window *window, struct span *lines);

static inline struct span mixed_window_text(const struct mixed_window *window)
{
	return (struct span){window->text, window->length};
}

/* Nothing of it was passed on yet. */
void mixed_window_begin(struct mixed_window *window);

/*
 * Where the next piece ends that can be passed on at once: at `to`, or behind a
 * newline that is none of the input.
 */
const char *mixed_window_piece(const struct mixed_window *window,
			       const char *to);

/* The piece before `to` was passed on. */
void mixed_window_move(struct mixed_window *window, const char *to);

/* What was passed on makes room. */
void mixed_window_drop(struct mixed_window *window);

#endif
