/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/inflate_engine.h"

#ifdef HAVE_ISAL

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <isa-l.h>

#define TEXT_OF(number) #number
#define VERSION(major, minor, patch) \
	TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

/*
 * When a distance is wrong, the fast loop of ISA-L has already moved on by
 * the length of the match: what it gives out ends with up to 258 bytes of
 * whatever the buffer held before. Its careful loop, which serves the last
 * bytes of an input, does not. So each run begins with a copy of the state,
 * and a run that fails is repeated with the damage in very short inputs.
 */
struct isal_state {
	struct inflate_state stream;
	struct inflate_state before; /* the stream when the run began */
	bool damaged; /* what was decoded before waits in tmp_out_buffer */
};

/* More than the loops read ahead of the symbol they decode. */
enum { CAREFUL_LENGTH = 64 };

static void isal_reset(void *state)
{
	struct isal_state *isal = state;

	isal_inflate_reset(&isal->stream);
	/* Keep the checksum, but leave header and trailer to inflate.c. */
	isal->stream.crc_flag = ISAL_GZIP_NO_HDR;
	isal->damaged = false;
}

static void *isal_create(void)
{
	struct isal_state *isal = malloc(sizeof(*isal));

	if (!isal)
		return NULL;
	isal_inflate_init(&isal->stream);
	isal_reset(isal);
	return isal;
}

static void isal_destroy(void *state)
{
	free(state);
}

/* ISA-L counts in 32 bits and mixes them with int: stay well below. */
static uint32_t isal_length(size_t length)
{
	return length > INT_MAX / 2 ? INT_MAX / 2 : (uint32_t)length;
}

/*
 * Give out what was decoded before the damage but did not fit: the library
 * itself does so only after success.
 */
static enum inflate_step drain(struct inflate_state *stream,
			       struct inflate_buffers *buffers)
{
	size_t waiting =
		(size_t)(stream->tmp_out_valid - stream->tmp_out_processed);
	size_t length =
		waiting < buffers->out_room ? waiting : buffers->out_room;

	memcpy(buffers->out, stream->tmp_out_buffer + stream->tmp_out_processed,
	       length);
	stream->tmp_out_processed += (int32_t)length;
	buffers->out += length;
	buffers->out_room -= length;
	return length < waiting ? INFLATE_STEP_OUTPUT : INFLATE_STEP_DAMAGED;
}

/* Copy what matters: most of the output buffer is unused or was used up. */
static void copy_stream(struct inflate_state *to,
			const struct inflate_state *from)
{
	memcpy(to, from, offsetof(struct inflate_state, tmp_out_buffer));
	memcpy(to->tmp_out_buffer, from->tmp_out_buffer,
	       (size_t)from->tmp_out_valid);
}

/* Let the library work on at most in_length bytes of input. */
static bool run_part(struct inflate_state *stream,
		     struct inflate_buffers *buffers, size_t in_length)
{
	uint32_t in = isal_length(in_length);
	uint32_t room = isal_length(buffers->out_room);
	int status;

	stream->next_in = (uint8_t *)buffers->in;
	stream->avail_in = in;
	stream->next_out = buffers->out;
	stream->avail_out = room;
	status = isal_inflate(stream);
	buffers->in += in - stream->avail_in;
	buffers->in_length -= in - stream->avail_in;
	buffers->out += room - stream->avail_out;
	buffers->out_room -= room - stream->avail_out;
	return status == ISAL_DECOMP_OK;
}

/* Repeat a run that met damage within the first length bytes. */
static bool run_carefully(struct inflate_state *stream,
			  struct inflate_buffers *buffers, size_t length)
{
	bool fine = true;

	if (length > CAREFUL_LENGTH)
		fine = run_part(stream, buffers, length - CAREFUL_LENGTH);
	while (fine && buffers->out_room &&
	       stream->block_state != ISAL_BLOCK_FINISH) {
		bool last = buffers->in_length == 0;

		/* Even without input: the library may hold the damage. */
		fine = run_part(stream, buffers, last ? 0 : 1);
		if (last)
			break;
	}
	return fine;
}

static enum inflate_step isal_run(void *state, struct inflate_buffers *buffers)
{
	struct isal_state *isal = state;
	struct inflate_state *stream = &isal->stream;
	struct inflate_buffers again = *buffers;

	if (isal->damaged)
		return drain(stream, buffers);
	copy_stream(&isal->before, stream);
	if (!run_part(stream, buffers, buffers->in_length)) {
		size_t taken = (size_t)(buffers->in - again.in);

		copy_stream(stream, &isal->before);
		*buffers = again;
		isal->damaged = !run_carefully(stream, buffers, taken);
	}
	if (isal->damaged)
		return drain(stream, buffers);
	if (stream->block_state == ISAL_BLOCK_FINISH)
		return INFLATE_STEP_END;
	return buffers->out_room ? INFLATE_STEP_INPUT : INFLATE_STEP_OUTPUT;
}

/* The library reads ahead into a 64 bit word, its next bit is the lowest. */
static size_t isal_unread(void *state, uint8_t ret[INFLATE_AHEAD])
{
	const struct isal_state *isal = state;
	uint64_t ahead = isal->stream.read_in;
	size_t count = 0;
	int bits = isal->stream.read_in_length;

	/* The rest of the byte in which the deflate data ended. */
	if (bits > 0)
		ahead >>= bits % 8;
	for (; bits >= 8; bits -= 8) {
		ret[count++] = (uint8_t)ahead;
		ahead >>= 8;
	}
	return count;
}

static uint32_t isal_checksum(const void *state)
{
	const struct isal_state *isal = state;

	return isal->stream.crc;
}

const struct inflate_engine inflate_engine_isal = {
	.name = "ISA-L " VERSION(ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION,
				 ISAL_PATCH_VERSION),
	.create = isal_create,
	.destroy = isal_destroy,
	.reset = isal_reset,
	.run = isal_run,
	.unread = isal_unread,
	.checksum = isal_checksum,
};

#endif
