/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "input/count_job.h"

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

static unsigned thread_count(const struct ingestion *ingestion)
{
	uint64_t least = ingestion->options->range_size;
	uint64_t count = ingestion->options->threads, useful;

	if (!ingestion->format->resync)
		return 1;
	if (!count) {
		long cpus = sysconf(_SC_NPROCESSORS_ONLN);

		count = cpus > 0 ? (uint64_t)cpus : 1;
	}
	useful = ingestion->size / (least ? least : RANGE_SIZE);
	if (count > useful)
		count = useful;
	if (count > THREADS_MAX)
		count = THREADS_MAX;
	return count ? (unsigned)count : 1;
}

struct span ingest_head_text(const struct ingest_head *head)
{
	return (struct span){head->bytes + LINE_MAX_LENGTH, head->length};
}

/* A live file gives a record at a time: fill up what we look at. */
static bool fill_head(struct source *source, struct ingest_head *head,
		      struct error *err)
{
	size_t got;

	do {
		if (!source_read(source,
				 head->bytes + LINE_MAX_LENGTH + head->length,
				 SNIFF_SIZE - head->length, &got, err))
			return false;
		head->length += got;
	} while (got && SNIFF_SIZE - head->length >= SNIFF_SIZE / 2);
	return true;
}

bool ingest_look(struct source *source, struct ingest_head *ret,
		 struct error *err)
{
	struct ingest_head head = {0};
	uint64_t size;
	ssize_t got;
	int fd;

	head.bytes = malloc(LINE_MAX_LENGTH + SNIFF_SIZE + 1);
	if (!head.bytes)
		return error_no_memory(err);
	head.plain = source_plain(source, &fd, &size);
	if (head.plain) {
		got = pread(fd, head.bytes + LINE_MAX_LENGTH, SNIFF_SIZE, 0);
		if (got < 0) {
			ingest_head_deinit(&head);
			return error_set(err, ERROR_IO, "cannot read");
		}
		head.length = (size_t)got;
	} else if (!fill_head(source, &head, err)) {
		ingest_head_deinit(&head);
		return false;
	}
	*ret = head;
	return true;
}

void ingest_head_deinit(struct ingest_head *head)
{
	free(head->bytes);
	head->bytes = NULL;
}

bool ingest_refuse(const struct source *source, const struct ingest_head *head,
		   struct error *err)
{
	if (!head->length && source_loss(source)->text[0])
		return error_set(err, ERROR_FORMAT, "%s",
				 source_loss(source)->text);
	return error_set(err, ERROR_FORMAT,
			 head->length ? "not a dump of a known format; "
					"'pageowl help formats' lists them"
				      : "there is nothing in it");
}

/* The kernel refused records, or the file is damaged. */
static void note_source_loss(const struct source *source, struct loss *loss)
{
	const struct source_loss *lost = source_loss(source);

	loss->unreadable = lost->unreadable_records;
	if (lost->text[0])
		snprintf(loss->input, sizeof(loss->input), "%s", lost->text);
}

bool ingest_rest(struct source *source, struct ingest_head *head,
		 const struct ingest_options *options, struct snapshot *ret,
		 struct error *err)
{
	struct ingestion ingestion = {
		.options = options,
		.source = source,
		.format = options->format,
		.block_size = options->block_size,
	};
	struct snapshot snapshot = {0};
	bool done;

	if (!ingestion.block_size)
		ingestion.block_size =
			head->plain ? BLOCK_SIZE : STREAM_BLOCK_SIZE;
	if (head->plain && source_plain(source, &ingestion.fd, &ingestion.size))
		done = count_ranges(&ingestion, thread_count(&ingestion),
				    &snapshot, err);
	else
		done = count_stream(&ingestion, head->bytes + LINE_MAX_LENGTH,
				    head->length, &snapshot, err);
	if (done) {
		note_source_loss(source, &snapshot.loss);
		done = tallier_conclude(&options->plan, &snapshot, err);
	}
	if (!done) {
		snapshot_deinit(&snapshot);
		return false;
	}
	*ret = snapshot;
	return true;
}

bool ingest_source(struct source *source, const struct ingest_options *options,
		   struct snapshot *ret, const struct format **ret_format,
		   struct error *err)
{
	struct ingest_options found = *options;
	struct ingest_head head;
	bool done;

	if (!ingest_look(source, &head, err))
		return false;
	if (!found.format)
		found.format = format_sniff(ingest_head_text(&head));
	if (found.format)
		done = ingest_rest(source, &head, &found, ret, err);
	else
		done = ingest_refuse(source, &head, err);
	ingest_head_deinit(&head);
	if (done)
		*ret_format = found.format;
	return done;
}

void ingest_drop(const struct format *format, void *state)
{
	count_job_drop(format, state, ENDING_INPUT);
}

bool ingest_finish(const struct format *format, void *state,
		   const struct tally_plan *plan, struct snapshot *ret,
		   struct error *err)
{
	const struct ingest_options options = {.plan = *plan, .state = state};
	struct ingestion ingestion = {.options = &options, .format = format};
	struct count_job job;
	bool done;

	done = count_job_init(&job, &ingestion, plan, err);
	if (!done) {
		ingest_drop(format, state);
	} else {
		job.borrowed = false;
		done = count_job_finish(&job, err) &&
		       tallier_conclude(plan, &job.snapshot, err);
		job.state = NULL;
	}
	if (done)
		*ret = count_job_take(&job);
	count_job_deinit(&job);
	return done;
}
