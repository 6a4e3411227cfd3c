/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of comma-separated values, as RFC 4180 has them, but for lines that end
 * in a newline alone. Untrusted text is escaped as in all outputs, and cannot
 * be taken for a formula by a spreadsheet.
 */
#ifndef PAGEOWL_OUTPUT_CSV_WRITER_H
#define PAGEOWL_OUTPUT_CSV_WRITER_H

#include <stdio.h>

#include "model/source_place.h"

struct csv_writer {
	FILE *file;
	bool begun; /* the row has a cell */
};

/* Text that would make a spreadsheet compute (= + - @) gets a ' in front. */
void csv_text(struct csv_writer *csv, struct span text);

/* Between a frame and its caller, where a stack is one cell. */
#define CSV_CALLER " < "

/* Lines as one cell: each without its end and one blank before it. */
void csv_lines(struct csv_writer *csv, struct span lines, const char *between);

void csv_string(struct csv_writer *csv, const char *text); /* NULL: empty */
void csv_u64(struct csv_writer *csv, uint64_t value);
void csv_i64(struct csv_writer *csv, int64_t value);
void csv_u64_if(struct csv_writer *csv, bool known, uint64_t value);
void csv_share(struct csv_writer *csv, double value); /* empty below 0 */
/* Any number with four digits behind the point. */
void csv_decimal_if(struct csv_writer *csv, bool known, double value);
void csv_i64_if(struct csv_writer *csv, bool known, int64_t value);
void csv_place(struct csv_writer *csv,
	       const struct source_place *place); /* two cells */
void csv_empty(struct csv_writer *csv);
void csv_end_row(struct csv_writer *csv);

#endif
