/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_stream.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "live/owner_ranges.h"

struct live_stream {
	struct reader_pool *pool;
	struct owner_ranges *ranges;
	struct span text; /* of the piece at hand, not yet given out */
	uint64_t given;	  /* bytes */
	uint64_t refused;
	char note[sizeof((struct piece){0}.note)]; /* the first of a piece */
	atomic_uint_fast64_t text_bytes; /* of the pieces, for progress */
	bool ended;
};

/* Have something to give out; false: that was all. */
static bool next_piece(struct live_stream *stream)
{
	const struct piece *piece;

	while (!stream->text.length && !stream->ended) {
		switch (owner_ranges_next(stream->ranges, &piece)) {
		case OWNER_PIECE:
			stream->refused += piece->refused;
			if (!stream->note[0])
				strcpy(stream->note, piece->note);
			atomic_fetch_add(&stream->text_bytes,
					 piece->text_bytes);
			stream->text = (struct span){piece->packed,
						     piece->packed_length};
			break;
		case OWNER_END:
			stream->ended = true;
			break;
		case OWNER_INTERRUPTED:
			break;
		}
	}
	return !stream->ended;
}

/* Why there was nothing at all, as an errno; 0: the file is empty. */
static int why_nothing(const struct live_stream *stream)
{
	const struct piece *end = owner_ranges_end(stream->ranges);

	switch (end->end) {
	case PIECE_FULL:
	case PIECE_DONE:
		return 0;
	case PIECE_FAILED:
		return end->why;
	case PIECE_KILLED:
		return EIO;
	case PIECE_LATE:
		return ETIMEDOUT;
	}
	return EIO;
}

static ssize_t read_stream(void *context, void *buffer, size_t length)
{
	struct live_stream *stream = context;
	int why;

	if (!next_piece(stream)) {
		why = stream->given ? 0 : why_nothing(stream);
		errno = why;
		return why ? -1 : 0;
	}
	if (length > stream->text.length)
		length = stream->text.length;
	memcpy(buffer, stream->text.at, length);
	stream->text = span_skip(stream->text, length);
	stream->given += length;
	return (ssize_t)length;
}

/* ---- what is told of it ---- */

/* Why there is no more text, or empty: that was all. */
static void explain_end(const struct piece *end, char *ret, size_t capacity)
{
	switch (end->end) {
	case PIECE_FULL:
	case PIECE_DONE:
		snprintf(ret, capacity, "%s", end->note);
		break;
	case PIECE_FAILED:
		snprintf(ret, capacity, "%s",
			 end->note[0] ? end->note : strerror(end->why));
		break;
	case PIECE_KILLED:
		snprintf(ret, capacity,
			 "the reader was killed (an oops, or no memory left; "
			 "see the end of the kernel log)");
		break;
	case PIECE_LATE:
		snprintf(ret, capacity,
			 "the kernel did not answer for %d seconds",
			 READER_PATIENCE_S);
		break;
	}
}

static void tell_loss(void *context, struct source_loss *loss)
{
	struct live_stream *stream = context;
	const struct piece *end = owner_ranges_end(stream->ranges);
	bool whole = end->end == PIECE_DONE || end->end == PIECE_FULL;
	char why[200];

	loss->unreadable_records += stream->refused;
	loss->harmful = end->end == PIECE_KILLED || end->end == PIECE_LATE;
	explain_end(end, why, sizeof(why));
	/* Where nothing was read there is no need to tell how far. */
	if (whole || !stream->given)
		snprintf(loss->text, sizeof(loss->text), "%s",
			 why[0] ? why : stream->note);
	else
		snprintf(loss->text, sizeof(loss->text),
			 "reading stopped at page frame %" PRIu64 ": %s",
			 end->next, why);
}

static uint64_t tell_progress(void *context)
{
	struct live_stream *stream = context;

	return atomic_load(&stream->text_bytes);
}

/* ---- the source ---- */

static void close_stream(void *context)
{
	struct live_stream *stream = context;

	owner_ranges_destroy(stream->ranges);
	reader_pool_destroy(stream->pool);
	free(stream);
}

bool live_stream_create(const char *path, unsigned jobs,
			const struct owner_io *io, struct source **ret,
			struct error *err)
{
	struct live_stream *stream = calloc(1, sizeof(*stream));
	struct reader_options options = reader_options_usual(jobs);

	if (!stream)
		return error_no_memory(err);
	atomic_init(&stream->text_bytes, 0);
	options.io = io;
	options.packing = NOT_PACKED;
	if (!reader_pool_create(&options, &stream->pool, err) ||
	    !owner_ranges_create(stream->pool, path, &stream->ranges, err)) {
		close_stream(stream);
		return false;
	}
	return source_create_io(
		(struct source_io){
			.read = read_stream,
			.context = stream,
			.loss = tell_loss,
			.progress = tell_progress,
			.close = close_stream,
		},
		SOURCE_STREAM, path, ret, err);
}
