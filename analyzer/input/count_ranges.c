/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain file, cut into ranges that are counted side by side. */
#include <pthread.h>
#include <stdlib.h>

#include "input/count_job.h"

/* A job that reads its piece of the file itself. */
struct range_job {
	struct count_job job;
	struct file_range range;
	bool failed;
	struct error err;
	pthread_t thread;
};

static bool range_job_init(struct range_job *range_job,
			   struct ingestion *ingestion,
			   const struct tally_plan *plan, uint64_t begin,
			   uint64_t end, struct error *err)
{
	*range_job = (struct range_job){.failed = false};
	return count_job_init(&range_job->job, ingestion, plan, err) &&
	       file_range_init(&range_job->range, ingestion->fd, begin, end,
			       ingestion->block_size, ingestion->format, err);
}

static void range_job_deinit(struct range_job *range_job)
{
	file_range_deinit(&range_job->range);
	count_job_deinit(&range_job->job);
}

static bool count_range(struct range_job *range_job, struct error *err)
{
	struct count_job *job = &range_job->job;
	struct ingestion *ingestion = job->ingestion;
	struct span lines;
	uint64_t done;

	while (!atomic_load(&ingestion->stop)) {
		if (!file_range_next(&range_job->range, &lines, err))
			return false;
		if (!lines.length) {
			if (!range_job->range.ended)
				job->ending = ENDING_RECORD;
			return count_job_finish(job, err);
		}
		if (!count_job_block(job, lines, err))
			return false;
		done = atomic_fetch_add(&ingestion->done, lines.length);
		count_job_report(job, done + lines.length, ingestion->size);
	}
	return true;
}

static void *run(void *context)
{
	struct range_job *range_job = context;

	range_job->failed = !count_range(range_job, &range_job->err);
	if (range_job->failed)
		atomic_store(&range_job->job.ingestion->stop, true);
	return NULL;
}

static bool probe(struct range_job *range_job, struct error *err)
{
	struct count_job *job = &range_job->job;
	struct span lines;

	while (!tallier_is_settled(&job->tallier)) {
		if (!file_range_next(&range_job->range, &lines, err))
			return false;
		/* A short dump: its last record counts too. */
		if (!lines.length)
			return count_job_finish(job, err);
		if (!job->ingestion->format->block(job->state, lines,
						   &job->tallier.sink, err))
			return false;
	}
	return true;
}

/*
 * Learn from the head of the file what all ranges need to know before they
 * start: they count against it. What is counted here is thrown away.
 */
static bool probe_head(struct ingestion *ingestion, struct tally_plan *plan,
		       struct snapshot *ret, struct error *err)
{
	struct range_job range_job;
	bool done;

	plan->probe = true;
	done = range_job_init(&range_job, ingestion, plan, 0, UINT64_MAX,
			      err) &&
	       probe(&range_job, err);
	if (done) {
		plan->began_ns = range_job.job.snapshot.began_ns;
		plan->learn = false;
		plan->probe = false;
		ret->block_shift = range_job.job.snapshot.block_shift;
		ret->head_ns = range_job.job.snapshot.head_ns;
	}
	range_job_deinit(&range_job);
	return done;
}

static bool start_threads(struct range_job *jobs, unsigned count,
			  struct error *err)
{
	unsigned i;

	for (i = 1; i < count; i++) {
		if (pthread_create(&jobs[i].thread, NULL, run, &jobs[i]) == 0)
			continue;
		atomic_store(&jobs[0].job.ingestion->stop, true);
		while (--i > 0)
			pthread_join(jobs[i].thread, NULL);
		return error_set(err, ERROR_MEMORY, "cannot start a thread");
	}
	return true;
}

static bool run_all(struct range_job *jobs, unsigned count, struct error *err)
{
	struct snapshot *first = &jobs[0].job.snapshot;
	unsigned i;

	if (!start_threads(jobs, count, err))
		return false;
	run(&jobs[0]);
	for (i = 1; i < count; i++)
		pthread_join(jobs[i].thread, NULL);
	for (i = 0; i < count; i++) {
		if (jobs[i].failed) {
			*err = jobs[i].err;
			return false;
		}
	}
	for (i = 1; i < count; i++)
		if (!snapshot_merge(first, &jobs[i].job.snapshot, err))
			return false;
	return true;
}

static bool count_all(struct ingestion *ingestion, struct range_job *jobs,
		      unsigned count, struct snapshot *ret, struct error *err)
{
	struct tally_plan plan = ingestion->options->plan;
	uint64_t each = ingestion->size / count + 1;
	struct snapshot learned = {0};
	unsigned i;

	if (count > 1 && !probe_head(ingestion, &plan, &learned, err))
		return false;
	for (i = 0; i < count; i++) {
		uint64_t end = i + 1 < count ? (i + 1) * each : UINT64_MAX;

		if (!range_job_init(&jobs[i], ingestion, &plan, i * each, end,
				    err))
			return false;
	}
	jobs[0].job.reports = true;
	if (!run_all(jobs, count, err))
		return false;
	if (count > 1) {
		jobs[0].job.snapshot.block_shift = learned.block_shift;
		jobs[0].job.snapshot.head_ns = learned.head_ns;
	}
	*ret = count_job_take(&jobs[0].job);
	return true;
}

bool count_ranges(struct ingestion *ingestion, unsigned count,
		  struct snapshot *ret, struct error *err)
{
	struct range_job *jobs = calloc(count, sizeof(*jobs));
	unsigned i;
	bool done;

	if (!jobs)
		return error_no_memory(err);
	done = count_all(ingestion, jobs, count, ret, err);
	for (i = 0; i < count; i++)
		range_job_deinit(&jobs[i]);
	free(jobs);
	return done;
}
