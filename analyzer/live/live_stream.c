/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/live_stream.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "live/owner_ranges.h"

enum {
	READERS_MAX = 256,
	/* A reader that hangs for so long will not come back. */
	PATIENCE_S = 60,
};

struct live_stream {
	struct reader_pool *pool;
	struct owner_ranges *ranges;
	struct source *source;
	struct span packed; /* of the piece at hand, not yet given out */
	uint64_t given;	    /* bytes */
	uint64_t refused;
	bool ended;
};

/* Have something to give out; false: that was all. */
static bool next_piece(struct live_stream *stream)
{
	const struct piece *piece;

	while (!stream->packed.length && !stream->ended) {
		switch (owner_ranges_next(stream->ranges, &piece)) {
		case OWNER_PIECE:
			stream->refused += piece->refused;
			stream->packed = (struct span){piece->packed,
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
	if (length > stream->packed.length)
		length = stream->packed.length;
	memcpy(buffer, stream->packed.at, length);
	stream->packed = span_skip(stream->packed, length);
	stream->given += length;
	return (ssize_t)length;
}

static unsigned count_cpus(void)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);

	return count < 1 ? 1 : count > READERS_MAX ? READERS_MAX : count;
}

bool live_stream_create(const char *path, unsigned jobs,
			const struct owner_io *io, struct live_stream **ret,
			struct error *err)
{
	struct live_stream *stream = calloc(1, sizeof(*stream));
	struct reader_options options = {
		.readers = jobs ? jobs : count_cpus(),
		.patience_s = PATIENCE_S,
		.io = io,
	};

	if (!stream)
		return error_no_memory(err);
	options.pieces = 2 * options.readers + 1;
	if (!reader_pool_create(&options, &stream->pool, err) ||
	    !owner_ranges_create(stream->pool, path, &stream->ranges, err) ||
	    !source_create_io((struct source_io){read_stream, stream},
			      SOURCE_STREAM, path, &stream->source, err)) {
		live_stream_destroy(stream);
		return false;
	}
	*ret = stream;
	return true;
}

void live_stream_destroy(struct live_stream *stream)
{
	if (!stream)
		return;
	source_destroy(stream->source);
	owner_ranges_destroy(stream->ranges);
	reader_pool_destroy(stream->pool);
	free(stream);
}

struct source *live_stream_source(struct live_stream *stream)
{
	return stream->source;
}

uint64_t live_stream_refused(const struct live_stream *stream)
{
	return stream->refused;
}

void live_stream_loss(const struct live_stream *stream, char *ret,
		      size_t capacity)
{
	const struct piece *end = owner_ranges_end(stream->ranges);
	char why[200] = "";

	switch (end->end) {
	case PIECE_FULL:
	case PIECE_DONE:
		snprintf(ret, capacity, "%s", end->note);
		return;
	case PIECE_FAILED:
		snprintf(why, sizeof(why), "%s",
			 end->note[0] ? end->note : strerror(end->why));
		break;
	case PIECE_KILLED:
		snprintf(why, sizeof(why),
			 "the process that read was killed (signal %d)",
			 end->why);
		break;
	case PIECE_LATE:
		snprintf(why, sizeof(why),
			 "the kernel did not answer for %d seconds",
			 PATIENCE_S);
		break;
	}
	snprintf(ret, capacity, "reading stopped at page frame %" PRIu64 ": %s",
		 end->next, why);
}
