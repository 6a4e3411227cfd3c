/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/answer_outbox.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool answer_outbox_flush(struct answer_outbox *outbox)
{
	size_t length = outbox->length;
	ssize_t put;

	outbox->length = 0;
	if (!length)
		return true;
	/* All or nothing, as it is at most PIPE_BUF. */
	do
		put = write(outbox->fd, outbox->bytes, length);
	while (put < 0 && errno == EINTR);
	return put == (ssize_t)length;
}

bool answer_outbox_add(struct answer_outbox *outbox,
		       const struct answer_message *message)
{
	char bytes[ANSWER_MESSAGE_MAX];
	size_t length = answer_message_pack(message, bytes);

	if (length > sizeof(outbox->bytes) - outbox->length &&
	    !answer_outbox_flush(outbox))
		return false;
	memcpy(outbox->bytes + outbox->length, bytes, length);
	outbox->length += length;
	return true;
}
