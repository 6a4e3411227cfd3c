/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The work of a reader: take a request from the socket, fill the piece it
 * names, answer with the number of the piece. Runs in a process of its own.
 */
#ifndef PAGEOWL_LIVE_READER_CHILD_H
#define PAGEOWL_LIVE_READER_CHILD_H

#include <stdnoreturn.h>

#include "live/reader_share.h"

struct reader_job {
	struct reader_share *share;
	char *packed;		    /* of the first piece; the others follow */
	struct gzip_packer *packer; /* NULL: pieces are text */
	const struct owner_io *io;
	int socket;
	pid_t parent;
};

/* Ends when the parent closes its end of the socket, or dies. */
noreturn void reader_child_run(const struct reader_job *job);

#endif
