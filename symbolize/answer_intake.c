/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbolize/answer_intake.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 4 };

/* An answer whose last line is not here yet. */
struct answer_part {
	struct source_line *lines; /* their text is in the pool */
	unsigned count, capacity;
};

bool answer_intake_init(struct answer_intake *intake,
			struct frame_answer *answers, size_t count,
			struct text_pool *pool)
{
	*intake = (struct answer_intake){
		.answers = answers,
		.count = count,
		.pool = pool,
	};
	for (size_t i = 0; i < count; i++)
		answers[i] = (struct frame_answer){.status = FRAME_FAILED};
	intake->parts = calloc(count ? count : 1, sizeof(*intake->parts));
	return intake->parts;
}

void answer_intake_deinit(struct answer_intake *intake)
{
	for (size_t i = 0; intake->parts && i < intake->count; i++)
		free(intake->parts[i].lines);
	free(intake->parts);
	intake->parts = NULL;
}

static bool make_room(struct answer_part *part)
{
	unsigned capacity =
		part->capacity ? 2 * part->capacity : FIRST_CAPACITY;
	struct source_line *lines;

	if (part->count < part->capacity)
		return true;
	lines = realloc(part->lines, capacity * sizeof(*lines));
	if (!lines)
		return false;
	part->lines = lines;
	part->capacity = capacity;
	return true;
}

static bool keep_text(struct answer_intake *intake, struct answer_text text,
		      const char **ret)
{
	if (!text.text)
		return true;
	*ret = text_pool_copy(intake->pool, text.text, text.length);
	return *ret;
}

static bool keep_line(struct answer_intake *intake, struct answer_part *part,
		      const struct answer_message *message)
{
	struct source_line line = {.line = message->line};

	if (!make_room(part) ||
	    !keep_text(intake, message->function, &line.function) ||
	    !keep_text(intake, message->file, &line.file))
		return false;
	part->lines[part->count++] = line;
	return true;
}

static bool end_lines(struct answer_intake *intake, struct frame_answer *answer,
		      struct answer_part *part)
{
	size_t size = part->count * sizeof(*part->lines);
	struct source_line *lines = text_pool_alloc(intake->pool, size);

	if (!lines)
		return false;
	memcpy(lines, part->lines, size);
	answer->lines = lines;
	answer->line_count = part->count;
	answer->status = FRAME_RESOLVED;
	intake->whole++;
	free(part->lines);
	*part = (struct answer_part){0};
	return true;
}

static enum intake_status take_line(struct answer_intake *intake,
				    const struct answer_message *message)
{
	struct answer_part *part = &intake->parts[message->query];
	struct frame_answer *answer = &intake->answers[message->query];

	if (answer->status != FRAME_FAILED || message->sequence != part->count)
		return INTAKE_NONSENSE;
	if (!keep_line(intake, part, message))
		return INTAKE_NO_MEMORY;
	if (message->last && !end_lines(intake, answer, part))
		return INTAKE_NO_MEMORY;
	return INTAKE_FINE;
}

static enum intake_status take_status(struct answer_intake *intake,
				      const struct answer_message *message)
{
	struct frame_answer *answer = &intake->answers[message->query];

	if (answer->status != FRAME_FAILED ||
	    intake->parts[message->query].count)
		return INTAKE_NONSENSE;
	answer->status = message->status;
	answer->candidates = message->candidates;
	intake->whole++;
	return INTAKE_FINE;
}

static enum intake_status take_message(struct answer_intake *intake,
				       const struct answer_message *message)
{
	if (message->kind == ANSWER_REASON) {
		/* What comes later, follows from it. */
		if (!intake->reason.text[0])
			reason_set(&intake->reason, "%.*s",
				   (int)message->reason.length,
				   message->reason.text);
		return INTAKE_FINE;
	}
	if (message->query >= intake->count)
		return INTAKE_NONSENSE;
	if (message->kind == ANSWER_LINE)
		return take_line(intake, message);
	return take_status(intake, message);
}

/* Take the messages that are whole, and tell how long they are. */
static enum intake_status take_whole(struct answer_intake *intake,
				     const char *bytes, size_t length,
				     size_t *ret_used)
{
	enum intake_status status = INTAKE_FINE;
	size_t at = 0, used = 0;

	while (status == INTAKE_FINE) {
		struct answer_message message;
		enum answer_parse parse = answer_message_unpack(
			bytes + at, length - at, &message, &used);

		if (parse == ANSWER_NONSENSE)
			return INTAKE_NONSENSE;
		if (parse == ANSWER_CUT)
			break;
		status = take_message(intake, &message);
		at += used;
	}
	*ret_used = at;
	return status;
}

/*
 * What is held is the begin of one message. It is filled up; when that makes
 * it whole, ret_used tells how many of bytes it took.
 */
static enum intake_status take_held(struct answer_intake *intake,
				    const char *bytes, size_t length,
				    size_t *ret_used)
{
	size_t room = sizeof(intake->message) - intake->held;
	size_t part = length < room ? length : room, used = 0;
	size_t held = intake->held;
	enum intake_status status;

	memcpy(intake->message + held, bytes, part);
	status = take_whole(intake, intake->message, held + part, &used);
	if (status != INTAKE_FINE)
		return status;
	if (used) {
		/* More than what was held: that alone was no message. */
		intake->held = 0;
		*ret_used = used - held;
	} else {
		intake->held += part;
		*ret_used = part;
	}
	return INTAKE_FINE;
}

enum intake_status answer_intake_take(struct answer_intake *intake,
				      const char *bytes, size_t length)
{
	enum intake_status status = INTAKE_FINE;
	size_t used = 0;

	if (length > ANSWER_BYTES_MAX - intake->bytes)
		return INTAKE_NONSENSE;
	intake->bytes += length;
	while (intake->held && length && status == INTAKE_FINE) {
		status = take_held(intake, bytes, length, &used);
		bytes += used;
		length -= used;
		used = 0;
	}
	if (status != INTAKE_FINE || !length)
		return status;
	status = take_whole(intake, bytes, length, &used);
	if (status != INTAKE_FINE)
		return status;
	/* A message that is cut is shorter than the longest. */
	memcpy(intake->message, bytes + used, length - used);
	intake->held = length - used;
	return INTAKE_FINE;
}
