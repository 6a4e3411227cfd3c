/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/ingest.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "input/file_range.h"
#include "input/read_ahead.h"

/*
 * Blocks that stay in a core's second-level cache: larger ones are written to
 * memory and read back. docs/performance.md has the measurement.
 */
#define BLOCK_SIZE ((size_t)256 << 10)

/* Of a stream: handing a block from thread to thread costs as much again. */
#define STREAM_BLOCK_SIZE ((size_t)512 << 10)

/* Below this a second thread costs more than it brings. */
#define RANGE_SIZE ((uint64_t)4 << 20)

#define THREADS_MAX 64

/* How much of an input is searched for a line that tells its format. */
#define SNIFF_SIZE ((size_t)256 << 10)

/* What all jobs share. */
struct common {
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

/* One piece of the input being counted. */
struct job {
	struct common *common;
	struct tally_plan plan;
	struct snapshot snapshot;
	struct tallier tallier;
	void *state; /* of the format */
	struct file_range range;
	enum ending ending;
	bool reports; /* progress; one job only, on the caller's thread */
	bool failed;
	struct error err;
	pthread_t thread;
};

static bool job_init(struct job *job, struct common *common,
		     const struct tally_plan *plan, struct error *err)
{
	*job = (struct job){
		.common = common,
		.plan = *plan,
		.ending = ENDING_INPUT,
	};
	if (!snapshot_init(&job->snapshot, plan->by, err) ||
	    !tallier_init(&job->tallier, &job->plan, &job->snapshot, err))
		return false;
	job->state = calloc(1, common->format->state_size);
	return job->state || error_no_memory(err);
}

static void job_deinit(struct job *job)
{
	tallier_deinit(&job->tallier);
	snapshot_deinit(&job->snapshot);
	file_range_deinit(&job->range);
	free(job->state);
	job->state = NULL;
}

static void report(struct job *job, uint64_t done, uint64_t total)
{
	struct progress_sink *progress = job->common->options->progress;

	if (progress && job->reports)
		progress->report(progress, done, total,
				 atomic_load(&job->common->records));
}

static bool job_block(struct job *job, struct span lines, struct error *err)
{
	uint64_t seen = job->snapshot.seen;

	if (!job->common->format->block(job->state, lines, &job->tallier.sink,
					err))
		return false;
	atomic_fetch_add_explicit(&job->common->records,
				  job->snapshot.seen - seen,
				  memory_order_relaxed);
	return true;
}

static bool job_finish(struct job *job, struct error *err)
{
	if (!job->common->format->finish(job->state, job->ending,
					 &job->tallier.sink, err))
		return false;
	tallier_settle(&job->tallier);
	job->snapshot.lines = job->tallier.sink.lines;
	return true;
}

/* ---- a plain file, in ranges ---- */

static bool range_job_init(struct job *job, struct common *common,
			   const struct tally_plan *plan, uint64_t begin,
			   uint64_t end, struct error *err)
{
	return job_init(job, common, plan, err) &&
	       file_range_init(&job->range, common->fd, begin, end,
			       common->block_size, common->format, err);
}

static bool run_range(struct job *job)
{
	struct common *common = job->common;
	struct span lines;
	uint64_t done;

	while (!atomic_load(&common->stop)) {
		if (!file_range_next(&job->range, &lines, &job->err))
			return false;
		if (!lines.length) {
			if (!job->range.ended)
				job->ending = ENDING_RECORD;
			return job_finish(job, &job->err);
		}
		if (!job_block(job, lines, &job->err))
			return false;
		done = atomic_fetch_add(&common->done, lines.length);
		report(job, done + lines.length, common->size);
	}
	return true;
}

static void *run_range_thread(void *context)
{
	struct job *job = context;

	job->failed = !run_range(job);
	if (job->failed)
		atomic_store(&job->common->stop, true);
	return NULL;
}

/*
 * Learn from the head of the file what all ranges need to know before they
 * start: they count against it. What is counted here is thrown away.
 */
static bool probe_head(struct common *common, struct tally_plan *plan,
		       unsigned *ret_block_shift, struct error *err)
{
	struct tally_plan probe = *plan;
	struct span lines;
	struct job job;
	bool done;

	probe.probe = true;
	done = range_job_init(&job, common, &probe, 0, UINT64_MAX, err);

	while (done && !tallier_is_settled(&job.tallier)) {
		done = file_range_next(&job.range, &lines, err);
		if (!done)
			break;
		if (!lines.length) {
			/* A short dump: its last record counts too. */
			done = common->format->finish(job.state, ENDING_INPUT,
						      &job.tallier.sink, err);
			break;
		}
		done = common->format->block(job.state, lines,
					     &job.tallier.sink, err);
	}
	if (done) {
		tallier_settle(&job.tallier);
		plan->began_ns = job.snapshot.began_ns;
		plan->learn = false;
		*ret_block_shift = job.snapshot.block_shift;
	}
	job_deinit(&job);
	return done;
}

static bool start_jobs(struct job *jobs, unsigned count, struct error *err)
{
	unsigned i;

	for (i = 1; i < count; i++) {
		if (pthread_create(&jobs[i].thread, NULL, run_range_thread,
				   &jobs[i]) == 0)
			continue;
		atomic_store(&jobs[0].common->stop, true);
		while (--i > 0)
			pthread_join(jobs[i].thread, NULL);
		return error_set(err, ERROR_MEMORY, "cannot start a thread");
	}
	return true;
}

static bool run_jobs(struct job *jobs, unsigned count, struct error *err)
{
	unsigned i;

	if (!start_jobs(jobs, count, err))
		return false;
	run_range_thread(&jobs[0]);
	for (i = 1; i < count; i++)
		pthread_join(jobs[i].thread, NULL);
	for (i = 0; i < count; i++) {
		if (jobs[i].failed) {
			*err = jobs[i].err;
			return false;
		}
	}
	for (i = 1; i < count; i++)
		if (!snapshot_merge(&jobs[0].snapshot, &jobs[i].snapshot, err))
			return false;
	return true;
}

/* Give the snapshot of a job away. */
static struct snapshot take_snapshot(struct job *job)
{
	struct snapshot snapshot = job->snapshot;

