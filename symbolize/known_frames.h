/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frames of one object that were asked, each once, and their answers. */
#ifndef SYMBOLIZE_KNOWN_FRAMES_H
#define SYMBOLIZE_KNOWN_FRAMES_H

/* Out of memory is an answer, not the end of the program. */
#define HASH_NONFATAL_OOM 1
#include <uthash.h>

#include "symbolize/frame_answer.h"
#include "symbolize/text_pool.h"

/* A function of a size: what a file has or has not. */
struct known_function {
	UT_hash_handle hh;
	const struct known_frame *frame; /* the first that was asked */
};

struct known_frame {
	UT_hash_handle hh;
	struct frame_query query;	 /* its symbol lives in the pool */
	struct frame_answer answer;	 /* as the file has it */
	const struct source_line *shown; /* its lines as they are told */
	bool recalled;			 /* the answer was kept on disk */
	bool kept;			 /* it is there now */
};

/* Zeroed is empty and valid. */
struct known_frames {
	struct known_frame *table; /* uthash head, in order of first sight */
	struct known_function *functions; /* uthash head */
	char *key;			  /* of the look-up under way */
	size_t key_capacity;
};

/* Find or add the frame of a query, of whatever module. NULL: no memory. */
struct known_frame *known_frames_intern(struct known_frames *frames,
					struct text_pool *pool,
					const struct frame_query *query);

/* What it holds lives in the pool, but for the table. */
void known_frames_deinit(struct known_frames *frames);

#endif
