/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole text of a sample, gzipped or not, for what expands it. */
#ifndef PAGEOWL_TESTS_BENCH_SAMPLE_TEXT_H
#define PAGEOWL_TESTS_BENCH_SAMPLE_TEXT_H

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

struct text {
	char *at;
	size_t length;
};

static inline struct text read_all(const char *path)
{
	struct text text = {NULL, 0};
	size_t room = 0;
	gzFile file = gzopen(path, "rb");
	int got;

	if (!file) {
		perror(path);
		exit(2);
	}
	do {
		if (text.length + (1 << 20) + 1 > room) {
			room = room ? room * 2 : 4 << 20;
			text.at = realloc(text.at, room);
			if (!text.at)
				exit(2);
		}
		got = gzread(file, text.at + text.length, 1 << 20);
		if (got > 0)
			text.length += (size_t)got;
	} while (got > 0);
	gzclose(file);
	text.at[text.length] = '\0';
	return text;
}

#endif
