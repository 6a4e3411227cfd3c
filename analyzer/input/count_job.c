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
	job->plan.learn = job->plan.learn && ingestion->format->timed;
	if (!snapshot_init(&job->snapshot,
			   tallier_fields(plan, ingestion->format), err) ||
	    !tallier_init(&job->tallier, &job->plan, &job->snapshot, err))
		return false;
	job->snapshot.unit = ingestion->format->unit;
	job->snapshot.identity = ingestion->format->identity;
	job->borrowed = ingestion->options->state != NULL;
	job->state = job->borrowed ? ingestion->options->state
				   : calloc(1, ingestion->format->state_size);
	return job->state || error_no_memory(err);
}

static bool drop_record(struct sink *sink, const struct record *record,
			struct error *err)
{
	(void)sink;
	(void)record;
	(void)err;
	return true;
}

static bool drop_counter(struct sink *sink, const struct counter *counter,
			 struct error *err)
{
	(void)sink;
	(void)counter;
	(void)err;
	return true;
}

static void drop_damage(struct sink *sink, const struct damage *damage)
{
	(void)sink;
	(void)damage;
}

static void drop_remark(struct sink *sink, const char *text)
{
	(void)sink;
	(void)text;
}

void count_job_drop(const struct format *format, void *state,
		    enum ending ending)
{
	struct sink sink = {
		.record = drop_record,
		.counter = drop_counter,
		.damage = drop_damage,
		.remark = drop_remark,
		.scan = text_scan_best(),
	};
	struct error ignored;

	format->finish(state, ending, &sink, &ignored);
}

void count_job_deinit(struct count_job *job)
{
	if (job->state && !job->borrowed && !job->finished)
		count_job_drop(job->ingestion->format, job->state, job->ending);
	tallier_deinit(&job->tallier);
	snapshot_deinit(&job->snapshot);
	if (!job->borrowed)
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

	job->snapshot.bytes += lines.length;
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
	job->finished = true;
	if (!job->borrowed &&
	    !job->ingestion->format->finish(job->state, job->ending,
					    &job->tallier.sink, err))
		return false;
	tallier_settle(&job->tallier);
	job->snapshot.lines = job->tallier.sink.lines;
	job->snapshot.page_size = job->tallier.sink.page_size;
	return !job->tallier.no_memory || error_no_memory(err);
}

struct snapshot count_job_take(struct count_job *job)
{
	struct snapshot snapshot = job->snapshot;

	job->snapshot = (struct snapshot){0};
	return snapshot;
}
