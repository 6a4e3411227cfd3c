/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads one dump: finds its format, reads it with as many threads as are of
 * use, and counts it into a snapshot. The result does not depend on the size
 * of the blocks nor on the number of threads.
 */
#ifndef PAGEOWL_INPUT_INGEST_H
#define PAGEOWL_INPUT_INGEST_H

#include "account/tallier.h"
#include "input/source.h"

/* Told now and then while reading goes on; total 0: not known. */
struct progress_sink {
	void (*report)(struct progress_sink *sink, uint64_t done,
		       uint64_t total, uint64_t records);
};

struct ingest_options {
	struct tally_plan plan;
	const struct format *format; /* NULL: find it by content */
	/* Parser state that goes on from member to member, or NULL. It ends
	 * with ingest_finish() then, and only formats that are joined have it.
	 */
	void *state;
	unsigned threads;		/* 0: one for each CPU */
	size_t block_size;		/* bytes; 0: what is fast */
	uint64_t range_size;		/* least bytes for a thread; 0: same */
	struct progress_sink *progress; /* or NULL */
};

/* The first bytes of an input, which tell its format. */
struct ingest_head {
	char *bytes; /* to free; LINE_MAX_LENGTH bytes of room come first */
	size_t length;
	bool plain; /* they can be read again */
};

/* Look at the head of source, which ingest_rest() then must be given. */
bool ingest_look(struct source *source, struct ingest_head *ret,
		 struct error *err);
void ingest_head_deinit(struct ingest_head *head);

/* Its text. */
struct span ingest_head_text(const struct ingest_head *head);

/*
 * Read all of source as options->format. On success *ret is an initialised
 * snapshot that the caller deinits. Error texts do not name the source.
 */
bool ingest_rest(struct source *source, struct ingest_head *head,
		 const struct ingest_options *options, struct snapshot *ret,
		 struct error *err);

/*
 * Look and read in one. ERROR_FORMAT: options->format is NULL and the input
 * is no dump that we know.
 */
bool ingest_source(struct source *source, const struct ingest_options *options,
		   struct snapshot *ret, const struct format **ret_format,
		   struct error *err);

/* The error for an input in which no format was found. */
bool ingest_refuse(const struct source *source, const struct ingest_head *head,
		   struct error *err);

/*
 * The last member of a joined format has been read: what its state still
 * holds, as a snapshot that the caller deinits. It holds nothing afterwards,
 * whether that worked or not, and can be freed.
 */
bool ingest_finish(const struct format *format, void *state,
		   const struct tally_plan *plan, struct snapshot *ret,
		   struct error *err);

/* The same where nobody wants to know any more. Needs no memory. */
void ingest_drop(const struct format *format, void *state);

#endif
