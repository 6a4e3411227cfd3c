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

/* A tar archive, which a gzipped file may turn out to be. */
static bool is_tar(struct span head)
{
	return head.length > 262 && memcmp(head.at + 257, "ustar", 5) == 0;
}

static bool choose_format(struct ingestion *ingestion, struct span head,
			  struct error *err)
{
	ingestion->format = ingestion->options->format;
	if (!ingestion->format)
		ingestion->format = format_sniff(head);
	if (ingestion->format && ingestion->format->counts)
		return error_set(err, ERROR_FORMAT,
				 "'%s' has counters, not records",
				 ingestion->format->name);
	if (ingestion->format)
		return true;
	if (!head.length && source_loss(ingestion->source)->text[0])
		return error_set(err, ERROR_FORMAT, "%s",
				 source_loss(ingestion->source)->text);
	if (is_tar(head))
		return error_set(err, ERROR_FORMAT,
				 "a tar archive; unpack it first: tar -xf");
	return error_set(err, ERROR_FORMAT,
			 head.length ? "not a dump of a known format; "
				       "'pageowl help formats' lists them"
				     : "there is nothing in it");
}

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

static bool read_head(struct ingestion *ingestion, char *bytes,
		      size_t *ret_length, struct error *err)
{
	size_t length = 0, got;

	/* A live file gives a record at a time: fill up what we look at. */
	do {
		if (!source_read(ingestion->source, bytes + length,
				 SNIFF_SIZE - length, &got, err))
			return false;
		length += got;
	} while (got && SNIFF_SIZE - length >= SNIFF_SIZE / 2);
	*ret_length = length;
	return true;
}

static bool ingest_plain(struct ingestion *ingestion, char *head,
			 struct error *err, struct snapshot *ret)
{
	ssize_t got = pread(ingestion->fd, head, SNIFF_SIZE, 0);

	if (got < 0)
		return error_set(err, ERROR_IO, "cannot read");
	if (!choose_format(ingestion, (struct span){head, (size_t)got}, err))
		return false;
	return count_ranges(ingestion, thread_count(ingestion), ret, err);
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
	struct ingestion ingestion = {
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
	if (source_plain(source, &ingestion.fd, &ingestion.size)) {
		if (!ingestion.block_size)
			ingestion.block_size = BLOCK_SIZE;
		done = ingest_plain(&ingestion, head, err, &snapshot);
	} else {
		if (!ingestion.block_size)
			ingestion.block_size = STREAM_BLOCK_SIZE;
		done = read_head(&ingestion, head, &length, err) &&
		       choose_format(&ingestion, (struct span){head, length},
				     err) &&
		       count_stream(&ingestion, head, length, &snapshot, err);
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
	*ret_format = ingestion.format;
	return true;
}
