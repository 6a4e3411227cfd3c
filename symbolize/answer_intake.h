/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers put together from the messages of a process that is not trusted.
 * Messages of different queries may be mixed; those of one are in order.
 */
#ifndef SYMBOLIZE_ANSWER_INTAKE_H
#define SYMBOLIZE_ANSWER_INTAKE_H

#include "symbolize/answer_message.h"
#include "symbolize/reason.h"
#include "symbolize/text_pool.h"

/* Bytes of one job; the lines of 2,000 frames have 1 MB. */
enum { ANSWER_BYTES_MAX = 64 << 20 };

struct answer_part;

struct answer_intake {
	struct frame_answer *answers; /* borrowed */
	struct answer_part *parts;    /* one for each */
	struct text_pool *pool;	      /* borrowed; takes the text */
	struct reason reason;	      /* what the other side told; or empty */
	size_t count;		      /* of answers */
	size_t whole;		      /* of them, those that are there */
	size_t bytes;		      /* received */
	size_t held;		      /* bytes of a message that was cut */
	char message[ANSWER_MESSAGE_MAX];
};

enum intake_status {
	INTAKE_FINE,
	INTAKE_NONSENSE, /* nothing more is to be taken */
	INTAKE_NO_MEMORY,
};

/* All answers are FRAME_FAILED until their last line is here. */
bool answer_intake_init(struct answer_intake *intake,
			struct frame_answer *answers, size_t count,
			struct text_pool *pool);
/* Safe on a zeroed struct. Answers that are whole stay. */
void answer_intake_deinit(struct answer_intake *intake);

/* Take bytes, as they come: messages may be cut anywhere. */
enum intake_status answer_intake_take(struct answer_intake *intake,
				      const char *bytes, size_t length);

#endif
