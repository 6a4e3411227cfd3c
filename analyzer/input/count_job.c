/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/count_job.h"

#include <stdlib.h>

bool count_job_init(struct count_job *job, struct ingestion *ingestion,
		    const struct tally_plan *plan, struct error *err)
{
	*job = (struct count_job){
		.ingestion = ingestion,
		.plan = *plan,
		.ending = ENDING_INPUT,
	};
	if (!snapshot_init(&job->snapshot, plan->by, err) ||
	    !tallier_init(&job->tallier, &job->plan, &job->snapshot, err))
		return false;
	job->state = calloc(1, ingestion->format->state_size);
	return job->state || error_no_memory(err);
}

void count_job_deinit(struct count_job *job)
{
	tallier_deinit(&job->tallier);
	snapshot_deinit(&job->snapshot);
	free(job->state);
	job->state = NULL;
}

void count_job_report(struct count_job *job, uint64_t done, uint64_t total)
{
	struct progress_sink *progress = job->ingestion->options->progress;

	if (progress && job->reports)
		progress->report(progress, done, total,
				 atomic_load(&job->ingestion->records));
}

bool count_job_block(struct count_job *job, struct span lines,
		     struct error *err)
{
	uint64_t seen = job->snapshot.seen;

	if (!job->ingestion->format->block(job->state, lines,
					   &job->tallier.sink, err))
		return false;
	atomic_fetch_add_explicit(&job->ingestion->records,
				  job->snapshot.seen - seen,
				  memory_order_relaxed);
	return true;
}

bool count_job_finish(struct count_job *job, struct error *err)
{
	if (!job->ingestion->format->finish(job->state, job->ending,
					    &job->tallier.sink, err))
		return false;
	tallier_settle(&job->tallier);
	job->snapshot.lines = job->tallier.sink.lines;
	return true;
}

struct snapshot count_job_take(struct count_job *job)
{
	struct snapshot snapshot = job->snapshot;

	job->snapshot = (struct snapshot){0};
	return snapshot;
}
