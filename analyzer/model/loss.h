/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was read and not counted. Nothing is lost in silence: a format says
 * each damaged piece to its sink, a loss keeps the first few of them with
 * their line and counts the rest.
 */
#ifndef PAGEOWL_MODEL_LOSS_H
#define PAGEOWL_MODEL_LOSS_H

#include "base/quote.h"

/* A damaged piece, as a format sees it. */
struct damage {
	uint64_t line;	      /* from 1, counted from where parsing began */
	const char *expected; /* a literal: what should have stood there */
	struct span found;    /* untrusted */
	/* No record, only text between records: "cat: … allocate memory". */
	bool stray;
};

struct loss_event {
	uint64_t line;
	const char *expected;
	bool stray;
	char found[QUOTE_CAPACITY]; /* escaped */
};

#define LOSS_EVENTS 3

/* Zeroed is "nothing was lost". */
struct loss {
	uint64_t records;	/* skipped */
	uint64_t stray_lines;	/* lines that belong to no record */
	uint64_t first_line;	/* of the first skipped record; 0: none */
	uint64_t last_line;	/* of the last one */
	uint64_t unreadable;	/* records that the kernel failed to print */
	uint64_t descents;	/* times the PFN went down: dumps joined */
	uint64_t first_descent; /* line of the first record after one */
	unsigned event_count;
	struct loss_event events[LOSS_EVENTS];
	char input[512]; /* damage to the file itself; empty: none */
	bool input_told; /* there was some, of which a remark tells */
};

void loss_add(struct loss *loss, const struct damage *damage);

/* Append what was lost in a later piece of the input. */
void loss_append(struct loss *loss, const struct loss *later,
		 uint64_t lines_before);

/* Whether --strict has to fail. */
bool loss_is_any(const struct loss *loss);

#endif
