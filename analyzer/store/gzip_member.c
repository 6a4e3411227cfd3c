/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gzip_member.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>
#ifdef HAVE_ISAL
#include <isa-l.h>
#endif

enum {
	HEADER_LENGTH = 10,
	TRAILER_LENGTH = 8, /* checksum and length of the text */
	STORED_HEADER = 5,
	STORED_MAX = 65535, /* bytes of text in a stored block */
	FLAGS = 3,	    /* position of the flags in the header */
	FLAG_EXTRA = 4,
	EXTRA_HEADER = 2,    /* its length */
	SUBFIELD_HEADER = 4, /* who wrote it, and its length */
};

_Static_assert(GZIP_FILL_MIN == HEADER_LENGTH + EXTRA_HEADER + SUBFIELD_HEADER +
					STORED_HEADER + TRAILER_LENGTH,
	       "a member that fills has an extra field and an empty block");

struct gzip_packer {
	z_stream stream;
	bool begun; /* deflateEnd() is due */
#ifdef HAVE_ISAL
	struct isal_zstream isal;
	uint8_t level_buffer[ISAL_DEF_LVL1_DEFAULT];
#endif
};

/*
 * Packing must cost little beside the printing that the kernel does. So the
 * fastest level that looks for matches is taken: the text repeats itself so
 * much that better ones gain little.
 */
#ifdef HAVE_ISAL
static bool engine_init(struct gzip_packer *packer)
{
	isal_deflate_init(&packer->isal);
	packer->isal.level = 1;
	packer->isal.level_buf = packer->level_buffer;
	packer->isal.level_buf_size = sizeof(packer->level_buffer);
	packer->isal.gzip_flag = IGZIP_DEFLATE;
	return true;
}

/* Deflate text into room bytes; 0: it does not fit. */
static size_t engine_deflate(struct gzip_packer *packer, struct span text,
			     uint8_t *ret, size_t room)
{
	struct isal_zstream *stream = &packer->isal;

	isal_deflate_reset(stream);
	stream->end_of_stream = 1;
	stream->flush = NO_FLUSH;
	stream->next_in = (uint8_t *)text.at;
	stream->avail_in = (uint32_t)text.length;
	stream->next_out = ret;
	stream->avail_out = (uint32_t)room;
	if (isal_deflate(stream) != COMP_OK ||
	    stream->internal_state.state != ZSTATE_END)
		return 0;
	return room - stream->avail_out;
}

static uint32_t engine_checksum(struct span text)
{
	return crc32_gzip_refl(0, (const uint8_t *)text.at, text.length);
}
#else
static bool engine_init(struct gzip_packer *packer)
{
	/* A negative window size: raw deflate data. */
	packer->begun = deflateInit2(&packer->stream, 1, Z_DEFLATED, -MAX_WBITS,
				     8, Z_DEFAULT_STRATEGY) == Z_OK;
	return packer->begun;
}

static size_t engine_deflate(struct gzip_packer *packer, struct span text,
			     uint8_t *ret, size_t room)
{
	z_stream *stream = &packer->stream;

	deflateReset(stream);
	stream->next_in = (z_const Bytef *)text.at;
	stream->avail_in = (uInt)text.length;
	stream->next_out = ret;
	stream->avail_out = (uInt)room;
	if (deflate(stream, Z_FINISH) != Z_STREAM_END)
		return 0;
	return room - stream->avail_out;
}

static uint32_t engine_checksum(struct span text)
{
	return (uint32_t)crc32(0, (const Bytef *)text.at, (uInt)text.length);
}
#endif

bool gzip_packer_create(struct gzip_packer **ret, struct error *err)
{
	struct gzip_packer *packer = calloc(1, sizeof(*packer));

	if (!packer)
		return error_no_memory(err);
	if (!engine_init(packer)) {
		free(packer);
		return error_no_memory(err);
	}
	*ret = packer;
	return true;
}

void gzip_packer_destroy(struct gzip_packer *packer)
{
	if (!packer)
		return;
	if (packer->begun)
		deflateEnd(&packer->stream);
	free(packer);
}

static size_t stored_blocks(size_t text_length)
{
	return text_length ? (text_length + STORED_MAX - 1) / STORED_MAX : 1;
}

/* What cannot be deflated is stored: so this is never passed. */
size_t gzip_member_bound(size_t text_length)
{
	return gzip_member_stored_length(text_length);
}

size_t gzip_member_stored_length(size_t text_length)
{
	return HEADER_LENGTH + STORED_HEADER * stored_blocks(text_length) +
	       text_length + TRAILER_LENGTH;
}

static uint8_t *put_u16(uint8_t *at, size_t value)
{
	*at++ = (uint8_t)value;
	*at++ = (uint8_t)(value >> 8);
	return at;
}

static uint8_t *put_u32(uint8_t *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		*at++ = (uint8_t)(value >> 8 * i);
	return at;
}

static uint8_t *put_header(uint8_t *at)
{
	/* deflate; no name, no time; packed fast; on Unix */
	static const uint8_t header[HEADER_LENGTH] = {0x1f, 0x8b, 8, 0, 0,
						      0,    0,	  0, 4, 3};

	memcpy(at, header, sizeof(header));
	return at + sizeof(header);
}

static uint8_t *put_trailer(uint8_t *at, struct span text)
{
	at = put_u32(at, engine_checksum(text));
	return put_u32(at, (uint32_t)text.length);
}

static uint8_t *put_block(uint8_t *at, struct span text, bool last)
{
	*at++ = last;
	at = put_u32(at, (uint32_t)text.length |
				 (~(uint32_t)text.length & 0xffff) << 16);
	if (text.length)
		memcpy(at, text.at, text.length);
	return at + text.length;
}

static uint8_t *put_stored(uint8_t *at, struct span text)
{
	while (text.length > STORED_MAX) {
		at = put_block(at, (struct span){text.at, STORED_MAX}, false);
		text = span_skip(text, STORED_MAX);
	}
	return put_block(at, text, true);
}

size_t gzip_member_pack(struct gzip_packer *packer, struct span text, void *ret)
{
	size_t room =
		gzip_member_bound(text.length) - HEADER_LENGTH - TRAILER_LENGTH;
	uint8_t *at = put_header(ret);
	size_t length = engine_deflate(packer, text, at, room);

	at = length ? at + length : put_stored(at, text);
	at = put_trailer(at, text);
	return (size_t)(at - (uint8_t *)ret);
}

void gzip_member_store(struct span text, void *ret)
{
	assert(text.length <= STORED_MAX);
	put_trailer(put_stored(put_header(ret), text), text);
}

void gzip_member_fill(size_t length, void *ret)
{
	uint8_t *at = put_header(ret);
	size_t nothing = length - GZIP_FILL_MIN;

	assert(length >= GZIP_FILL_MIN && length <= GZIP_FILL_MAX);
	((uint8_t *)ret)[FLAGS] = FLAG_EXTRA;
	at = put_u16(at, SUBFIELD_HEADER + nothing);
	*at++ = 'p';
	*at++ = 'o';
	at = put_u16(at, nothing);
	memset(at, 0, nothing);
	at = put_stored(at + nothing, SPAN(""));
	put_trailer(at, SPAN(""));
}
