/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "tests/fuzz/tar_mender.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	BLOCK = 512,
	SUM_AT = 148,
	SUM_LENGTH = 8,
	MAGIC_AT = 257,
};

static void mend(uint8_t *header)
{
	char text[SUM_LENGTH];
	unsigned sum = 0;
	size_t i;

	memset(header + SUM_AT, ' ', SUM_LENGTH);
	for (i = 0; i < BLOCK; i++)
		sum += header[i];
	/* Six digits are enough, the space behind them is there. */
	snprintf(text, sizeof(text), "%06o", sum);
	memcpy(header + SUM_AT, text, SUM_LENGTH - 1);
}

void tar_mender_run(uint8_t *data, size_t size)
{
	size_t at;

	for (at = 0; at + BLOCK <= size; at += BLOCK)
		if (memcmp(data + at + MAGIC_AT, "ustar", 5) == 0)
			mend(data + at);
}

int tar_mender_file(const uint8_t *data, size_t size, bool mended,
		    char path[32])
{
	int fd = memfd_create("fuzzed", MFD_CLOEXEC);
	uint8_t *copy = malloc(size + 1);

	if (fd < 0 || !copy)
		abort();
	if (size)
		memcpy(copy, data, size);
	if (mended)
		tar_mender_run(copy, size);
	if (write(fd, copy, size) != (ssize_t)size)
		abort();
	free(copy);
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return fd;
}
