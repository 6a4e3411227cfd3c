/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages on their way into a pipe that others write to as well. */
#ifndef SYMBOLIZE_ANSWER_OUTBOX_H
#define SYMBOLIZE_ANSWER_OUTBOX_H

#include "symbolize/answer_message.h"

struct answer_outbox {
	int fd;
	size_t length;
	/* No longer than a pipe takes at once. */
	char bytes[ANSWER_MESSAGE_MAX];
};

/* False: nobody reads any more. */
bool answer_outbox_add(struct answer_outbox *outbox,
		       const struct answer_message *message);
bool answer_outbox_flush(struct answer_outbox *outbox);

#endif
