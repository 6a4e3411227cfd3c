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
	const struct format *format;	/* NULL: find it by content */
	unsigned threads;		/* 0: one for each CPU */
	size_t block_size;		/* bytes; 0: what is fast */
	uint64_t range_size;		/* least bytes for a thread; 0: same */
	struct progress_sink *progress; /* or NULL */
};

/*
 * Read all of source. On success *ret is an initialised snapshot that the
 * caller deinits. ERROR_FORMAT: the input is no dump that we know. Error
 * texts do not name the source.
 */
bool ingest_source(struct source *source, const struct ingest_options *options,
		   struct snapshot *ret, const struct format **ret_format,
		   struct error *err);

#endif
