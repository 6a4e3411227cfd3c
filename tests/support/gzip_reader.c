/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/gzip_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

/* The fuzzers' drivers link this too: no cmocka here. */
static void must(bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "gzip: %s\n", what);
	abort();
}

static void read_member(struct text_buffer *text, z_stream *stream)
{
	static char part[64 << 10];
	int status;

	do {
		stream->next_out = (Bytef *)part;
		stream->avail_out = sizeof(part);
		status = inflate(stream, Z_NO_FLUSH);
		must(status == Z_OK || status == Z_STREAM_END, "damaged");
		text_buffer_add(
			text,
			(struct span){part, sizeof(part) - stream->avail_out});
	} while (status != Z_STREAM_END);
}

void gzip_reader_add(struct text_buffer *text, struct span packed)
{
	z_stream stream = {.next_in = (z_const Bytef *)packed.at,
			   .avail_in = (uInt)packed.length};

	must(inflateInit2(&stream, 15 + 16) == Z_OK, "no memory");
	while (stream.avail_in) {
		read_member(text, &stream);
		must(inflateReset(&stream) == Z_OK, "reset");
	}
	inflateEnd(&stream);
}
