/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/inflate_engine.h"

#include <limits.h>
#include <stdlib.h>

#include <zlib.h>

struct zlib_state {
	z_stream stream;
	uint32_t checksum; /* of the text since the reset */
};

static void *zlib_create(void)
{
	struct zlib_state *zlib = calloc(1, sizeof(*zlib));

	if (!zlib)
		return NULL;
	/* A negative window size: raw deflate data. */
	if (inflateInit2(&zlib->stream, -MAX_WBITS) != Z_OK) {
		free(zlib);
		return NULL;
	}
	return zlib;
}

static void zlib_destroy(void *state)
{
	struct zlib_state *zlib = state;

	if (!zlib)
		return;
	inflateEnd(&zlib->stream);
	free(zlib);
}

static void zlib_reset(void *state)
{
	struct zlib_state *zlib = state;

	inflateReset(&zlib->stream);
	zlib->checksum = 0;
}

/* zlib counts in unsigned int: a larger buffer is used in parts. */
static uInt zlib_length(size_t length)
{
	return length > UINT_MAX ? UINT_MAX : (uInt)length;
}

static enum inflate_step zlib_run(void *state, struct inflate_buffers *buffers)
{
	struct zlib_state *zlib = state;
	z_stream *stream = &zlib->stream;
	uInt in_length = zlib_length(buffers->in_length);
	uInt out_room = zlib_length(buffers->out_room);
	size_t taken, given;
	int status;

	stream->next_in = (z_const Bytef *)buffers->in;
	stream->avail_in = in_length;
	stream->next_out = buffers->out;
	stream->avail_out = out_room;
	status = inflate(stream, Z_NO_FLUSH);
	taken = in_length - stream->avail_in;
	given = out_room - stream->avail_out;
	zlib->checksum =
		(uint32_t)crc32(zlib->checksum, buffers->out, (uInt)given);
	buffers->in += taken;
	buffers->in_length -= taken;
	buffers->out += given;
	buffers->out_room -= given;

	switch (status) {
	case Z_STREAM_END:
		return INFLATE_STEP_END;
	case Z_MEM_ERROR:
		return INFLATE_STEP_MEMORY;
	case Z_OK:
	case Z_BUF_ERROR: /* no progress, for want of input or room */
		return buffers->out_room ? INFLATE_STEP_INPUT
					 : INFLATE_STEP_OUTPUT;
	default:
		return INFLATE_STEP_DAMAGED;
	}
}

/* zlib gives back all that it did not use. */
static size_t zlib_unread(void *state, uint8_t ret[INFLATE_AHEAD])
{
	(void)state;
	(void)ret;
	return 0;
}

static uint32_t zlib_checksum(const void *state)
{
	const struct zlib_state *zlib = state;

	return zlib->checksum;
}

const struct inflate_engine inflate_engine_zlib = {
	.name = "zlib " ZLIB_VERSION,
	.create = zlib_create,
	.destroy = zlib_destroy,
	.reset = zlib_reset,
	.run = zlib_run,
	.unread = zlib_unread,
	.checksum = zlib_checksum,
};
