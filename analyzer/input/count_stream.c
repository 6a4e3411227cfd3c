/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An input that is read from front to end, one thread ahead of another. */
#include <stdlib.h>

#include "input/count_job.h"
#include "input/read_ahead.h"

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

static bool count_blocks(struct count_job *job, struct block_reader *reader,
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
		done = count_job_block(job, lines, err);
		source_progress(job->ingestion->source, &read, &total);
		count_job_report(job, read, total);
	}
	free(blocks);
	return done && count_job_finish(job, err);
}

bool count_stream(struct ingestion *ingestion, char *bytes, size_t length,
		  struct snapshot *ret, struct error *err)
{
	struct head_reader head = {
		.reader.next = next_of_head,
		.head = bytes,
		.length = length,
		.block_size = ingestion->block_size,
	};
	struct read_ahead *ahead;
	struct count_job job = {0};
	bool done;

	if (!read_ahead_create(ingestion->source, ingestion->block_size,
			       ingestion->options->threads != 1, &ahead, err))
		return false;
	head.rest = read_ahead_reader(ahead);
	done = count_job_init(&job, ingestion, &ingestion->options->plan, err);
	job.reports = true;
	done = done && count_blocks(&job, &head.reader, err);
	if (done)
		*ret = count_job_take(&job);
	read_ahead_destroy(ahead);
	count_job_deinit(&job);
	return done;
}
