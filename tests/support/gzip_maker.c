/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/gzip_maker.h"

#include <stdio.h>
#include <stdlib.h>

#include <zlib.h>

void gzip_make(struct span text, struct text_buffer *ret)
{
	z_stream stream = {0};
	uLong bound;
	char *out;

	if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	bound = deflateBound(&stream, text.length);
	out = malloc(bound);
	if (!out)
		abort();
	stream.next_in = (Bytef *)text.at;
	stream.avail_in = (uInt)text.length;
	stream.next_out = (Bytef *)out;
	stream.avail_out = (uInt)bound;
	if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
		abort();
	text_buffer_add(ret, (struct span){out, stream.total_out});
	deflateEnd(&stream);
	free(out);
}