	job->snapshot = (struct snapshot){0};
	return snapshot;
}

static bool ingest_ranges(struct common *common, unsigned count,
			  struct snapshot *ret, struct error *err)
{
	struct tally_plan plan = common->options->plan;
	uint64_t each = common->size / count + 1;
	unsigned block_shift = 0, i, made;
	struct job *jobs;
	bool done = true;

	if (count > 1 && !probe_head(common, &plan, &block_shift, err))
		return false;
	jobs = calloc(count, sizeof(*jobs));
	if (!jobs)
		return error_no_memory(err);
	for (made = 0; done && made < count; made++) {
		bool last = made + 1 == count;

		done = range_job_init(&jobs[made], common, &plan, made * each,
				      last ? UINT64_MAX : (made + 1) * each,
				      err);
	}
	jobs[0].reports = true;
	done = done && run_jobs(jobs, count, err);
	if (done) {
		if (count > 1)
			jobs[0].snapshot.block_shift = block_shift;
		*ret = take_snapshot(&jobs[0]);
	}
	for (i = 0; i < made; i++)
		job_deinit(&jobs[i]);
	free(jobs);
	return done;
}

/* ---- a stream ---- */

/* The bytes that were looked at to find the format, then the rest. */
struct head_reader {
	struct block_reader reader; /* first: line_blocks hands it back */
	struct block_reader *rest;
	char *head;
	size_t given, length, block_size;
};

static bool next_of_head(struct block_reader *reader, char **ret_data,
			 size_t *ret_length, struct error *err)
{
	struct head_reader *head = (struct head_reader *)reader;
	size_t length = head->length - head->given;

	if (!length)
		return head->rest->next(head->rest, ret_data, ret_length, err);
	if (length > head->block_size)
		length = head->block_size;
	*ret_data = head->head + head->given;
	*ret_length = length;
	head->given += length;
	return true;
}

static bool count_stream(struct job *job, struct block_reader *reader,
			 struct error *err)
{
	struct line_blocks *blocks = calloc(1, sizeof(*blocks));
	uint64_t read, total;
	struct span lines;
	bool done = true;

	if (!blocks)
		return error_no_memory(err);
	blocks->reader = reader;
	while (done) {
		done = line_blocks_next(blocks, &lines, err);
		if (!done || !lines.length)
			break;
		done = job_block(job, lines, err);
		source_progress(job->common->source, &read, &total);
		report(job, read, total);
	}
	free(blocks);
	return done && job_finish(job, err);
}

static bool ingest_stream(struct common *common, char *bytes, size_t length,
			  struct snapshot *ret, struct error *err)
{
	struct head_reader head = {
		.reader.next = next_of_head,
		.head = bytes,
		.length = length,
		.block_size = common->block_size,
	};
	struct read_ahead *ahead;
	struct job job = {0};
	bool done;

