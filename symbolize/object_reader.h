/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asking object files, each in a process of its own that holds nothing but
 * that file and a pipe to answer through, with limits on time and memory. When
 * a process crashes, hangs or is killed, what it had answered holds.
 */
#ifndef SYMBOLIZE_OBJECT_READER_H
#define SYMBOLIZE_OBJECT_READER_H

#include "symbolize/frame_answer.h"
#include "symbolize/reason.h"
#include "symbolize/text_pool.h"

struct object_job {
	int fd;	       /* of the object file; borrowed */
	uint64_t size; /* of it, in bytes */
	const struct frame_query *const *queries;
	size_t count;
	/* One for each query; those not answered are FRAME_FAILED. */
	struct frame_answer *answers;
	struct reason failure; /* why some are not; else empty */
};

struct reader_limits {
	/*
	 * Readers at a time, over all jobs; 0: one for each CPU. One of a
	 * large file has as many children that work for it.
	 */
	unsigned processes;
	unsigned batch;	      /* places for each child; 0: what is best */
	uint64_t memory;      /* bytes for each process; 0: follows the file */
	uint64_t deadline_ns; /* of each job; 0: follows the file */
};

/*
 * Do all jobs, as many at a time as the limits allow. A job that goes wrong
 * says so in its failure. What is answered does not depend on the limits, as
 * long as they suffice. False: nothing was done, without memory or libbfd.
 */
bool object_reader_run(struct object_job *jobs, size_t count,
		       const struct reader_limits *limits,
		       struct text_pool *pool, struct reason *why);

#endif
