/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes from a process that reads an object file: what is made of them is
 * an answer or none, the text ends where it should, and it does not matter how
 * the bytes were divided. What is whole, is read again as it was when it is
 * packed again.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "symbolize/answer_intake.h"

enum { QUERIES = 4 };

struct outcome {
	struct frame_answer answers[QUERIES];
	struct text_pool pool;
	struct reason reason;
	enum intake_status status;
	size_t whole;
};

static void run(const uint8_t *data, size_t size, size_t part,
		struct outcome *ret)
{
	struct answer_intake intake;
	size_t at = 0;

	*ret = (struct outcome){.status = INTAKE_FINE};
	if (!answer_intake_init(&intake, ret->answers, QUERIES, &ret->pool))
		abort();
	while (at < size && ret->status == INTAKE_FINE) {
		size_t length = part < size - at ? part : size - at;
		char *bytes = malloc(length);

		if (!bytes)
			abort();
		memcpy(bytes, data + at, length);
		ret->status = answer_intake_take(&intake, bytes, length);
		free(bytes);
		at += length;
	}
	ret->reason = intake.reason;
	ret->whole = intake.whole;
	answer_intake_deinit(&intake);
}

static void check_answer(const struct frame_answer *answer)
{
	size_t length = 0;

	switch (answer->status) {
	case FRAME_RESOLVED:
		assert(answer->line_count && !answer->candidates);
		assert(answer->line_count <= ANSWER_LINES_MAX);
		break;
	case FRAME_AMBIGUOUS:
		assert(!answer->line_count && answer->candidates > 1);
		break;
	case FRAME_NO_LINE:
	case FRAME_NO_SYMBOL:
	case FRAME_OTHER_SIZE:
	case FRAME_FAILED:
		assert(!answer->line_count && !answer->candidates);
		break;
	default:
		abort();
	}
	for (size_t i = 0; i < answer->line_count; i++) {
		const struct source_line *line = &answer->lines[i];

		length += line->function ? strlen(line->function) : 0;
		length += line->file ? strlen(line->file) : 0;
	}
	assert(length <= answer->line_count * ANSWER_MESSAGE_MAX);
}

static void check(const struct outcome *outcome)
{
	size_t whole = 0;

	for (size_t i = 0; i < QUERIES; i++) {
		check_answer(&outcome->answers[i]);
		whole += outcome->answers[i].status != FRAME_FAILED;
	}
	assert(whole == outcome->whole);
}

static bool text_equal(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void compare(const struct outcome *a, const struct outcome *b)
{
	assert(a->status == b->status && a->whole == b->whole);
	assert(strcmp(a->reason.text, b->reason.text) == 0);
	for (size_t i = 0; i < QUERIES; i++) {
		const struct frame_answer *x = &a->answers[i];
		const struct frame_answer *y = &b->answers[i];

		assert(x->status == y->status);
		assert(x->line_count == y->line_count);
		for (size_t j = 0; j < x->line_count; j++) {
			assert(x->lines[j].line == y->lines[j].line);
			assert(text_equal(x->lines[j].function,
					  y->lines[j].function));
			assert(text_equal(x->lines[j].file, y->lines[j].file));
		}
	}
}

static void check_packing(const uint8_t *data, size_t size)
{
	char packed[ANSWER_MESSAGE_MAX];
	struct answer_message message;
	size_t used;

	if (answer_message_unpack((const char *)data, size, &message, &used) !=
	    ANSWER_WHOLE)
		return;
	assert(used <= size);
	assert(answer_message_pack(&message, packed) == used);
	assert(memcmp(packed, data, used) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outcome whole, parts;

	check_packing(data, size);
	run(data, size, size, &whole);
	run(data, size, 1 + size % 37, &parts);
	check(&whole);
	check(&parts);
	compare(&whole, &parts);
	text_pool_deinit(&whole.pool);
	text_pool_deinit(&parts.pool);
	return 0;
}
