/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What travels through the pipe from a process that reads an object file: a
 * message for each line of an answer. None is longer than what a pipe takes at
 * once, so that the messages of several writers are never mixed. Both ends are
 * the same program; still, whoever receives believes nothing.
 */
#ifndef SYMBOLIZE_ANSWER_MESSAGE_H
#define SYMBOLIZE_ANSWER_MESSAGE_H

#include <limits.h>

#include "symbolize/frame_answer.h"

enum {
	ANSWER_MESSAGE_MAX = PIPE_BUF,
	/* Lines of one answer: inlining is never so deep. */
	ANSWER_LINES_MAX = 256,
};

enum answer_kind {
	ANSWER_LINE,   /* of a FRAME_RESOLVED answer */
	ANSWER_STATUS, /* a whole answer, without lines */
	ANSWER_REASON, /* why there are no answers; in text */
};
#define ANSWER_KINDS (ANSWER_REASON + 1)

/* Text with its length; NULL: there is none. It has no NUL. */
struct answer_text {
	const char *text;
	size_t length;
};

/* What a kind does not mention is 0. */
struct answer_message {
	enum answer_kind kind;
	uint32_t query;		     /* LINE, STATUS: its index in the job */
	uint32_t sequence;	     /* LINE: 0 is the innermost */
	bool last;		     /* LINE: of its answer */
	enum frame_status status;    /* STATUS */
	uint32_t candidates;	     /* STATUS */
	uint32_t line;		     /* LINE */
	struct answer_text function; /* LINE */
	struct answer_text file;     /* LINE */
	struct answer_text reason;   /* REASON */
};

/*
 * Write a message to ret, which has room for ANSWER_MESSAGE_MAX bytes, and
 * return its length. Text that does not fit is cut.
 */
size_t answer_message_pack(const struct answer_message *message, char *ret);

enum answer_parse {
	ANSWER_WHOLE,
	ANSWER_CUT,	 /* the rest is not there yet */
	ANSWER_NONSENSE, /* no message of ours begins like this */
};

/* The message at the begin of bytes; its text is borrowed from them. */
enum answer_parse answer_message_unpack(const char *bytes, size_t length,
					struct answer_message *ret,
					size_t *ret_used);

#endif
