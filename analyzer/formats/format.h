/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One input format: text in, records out. A format never sees a file. It is
 * pushed blocks of whole lines, keeps what it must keep between them in its
 * state, and hands on records and damage. A further kind of dump is one more
 * file and one more line in formats.c.
 */
#ifndef PAGEOWL_FORMATS_FORMAT_H
#define PAGEOWL_FORMATS_FORMAT_H

#include "base/error.h"
#include "base/text_scan.h"
#include "model/counters.h"
#include "model/loss.h"
#include "model/record.h"

struct address_table;
struct line_map;

/* Who takes what a format finds. The text of a call is gone after it. */
struct sink {
	/* Of stack formats. */
	bool (*record)(struct sink *sink, const struct record *record,
		       struct error *err);
	/* Of counter formats. */
	bool (*counter)(struct sink *sink, const struct counter *counter,
			struct error *err);
	/*
	 * Of counter formats that are second-hand, from finish(): the counters
	 * that follow replace all that such a format handed on before. False:
	 * those before were of a higher rank, and are to be left alone. NULL:
	 * there are none.
	 */
	bool (*replace)(struct sink *sink, unsigned rank);
	void (*damage)(struct sink *sink, const struct damage *damage);
	/* What a user has to know of the whole dump: one sentence without a
	 * capital or a stop. Told once, from finish(). */
	void (*remark)(struct sink *sink, const char *text);
	/* Where symbols of the kernel go; NULL: nobody wants them. */
	struct address_table *addresses;
	const struct text_scan *scan;
	/* Of the member, "sys/kernel/debug/slab/kmalloc-64/alloc_traces":
	 * where the kernel says in a path what the text leaves out. */
	struct span path;
	/* Where lines of a text of several formats stand; NULL: as counted. */
	const struct line_map *places;
	field_set wanted; /* the fields of records to fill in */
	uint64_t lines;	  /* set by finish(): lines that were read */
	/* Set by finish(): bytes of a page, where the text tells it; else 0. */
	uint64_t page_size;
	/* Take no short cuts: tests hold the fast path against the other. */
	bool careful;
};

enum ending {
	ENDING_INPUT,  /* nothing follows */
	ENDING_RECORD, /* another piece follows, which begins with a record */
};

struct format {
	const char *name;  /* value of --format, and of --source */
	const char *title; /* one line for `pageowl help formats` */
	size_t state_size; /* bytes of parser state, zeroed by the caller */

	/*
	 * Another format whose records stand between those of this one, or
	 * NULL: it is pushed the same text.
	 */
	const struct format *companion;
	/*
	 * What a line begins with that opens a table: where it comes again in
	 * a text of several, it replaces what came before. Ended by NULL.
	 */
	const char *const *openings;

	/*
	 * Where the kernel has it: "proc/meminfo"; '*' stands for any run of
	 * characters within a part, '#' for a number. Ended by NULL.
	 */
	const char *const *paths;

	bool counts; /* yields counters, not records */
	/* A file that each process has: thousands, read where wanted only. */
	bool of_process;
	bool of_cache; /* a file that each slab cache has; its path names it */
	/* Symbols of the kernel: MBs that are read where asked for only. */
	bool of_symbols;
	bool ours;   /* written by us, not by a kernel: one for a capture */
	bool joined; /* several members are parts of one text */
	bool timed;  /* records may have times, which tell T0 */
	/*
	 * No dump of its own, but a text that may hold several: a log, a bug
	 * report. It has neither block() nor finish().
	 */
	bool mixed;
	/*
	 * A kernel prints it into its log, or a tool into a trace: any other
	 * text may stand between the records, which is no damage.
	 */
	bool reported;
	/*
	 * What its text tells is older than the capture it lies in, as a log
	 * is: it counts only where nothing better is there.
	 */
	bool second_hand;
	/* Its sniff() looks at the very head of a text alone. */
	bool at_head;
	/*
	 * Names of formats whose deciding lines stand in the text of this one,
	 * too, and do not end it. Ended by NULL.
	 */
	const char *const *inner;
	/*
	 * Whether a line above the deciding one is of the same dump, or NULL:
	 * the deciding line is its first.
	 */
	bool (*precedes)(struct span line);
	/*
	 * Whether a line that decides goes on with what one thread or CPU has
	 * printed since the report above began, with prefixes; NULL: each
	 * such line begins a record.
	 */
	bool (*goes_on)(struct span report, struct span line);
	/* The count of a record is that of stacks, not of allocations. */
	bool stacks_only;
	const char *noun; /* what records count; NULL: "record" */
	enum unit unit;	  /* of records */
	/* Fields without which two records of one stack are not the same. */
	field_set identity;

	/*
	 * Where in the first bytes of an input a line stands that decides for
	 * this format, or NULL. The format found first is taken. The function
	 * itself is NULL where only the path can tell.
	 */
	const char *(*sniff)(struct span head);

	/*
	 * Consume a block of whole lines; only the last line of an input may
	 * lack its newline. Damaged text is not an error: it goes to
	 * sink->damage() and parsing goes on. False when the sink failed.
	 */
	bool (*block)(void *state, struct span lines, struct sink *sink,
		      struct error *err);

	/*
	 * The text ended: deliver, or report, the record still open; free
	 * what the state holds. Called after a failure, too.
	 */
	bool (*finish)(void *state, enum ending ending, struct sink *sink,
		       struct error *err);

	/*
	 * The first record that starts in text, which begins at the start of
	 * a line; NULL: none. Parsing may begin there with an empty state.
	 */
	const char *(*resync)(struct span text);
};

/* All formats, in probing order, ended by NULL. */
extern const struct format *const formats[];

const struct format *format_named(const char *name);

/* Whether format is one of these names, ended by NULL; NULL are all names. */
bool format_is_listed(const struct format *format, const char *const *names);

/* The format whose deciding line comes first in head, or NULL. */
const struct format *format_sniff(struct span head);

#endif
