/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/answer_message.h"

#include <string.h>

enum { HAS_FUNCTION = 1, HAS_FILE = 2, HAS_REASON = 4, HAS_ALL = 7 };

/* Before the text. It has no holes: all of it is sent. */
struct wire {
	uint16_t length; /* of all, this included */
	uint8_t kind;
	uint8_t status;
	uint32_t query;
	uint32_t line;
	uint32_t candidates;
	uint16_t sequence;
	uint8_t last;
	uint8_t has;	 /* which text follows */
	uint16_t first;	 /* bytes: function, or reason */
	uint16_t second; /* bytes: file */
};

enum { TEXT_ROOM = ANSWER_MESSAGE_MAX - sizeof(struct wire) };

static size_t cut_text(struct answer_text text, size_t room)
{
	size_t length = text.length;

	if (length <= room)
		return length;
	length = room;
	/* Not within a character of UTF-8. */
	while (length && ((unsigned char)text.text[length] & 0xc0) == 0x80)
		length--;
	return length;
}

/* What one text leaves of its half, the other may have. */
static void share_room(const struct answer_text *first,
		       const struct answer_text *second, struct wire *wire)
{
	size_t half = TEXT_ROOM / 2;
	size_t left = second->length < half ? second->length : half;

	wire->first = (uint16_t)cut_text(*first, TEXT_ROOM - left);
	wire->second = (uint16_t)cut_text(*second, TEXT_ROOM - wire->first);
}

static uint8_t texts_of(const struct answer_message *message)
{
	return (uint8_t)((message->function.text ? HAS_FUNCTION : 0) |
			 (message->file.text ? HAS_FILE : 0) |
			 (message->reason.text ? HAS_REASON : 0));
}

size_t answer_message_pack(const struct answer_message *message, char *ret)
{
	const struct answer_text *first = message->kind == ANSWER_REASON
						  ? &message->reason
						  : &message->function;
	struct wire wire = {
		.kind = (uint8_t)message->kind,
		.status = (uint8_t)message->status,
		.query = message->query,
		.line = message->line,
		.candidates = message->candidates,
		.sequence = (uint16_t)message->sequence,
		.last = message->last,
		.has = texts_of(message),
	};

	share_room(first, &message->file, &wire);
	wire.length = (uint16_t)(sizeof(wire) + wire.first + wire.second);
	memcpy(ret, &wire, sizeof(wire));
	if (wire.first)
		memcpy(ret + sizeof(wire), first->text, wire.first);
	if (wire.second)
		memcpy(ret + sizeof(wire) + wire.first, message->file.text,
		       wire.second);
	return wire.length;
}

/* ---- receiving ---- */

static bool is_line(const struct wire *wire)
{
	return wire->sequence < ANSWER_LINES_MAX && !wire->status &&
	       !wire->candidates && !(wire->has & HAS_REASON);
}

/* What can be told without lines, by somebody who has read the file. */
static bool is_status(const struct wire *wire)
{
	bool several = wire->status == FRAME_AMBIGUOUS;

	if (wire->has || wire->line || wire->sequence || wire->last)
		return false;
	if (!several && wire->status != FRAME_NO_LINE &&
	    wire->status != FRAME_NO_SYMBOL && wire->status != FRAME_OTHER_SIZE)
		return false;
	return several ? wire->candidates > 1 : !wire->candidates;
}

static bool is_reason(const struct wire *wire)
{
	return wire->has == HAS_REASON && wire->first && !wire->query &&
	       !wire->line && !wire->sequence && !wire->last && !wire->status &&
	       !wire->candidates;
}

static bool is_of_its_kind(const struct wire *wire)
{
	switch (wire->kind) {
	case ANSWER_LINE:
		return is_line(wire);
	case ANSWER_STATUS:
		return is_status(wire);
	case ANSWER_REASON:
		return is_reason(wire);
	}
	return false;
}

static bool is_sound(const struct wire *wire)
{
	if (wire->length > ANSWER_MESSAGE_MAX ||
	    wire->length != sizeof(*wire) + (size_t)wire->first + wire->second)
		return false;
	if (wire->last > 1 || wire->has > HAS_ALL ||
	    (wire->first && !(wire->has & (HAS_FUNCTION | HAS_REASON))) ||
	    (wire->second && !(wire->has & HAS_FILE)))
		return false;
	return is_of_its_kind(wire);
}

static struct answer_text text_at(const char *at, size_t length, bool there)
{
	return (struct answer_text){there ? at : NULL, length};
}

enum answer_parse answer_message_unpack(const char *bytes, size_t length,
					struct answer_message *ret,
					size_t *ret_used)
{
	const char *text = bytes + sizeof(struct wire);
	struct wire wire;

	if (length < sizeof(wire))
		return ANSWER_CUT;
	memcpy(&wire, bytes, sizeof(wire));
	if (!is_sound(&wire))
		return ANSWER_NONSENSE;
	if (length < wire.length)
		return ANSWER_CUT;
	/* It would end the text somewhere else. */
	if (memchr(text, '\0', wire.length - sizeof(wire)))
		return ANSWER_NONSENSE;
	*ret = (struct answer_message){
		.kind = (enum answer_kind)wire.kind,
		.query = wire.query,
		.sequence = wire.sequence,
		.last = wire.last,
		.status = (enum frame_status)wire.status,
		.candidates = wire.candidates,
		.line = wire.line,
	};
	if (wire.kind == ANSWER_REASON)
		ret->reason = text_at(text, wire.first, true);
	else
		ret->function =
			text_at(text, wire.first, wire.has & HAS_FUNCTION);
	ret->file =
		text_at(text + wire.first, wire.second, wire.has & HAS_FILE);
	*ret_used = wire.length;
	return ANSWER_WHOLE;
}
