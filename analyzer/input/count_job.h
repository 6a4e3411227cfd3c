/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A job counts one piece of an input into a snapshot of its own; what the
 * jobs of one input share is its ingestion. For ingest.c, which decides how
 * many there are.
 */
#ifndef PAGEOWL_INPUT_COUNT_JOB_H
#define PAGEOWL_INPUT_COUNT_JOB_H

#include <stdatomic.h>

#include "input/file_range.h"
#include "input/ingest.h"

struct ingestion {
	const struct ingest_options *options;
	const struct format *format;
	struct source *source;
	int fd; /* of a plain file */
	uint64_t size;
	size_t block_size;
	atomic_uint_fast64_t done;    /* bytes read of a plain file */
	atomic_uint_fast64_t records; /* seen so far */
	atomic_bool stop;	      /* a job failed */
};

struct count_job {
	struct ingestion *ingestion;
	struct tally_plan plan;
	struct snapshot snapshot;
	struct tallier tallier;
	void *state;   /* of the format */
	bool borrowed; /* … and another member is to follow */
	enum ending ending;
	bool finished; /* the format was told the end */
	bool reports;  /* progress; one job only, on the caller's thread */
};

/* Safe to deinit after a failure, too. */
bool count_job_init(struct count_job *job, struct ingestion *ingestion,
		    const struct tally_plan *plan, struct error *err);
void count_job_deinit(struct count_job *job);

/*
 * A format frees what its state holds when it finishes: let it, and take
 * nothing. Needs no memory.
 */
void count_job_drop(const struct format *format, void *state,
		    enum ending ending);

/* Count a block of whole lines. */
bool count_job_block(struct count_job *job, struct span lines,
		     struct error *err);

/* The piece has ended, as job->ending says. */
bool count_job_finish(struct count_job *job, struct error *err);

/* Tell how far reading has come, if this job is to tell it. */
void count_job_report(struct count_job *job, uint64_t done, uint64_t total);

/* Give the snapshot away: it is the caller's to deinit. */
struct snapshot count_job_take(struct count_job *job);

/* Count a plain file with `count` threads. count_ranges.c */
bool count_ranges(struct ingestion *ingestion, unsigned count,
		  struct snapshot *ret, struct error *err);

/*
 * Count what the source still gives behind the head, which has been read from
 * it already and has LINE_MAX_LENGTH bytes of room before it. count_stream.c
 */
bool count_stream(struct ingestion *ingestion, char *head, size_t head_length,
		  struct snapshot *ret, struct error *err);

#endif
