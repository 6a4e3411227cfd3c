/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the text output share: the report, how it is to be shown,
 * and where.
 */
#ifndef PAGEOWL_OUTPUT_TEXT_VIEW_H
#define PAGEOWL_OUTPUT_TEXT_VIEW_H

#include "output/output.h"
#include "output/text_table.h"

/* Names are cut to this many bytes, and escaped into a buffer of that size. */
#define TEXT_NAME_LIMIT	   512
#define TEXT_NAME_CAPACITY 2064

struct text_view {
	const struct report *report;
	const struct output_options *options;
	FILE *file;
	enum unit unit;	     /* of the newest side */
	uint64_t unit_bytes; /* of that, too */
	unsigned newest;     /* index of it */
	bool no_memory;	     /* something could not be shown */
};

void text_view_init(struct text_view *view, const struct report *report,
		    const struct output_options *options, FILE *file);

bool text_is_diff(const struct text_view *view);

/* Growth with a sign, or what is held: bytes, or objects of no known size.
 * ret has QUANTITY_CAPACITY bytes. */
const char *text_amount(const struct text_view *view, int64_t bytes, char *ret);

/*
 * Units of the newest side in bytes. A dump that lies can make up any number:
 * then this wraps, as all sums of units do.
 */
int64_t text_bytes(const struct text_view *view, int64_t units);

/* An amount without a sign. */
const char *text_held(const struct text_view *view, uint64_t amount, char *ret);

/* "s" behind a number that wants it. */
const char *text_plural(uint64_t count);

/* Untrusted text, escaped, that lives as long as the table; NULL: no memory. */
char *text_quoted(struct text_table *table, struct span text);

/* Which captures these are, and the totals by category. text_summary.c */
void text_write_summary(const struct text_view *view);

/* The totals by category, a line for each block. */
void text_write_blocks(const struct text_view *view);

/* The same below what they are of. */
void text_write_totals(const struct text_view *view);

/*
 * Who holds the memory of a group: "function [module]" as the row's last
 * cell, "order 2 ← caller" as its tail, callers that differ or whole stacks
 * as its note. False: no memory. text_holder.c
 */
bool text_holder(struct text_view *view, struct text_table *table,
		 const struct report_group *group, struct text_row *row);

#endif
