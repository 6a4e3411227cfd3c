/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zlib's bare inflate of a gzip file, for the benchmark to compare with. */
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#define BUFFER_SIZE (256 << 10)

static unsigned char in[BUFFER_SIZE], out[BUFFER_SIZE];

int main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
	unsigned long long total = 0;
	z_stream stream;
	int status = Z_OK;

	memset(&stream, 0, sizeof(stream));
	if (!file || inflateInit2(&stream, 15 + 16) != Z_OK)
		return 2;
	while (status != Z_STREAM_END) {
		if (!stream.avail_in) {
			stream.next_in = in;
			stream.avail_in =
				(unsigned)fread(in, 1, sizeof(in), file);
			if (!stream.avail_in)
				return 2;
		}
		stream.next_out = out;
		stream.avail_out = sizeof(out);
		status = inflate(&stream, Z_NO_FLUSH);
		if (status != Z_OK && status != Z_STREAM_END)
			return 2;
		total += sizeof(out) - stream.avail_out;
	}
	printf("%llu\n", total);
	inflateEnd(&stream);
	fclose(file);
	return 0;
}
