/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running text, broken between words where the terminal ends. */
#ifndef PAGEOWL_OUTPUT_TEXT_FLOW_H
#define PAGEOWL_OUTPUT_TEXT_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct text_flow {
	FILE *file;
	size_t width;  /* columns; 0: never break */
	size_t indent; /* of the second line and those after it */
	size_t column; /* columns used of this line */
	bool begins;   /* nothing was put on this line yet */
};

/* Columns of this line that were written without us go into column. */
struct text_flow text_flow_begin(FILE *file, size_t width, size_t indent,
				 size_t column);

/* One piece that is never broken, behind a space unless it begins a line. */
void text_flow_piece(struct text_flow *flow, const char *piece);

/* Each word of text. */
void text_flow_words(struct text_flow *flow, const char *text);

/* The same of text that may have pieces of a capture in it: escaped. */
void text_flow_quoted(struct text_flow *flow, const char *text);

/* The same as a paragraph of its own, indented all along, with its newline. */
void text_flow_paragraph(FILE *file, const char *text, size_t indent,
			 size_t width);

#endif
