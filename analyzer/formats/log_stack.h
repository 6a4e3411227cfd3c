/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The frames of a stack while the lines of a log come. Other CPUs may print
 * between them: a few lines of theirs do not end it, lines that begin another
 * report do.
 */
#ifndef PAGEOWL_FORMATS_LOG_STACK_H
#define PAGEOWL_FORMATS_LOG_STACK_H

#include "formats/log_frame.h"

/* Zeroed is closed. */
struct log_stack {
	bool open;	  /* frames may follow */
	unsigned foreign; /* lines since the last frame */
	struct stack_text text;
};

/* Frames come now. */
void log_stack_open(struct log_stack *stack);

/*
 * Look at line, without a log's prefix, whether or not the stack is open.
 * True: it was a frame of this stack.
 */
bool log_stack_take(struct log_stack *stack, struct span line);

/* Whether line is where another report, or another stack, begins. */
bool log_line_opens_other(struct span line);

/* Whether line says that lines before it are lost. */
bool log_line_tells_loss(struct span line);

#endif
