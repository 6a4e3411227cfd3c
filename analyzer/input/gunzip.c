/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/gunzip.h"

#include <errno.h>
#include <stdlib.h>

#include "input/inflate.h"

enum { STAGE_CAPACITY = 256 << 10 };

struct gunzip {
	struct inflate *inflate;
	struct source_io io;
	size_t at;  /* of the first byte in stage that was not used yet */
	size_t end; /* where they end */
	bool io_ended;
	bool ended;
	char loss[512];
	uint8_t stage[STAGE_CAPACITY];
};

bool gunzip_create(struct source_io io, struct gunzip **ret, struct error *err)
{
	struct gunzip *gunzip = malloc(sizeof(*gunzip));

	if (!gunzip)
		return error_no_memory(err);
	memset(gunzip, 0, offsetof(struct gunzip, stage));
	gunzip->io = io;
	if (!inflate_create(inflate_engine_default(), &gunzip->inflate, err)) {
		free(gunzip);
		return false;
	}
	*ret = gunzip;
	return true;
}

void gunzip_destroy(struct gunzip *gunzip)
{
	if (!gunzip)
		return;
	inflate_destroy(gunzip->inflate);
	free(gunzip);
}

static void fill(struct gunzip *gunzip)
{
	ssize_t got;

	do {
		got = gunzip->io.read(gunzip->io.context, gunzip->stage,
				      STAGE_CAPACITY);
	} while (got < 0 && errno == EINTR);
	gunzip->at = 0;
	gunzip->end = got > 0 ? (size_t)got : 0;
	gunzip->io_ended = got <= 0;
}

static void end(struct gunzip *gunzip)
{
	gunzip->ended = true;
	inflate_finish(gunzip->inflate);
	inflate_describe_loss(inflate_loss(gunzip->inflate), gunzip->loss,
			      sizeof(gunzip->loss));
}

ssize_t gunzip_read(void *context, void *buffer, size_t length)
{
	struct gunzip *gunzip = context;
	struct inflate_buffers buffers = {.out = buffer, .out_room = length};
	enum inflate_status status;
	struct error err;

	while (!gunzip->ended) {
		buffers.in = gunzip->stage + gunzip->at;
		buffers.in_length = gunzip->end - gunzip->at;
		if (!inflate_run(gunzip->inflate, &buffers, &status, &err)) {
			errno = ENOMEM;
			return -1;
		}
		gunzip->at = gunzip->end - buffers.in_length;
		if (status == INFLATE_OUTPUT_FULL)
			break;
		if (status == INFLATE_DONE || gunzip->io_ended)
			end(gunzip);
		else
			fill(gunzip);
	}
	return (ssize_t)(length - buffers.out_room);
}

const char *gunzip_loss(const struct gunzip *gunzip)
{
	return gunzip->loss;
}