	if (!read_ahead_create(common->source, common->block_size,
			       common->options->threads != 1, &ahead, err))
		return false;
	head.rest = read_ahead_reader(ahead);
	done = job_init(&job, common, &common->options->plan, err);
	job.reports = true;
	done = done && count_stream(&job, &head.reader, err);
	if (done)
		*ret = take_snapshot(&job);
	read_ahead_destroy(ahead);
	job_deinit(&job);
	return done;
}

/* ---- both ---- */

/* A tar archive, which a gzipped file may turn out to be. */
static bool is_tar(struct span head)
{
	return head.length > 262 && memcmp(head.at + 257, "ustar", 5) == 0;
}

static bool choose_format(struct common *common, struct span head,
			  struct error *err)
{
	common->format = common->options->format;
	if (!common->format)
		common->format = format_sniff(head);
	if (common->format)
		return true;
	if (is_tar(head))
		return error_set(err, ERROR_FORMAT,
				 "a tar archive; unpack it first: tar -xf");
	return error_set(err, ERROR_FORMAT,
			 head.length ? "not a dump of a known format; "
				       "'pageowl help formats' lists them"
				     : "there is nothing in it");
}

static unsigned thread_count(const struct common *common)
{
	uint64_t least = common->options->range_size;
	uint64_t count = common->options->threads, useful;

	if (!common->format->resync)
		return 1;
	if (!count) {
		long cpus = sysconf(_SC_NPROCESSORS_ONLN);

		count = cpus > 0 ? (uint64_t)cpus : 1;
	}
	useful = common->size / (least ? least : RANGE_SIZE);
	if (count > useful)
		count = useful;
	if (count > THREADS_MAX)
		count = THREADS_MAX;
	return count ? (unsigned)count : 1;
}

static bool read_head(struct common *common, char *bytes, size_t *ret_length,
		      struct error *err)
{
	size_t length = 0, got;

	/* A live file gives a record at a time: fill up what we look at. */
	do {
		if (!source_read(common->source, bytes + length,
				 SNIFF_SIZE - length, &got, err))
			return false;
		length += got;
	} while (got && SNIFF_SIZE - length >= SNIFF_SIZE / 2);
	*ret_length = length;
	return true;
}

static bool ingest_plain(struct common *common, char *head, struct error *err,
			 struct snapshot *ret)
{
	ssize_t got = pread(common->fd, head, SNIFF_SIZE, 0);

	if (got < 0)
		return error_set(err, ERROR_IO, "cannot read");
	if (!choose_format(common, (struct span){head, (size_t)got}, err))
		return false;
	return ingest_ranges(common, thread_count(common), ret, err);
}

/* The kernel refused records, or the file is damaged. */
static void note_source_loss(const struct source *source, struct loss *loss)
{
	const struct source_loss *lost = source_loss(source);

	loss->unreadable = lost->unreadable_records;
	if (lost->text[0])
		snprintf(loss->input, sizeof(loss->input), "%s", lost->text);
}

bool ingest_source(struct source *source, const struct ingest_options *options,
		   struct snapshot *ret, const struct format **ret_format,
		   struct error *err)
{
	struct common common = {
		.options = options,
		.source = source,
		.block_size =
			options->block_size ? options->block_size : BLOCK_SIZE,
	};
	char *bytes = malloc(LINE_MAX_LENGTH + SNIFF_SIZE + 1);
	struct snapshot snapshot = {0};
	size_t length;
	char *head;
	bool done;

	if (!bytes)
		return error_no_memory(err);
	head = bytes + LINE_MAX_LENGTH;
	if (source_plain(source, &common.fd, &common.size)) {
		if (!common.block_size)
			common.block_size = BLOCK_SIZE;
		done = ingest_plain(&common, head, err, &snapshot);
	} else {
		if (!common.block_size)
			common.block_size = STREAM_BLOCK_SIZE;
		done = read_head(&common, head, &length, err) &&
		       choose_format(&common, (struct span){head, length},
				     err) &&
		       ingest_stream(&common, head, length, &snapshot, err);
	}
	free(bytes);
	if (done) {
		note_source_loss(source, &snapshot.loss);
		done = tallier_conclude(&options->plan, &snapshot, err);
	}
	if (!done) {
		snapshot_deinit(&snapshot);
		return false;
	}
	*ret = snapshot;
	*ret_format = common.format;
	return true;
}
