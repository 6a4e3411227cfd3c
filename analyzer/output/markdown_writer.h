/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Markdown as GitHub reads it. Whatever a capture holds stands in code: there
 * no character but the one that ends it means anything, and nobody is notified
 * by a task called "@everyone".
 */
#ifndef PAGEOWL_OUTPUT_MARKDOWN_WRITER_H
#define PAGEOWL_OUTPUT_MARKDOWN_WRITER_H

#include "output/text_builder.h"

/* What GitHub takes for a comment, in characters. */
#define MARKDOWN_MOST 65536

/* One document. */
struct markdown {
	FILE *file;
	size_t left; /* bytes for what can be cut: rows of tables, stacks */
	bool cut;    /* of these something was */
	bool no_memory;
};

/*
 * Append text, escaped as for a terminal, as a code span that may stand in a
 * table. It is cut at some length; of nothing it is "-".
 */
void markdown_code(struct text_builder *builder, const char *text);

/* Write a line if there is room for it; false: there is none. */
bool markdown_line(struct markdown *markdown, const char *line);

/*
 * Write text in a fence that it cannot end, as many whole lines of it as there
 * is room for, and how many there are more.
 */
void markdown_fence(struct markdown *markdown, const char *text);

/* A table with its headings and all rows that there is room for. */
void markdown_table(struct markdown *markdown, struct text_table *table);

/* What is folded: own words only. */
void markdown_open_details(struct markdown *markdown, const char *summary,
			   bool open);
void markdown_close_details(struct markdown *markdown);

#endif
