/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/tar_mender.h"

#include <stdio.h>
#include <string.h>

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
