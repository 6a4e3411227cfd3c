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
	/*
	 * One for each query, zeroed by the caller; those that stay
	 * FRAME_FAILED were not answered.
	 */
	struct frame_answer *answers;
	struct reason failure; /* why; else empty */
};

struct reader_limits {
	unsigned processes; /* at a time, over all jobs; 0: one for each CPU */
	uint64_t memory;    /* bytes of address space; 0: follows the file */
	uint64_t deadline_ns; /* of each job; 0: follows the file */
};

/*
 * Do all jobs, as many at a time as the limits allow. False when memory or
 * processes ran out before anything could be done.
 */
bool object_reader_run(struct object_job *jobs, size_t count,
		       const struct reader_limits *limits,
		       struct text_pool *pool, struct reason *why);

#endif
