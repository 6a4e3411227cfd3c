/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads a text that may hold dumps of several formats: a kernel log, a serial
 * console, a bug report, `tail -n +1 *`. Lines from one that decides for a
 * format to the next that decides for another are of that format; in a log
 * that tells who printed a line, those of one caller. What follows depends on
 * the text alone, not on how it was read.
 */
#ifndef PAGEOWL_INPUT_MIXED_TEXT_H
#define PAGEOWL_INPUT_MIXED_TEXT_H

#include "input/mixed_channel.h"

/* What the head of a text tells. */
struct mixed_head {
	bool log;      /* most lines have a time or a level before them */
	bool headings; /* lines tell which file follows */
	bool several;  /* lines decide for two formats, or more */
};

struct mixed_head mixed_head_look(struct span head);

/*
 * The head, of so many bytes, is of that one format, or NULL: whether the end
 * of the source, where it is a file, tells that something else follows.
 */
void mixed_head_look_behind(struct mixed_head *head,
			    const struct format *format,
			    const struct source *source, size_t length);

/* What there is to say of the whole text. */
struct mixed_facts {
	uint64_t lines;
	uint64_t unread; /* lines that are of no format, blank ones apart */
	uint64_t boots;	 /* that begin in it */
};

/*
 * Read all of source, of which the head has been read; options->format: look
 * for this one alone, unless it is NULL. What is found goes to taker, part by
 * part.
 */
bool mixed_text_read(struct source *source, struct ingest_head *head,
		     const struct ingest_options *options, bool of_log,
		     struct mixed_taker *taker, struct mixed_facts *ret,
		     struct error *err);

#endif
