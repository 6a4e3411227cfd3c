/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An input of one format that is read from front to end. */
#include "input/count_job.h"
#include "input/stream_lines.h"

static bool count_blocks(struct count_job *job, struct stream_lines *stream,
			 struct error *err)
{
	uint64_t read, total;
	struct span lines;
	bool done = true;

	while (done) {
		done = stream_lines_next(stream, &lines, err);
		if (!done || !lines.length)
			break;
		done = count_job_block(job, lines, err);
		source_progress(job->ingestion->source, &read, &total);
		count_job_report(job, read, total);
	}
	return done && count_job_finish(job, err);
}

bool count_stream(struct ingestion *ingestion, char *bytes, size_t length,
		  struct snapshot *ret, struct error *err)
{
	struct stream_lines *stream;
	struct count_job job = {0};
	bool done;

	if (!stream_lines_create(
		    ingestion->source, bytes, length, ingestion->block_size,
		    ingestion->options->threads != 1, &stream, err))
		return false;
	done = count_job_init(&job, ingestion, &ingestion->options->plan, err);
	job.reports = true;
	done = done && count_blocks(&job, stream, err);
	if (done)
		*ret = count_job_take(&job);
	stream_lines_destroy(stream);
	count_job_deinit(&job);
	return done;
}
