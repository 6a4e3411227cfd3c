/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The processes that read object files, seen from the one that asks: they are
 * started, listened to, ended in time, and none of them is believed.
 */
#ifndef SYMBOLIZE_READER_CREW_H
#define SYMBOLIZE_READER_CREW_H

#include "symbolize/object_reader.h"

/* What one of the processes may use. */
struct reader_share {
	unsigned width;	 /* children at work at a time, 1 or more */
	unsigned batch;	 /* places asked by each of them; 0: what is best */
	uint64_t memory; /* bytes, of each process */
};

/*
 * What such a process does: read READER_FILE of reader_confine.h and answer
 * through READER_PIPE. It ends when this returns.
 */
typedef void (*reader_work)(const struct object_job *job,
			    const struct reader_share *share);

/* As object_reader_run(), which see, with any work. */
bool reader_crew_run(struct object_job *jobs, size_t count,
		     const struct reader_limits *limits, reader_work work,
		     struct text_pool *pool, struct reason *why);

#endif
