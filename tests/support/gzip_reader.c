/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/gzip_reader.h"

#include "tests/support/check.h"

#include <zlib.h>

static void read_member(struct text_buffer *text, z_stream *stream)
{
	static char part[64 << 10];
	int status;

	do {
		stream->next_out = (Bytef *)part;
		stream->avail_out = sizeof(part);
		status = inflate(stream, Z_NO_FLUSH);
		assert_true(status == Z_OK || status == Z_STREAM_END);
		text_buffer_add(
			text,
			(struct span){part, sizeof(part) - stream->avail_out});
	} while (status != Z_STREAM_END);
}

void gzip_reader_add(struct text_buffer *text, struct span packed)
{
	z_stream stream = {.next_in = (z_const Bytef *)packed.at,
			   .avail_in = (uInt)packed.length};

	assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
	while (stream.avail_in) {
		read_member(text, &stream);
		assert_int_equal(inflateReset(&stream), Z_OK);
	}
	inflateEnd(&stream);
}
