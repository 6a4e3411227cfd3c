/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source lines of one place, copied as they are told, innermost first. */
#ifndef SYMBOLIZE_LINE_CHAIN_H
#define SYMBOLIZE_LINE_CHAIN_H

#include "symbolize/answer_message.h"

/* Where text begins in the text of a chain. */
struct chain_line {
	size_t function, file; /* SIZE_MAX: not known */
	unsigned line;
};

/* Zeroed is empty and valid. */
struct line_chain {
	struct chain_line lines[ANSWER_LINES_MAX];
	size_t count;	 /* of lines */
	char *text;	 /* each ends with a NUL */
	size_t length;	 /* of text */
	size_t capacity; /* of text */
	bool no_memory;	 /* something is missing */
};

void line_chain_deinit(struct line_chain *chain);

/* Empty it and keep its memory. */
void line_chain_clear(struct line_chain *chain);

/*
 * As object_line: context is the chain. Lines beyond ANSWER_LINES_MAX are left
 * out, and text is cut where no message could hold it.
 */
void line_chain_add(void *context, const struct source_line *line);

/* The text holds until the next is added. */
struct source_line line_chain_line(const struct line_chain *chain,
				   size_t index);

/* Chains are equal if this is. */
uint64_t line_chain_hash(const struct line_chain *chain);

#endif
