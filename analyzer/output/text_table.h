/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Columns aligned by what they hold. The last column takes what is left of
 * the width and is cut in the middle, or goes on below; and columns that can
 * be spared are left out where there is no room. None of it happens when width
 * is 0.
 */
#ifndef PAGEOWL_OUTPUT_TEXT_TABLE_H
#define PAGEOWL_OUTPUT_TEXT_TABLE_H

#include <stdio.h>

#include "base/arena.h"

#define TEXT_COLUMNS_MAX 16

/* Where lines below a row begin. */
#define TEXT_INDENT 14

struct text_row {
	const char *cells[TEXT_COLUMNS_MAX];
	const char *colour; /* of the coloured column; or NULL */
	const char *tail;   /* behind the last cell, or below if too wide */
	const char *note;   /* lines below the row, or NULL */
	bool rule;	    /* no cells: a line below the first columns */
	bool bold;	    /* the whole row, where there is colour */
	struct text_row *next;
};

/* Zeroed, but for the columns, is ready. */
struct text_table {
	const char *headings[TEXT_COLUMNS_MAX];
	bool left[TEXT_COLUMNS_MAX];  /* aligned left */
	bool close[TEXT_COLUMNS_MAX]; /* one space before it instead of two */
	bool joint[TEXT_COLUMNS_MAX]; /* it only stands between two others */
	/* Left out, the largest number first, where the last column would have
	 * no room; 0: never. */
	unsigned char spare[TEXT_COLUMNS_MAX];
	size_t column_count;
	size_t coloured; /* the column that row colours are for */
	bool wraps;	 /* the last column goes on below; rows have no tail */
	size_t ruled;	 /* columns, from the left, that a rule goes below */
	struct text_row *first, *last;
	struct arena arena;
	bool no_memory; /* a row or a cell could not be made */
};

void text_table_deinit(struct text_table *table);

/* An empty row at the end, or NULL when memory ran out. */
struct text_row *text_table_add(struct text_table *table);

/* A formatted cell that lives as long as the table, or NULL. */
__attribute__((format(printf, 2, 3))) char *text_table_format(
	struct text_table *table, const char *format, ...);

/* Sees to it that no_memory tells when something could not be written. */
void text_table_write(struct text_table *table, size_t width, bool colour,
		      FILE *file);

#endif
