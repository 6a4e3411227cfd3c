/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <stdlib.h>

#include "symbolize/answer_message.h"

static struct answer_text text_of(const char *text)
{
	return (struct answer_text){text, strlen(text)};
}

static bool text_is(struct answer_text text, const char *expected)
{
	return text.text && text.length == strlen(expected) &&
	       memcmp(text.text, expected, text.length) == 0;
}

static const struct answer_message line = {
	.kind = ANSWER_LINE,
	.query = 70000,
	.sequence = 3,
	.last = true,
	.line = 4000000000,
	.function = {"do_leak", 7},
	.file = {"lab/leaky.c", 11},
};

static const struct answer_message ambiguous = {
	.kind = ANSWER_STATUS,
	.query = 5,
	.status = FRAME_AMBIGUOUS,
	.candidates = 2,
};

static enum answer_parse parse(const char *bytes, size_t length)
{
	struct answer_message ret;
	size_t used;

	return answer_message_unpack(bytes, length, &ret, &used);
}

static enum answer_parse parse_packed(const struct answer_message *message)
{
	char bytes[ANSWER_MESSAGE_MAX];

	return parse(bytes, answer_message_pack(message, bytes));
}

static void a_line_arrives_as_it_was_sent(void **state)
{
	char bytes[ANSWER_MESSAGE_MAX];
	size_t length = answer_message_pack(&line, bytes), used = 0;
	struct answer_message got;

	(void)state;
	assert_int_equal(answer_message_unpack(bytes, length, &got, &used),
			 ANSWER_WHOLE);
	assert_int_equal(used, length);
	assert_int_equal(got.kind, ANSWER_LINE);
	assert_int_equal(got.query, 70000);
	assert_int_equal(got.sequence, 3);
	assert_true(got.last);
	assert_int_equal(got.line, 4000000000);
	assert_true(text_is(got.function, "do_leak"));
	assert_true(text_is(got.file, "lab/leaky.c"));
}

static void text_that_is_not_known_is_not_empty_text(void **state)
{
	struct answer_message sent = {.kind = ANSWER_LINE, .file = {"", 0}};
	char bytes[ANSWER_MESSAGE_MAX];
	size_t length = answer_message_pack(&sent, bytes), used;
	struct answer_message got;

	(void)state;
	assert_int_equal(answer_message_unpack(bytes, length, &got, &used),
			 ANSWER_WHOLE);
	assert_null(got.function.text);
	assert_true(text_is(got.file, ""));
}

static void a_status_arrives_as_it_was_sent(void **state)
{
	char bytes[ANSWER_MESSAGE_MAX];
	size_t length = answer_message_pack(&ambiguous, bytes), used;
	struct answer_message got;

	(void)state;
	assert_int_equal(answer_message_unpack(bytes, length, &got, &used),
			 ANSWER_WHOLE);
	assert_int_equal(got.kind, ANSWER_STATUS);
	assert_int_equal(got.query, 5);
	assert_int_equal(got.status, FRAME_AMBIGUOUS);
	assert_int_equal(got.candidates, 2);
}

static void a_reason_arrives_as_it_was_sent(void **state)
{
	struct answer_message sent = {.kind = ANSWER_REASON};
	char bytes[ANSWER_MESSAGE_MAX];
	struct answer_message got;
	size_t length, used;

	(void)state;
	sent.reason = text_of("it is no ELF file");
	length = answer_message_pack(&sent, bytes);
	assert_int_equal(answer_message_unpack(bytes, length, &got, &used),
			 ANSWER_WHOLE);
	assert_int_equal(got.kind, ANSWER_REASON);
	assert_true(text_is(got.reason, "it is no ELF file"));
}

/* How much arrives of a function and a file that are so long. */
static void cut_lengths(size_t function, size_t file, size_t *ret_function,
			size_t *ret_file)
{
	static char many[3 * ANSWER_MESSAGE_MAX];
	struct answer_message sent = {
		.kind = ANSWER_LINE,
		.function = {many, function},
		.file = {many, file},
	};
	char bytes[ANSWER_MESSAGE_MAX];
	struct answer_message got;
	size_t length, used;

	memset(many, 'x', sizeof(many));
	length = answer_message_pack(&sent, bytes);
	assert_true(length <= ANSWER_MESSAGE_MAX);
	assert_int_equal(answer_message_unpack(bytes, length, &got, &used),
			 ANSWER_WHOLE);
	*ret_function = got.function.length;
	*ret_file = got.file.length;
}

static void long_text_is_cut_to_what_a_pipe_takes_at_once(void **state)
{
	size_t function, file, room;

	(void)state;
	cut_lengths(9000, 0, &room, &file);
	assert_in_range(room, 4000, ANSWER_MESSAGE_MAX);
	cut_lengths(9000, 9000, &function, &file);
	assert_int_equal(function, room - room / 2);
	assert_int_equal(function + file, room);
	/* The short one is whole. */
	cut_lengths(9000, 20, &function, &file);
	assert_int_equal(function, room - 20);
	assert_int_equal(file, 20);
	cut_lengths(20, 9000, &function, &file);
	assert_int_equal(function, 20);
	assert_int_equal(file, room - 20);
}

static void text_is_not_cut_within_a_character(void **state)
{
	static char umlauts[2 * ANSWER_MESSAGE_MAX + 1];
	struct answer_message sent = {.kind = ANSWER_LINE};
	char bytes[ANSWER_MESSAGE_MAX];
	struct answer_message got;
	size_t i, length, used;

	(void)state;
	/* Of two bytes each, at odd places or even ones. */
	for (size_t shift = 0; shift < 2; shift++) {
		umlauts[0] = 'x';
		for (i = shift; i + 1 < sizeof(umlauts); i += 2)
			memcpy(umlauts + i, "\xc3\xbc", 2);
		sent.function = (struct answer_text){umlauts, i};
		length = answer_message_pack(&sent, bytes);
		answer_message_unpack(bytes, length, &got, &used);
		assert_in_range(got.function.length, 4000, ANSWER_MESSAGE_MAX);
		assert_int_equal(got.function.length % 2, shift);
	}
}

static void a_message_that_is_cut_anywhere_waits_for_the_rest(void **state)
{
	char bytes[ANSWER_MESSAGE_MAX];
	size_t length = answer_message_pack(&line, bytes);

	(void)state;
	for (size_t i = 0; i < length; i++) {
		/* Exactly so long, so that reading past the end is seen. */
		char *part = malloc(i ? i : 1);

		assert_non_null(part);
		memcpy(part, bytes, i);
		assert_int_equal(parse(part, i), ANSWER_CUT);
		free(part);
	}
}

static void what_no_reader_sends_is_nonsense(void **state)
{
	static const struct answer_message wrong[] = {
		{.kind = ANSWER_REASON + 1},
		{.kind = ANSWER_LINE, .sequence = ANSWER_LINES_MAX},
		{.kind = ANSWER_LINE, .status = FRAME_NO_LINE},
		{.kind = ANSWER_LINE, .candidates = 2},
		{.kind = ANSWER_STATUS, .status = FRAME_UNASKED},
		{.kind = ANSWER_STATUS, .status = FRAME_RESOLVED},
		{.kind = ANSWER_STATUS, .status = FRAME_NO_OBJECT},
		{.kind = ANSWER_STATUS, .status = FRAME_REFUSED},
		{.kind = ANSWER_STATUS, .status = FRAME_FAILED},
		{.kind = ANSWER_STATUS, .status = FRAME_STATUSES},
		{.kind = ANSWER_STATUS,
		 .status = FRAME_NO_LINE,
		 .candidates = 2},
		{.kind = ANSWER_STATUS,
		 .status = FRAME_AMBIGUOUS,
		 .candidates = 1},
		{.kind = ANSWER_STATUS, .status = FRAME_NO_LINE, .line = 1},
		{.kind = ANSWER_STATUS, .status = FRAME_NO_LINE, .last = true},
		{.kind = ANSWER_STATUS,
		 .status = FRAME_NO_LINE,
		 .file = {"x", 1}},
		{.kind = ANSWER_REASON},
		{.kind = ANSWER_REASON, .reason = {"", 0}},
		{.kind = ANSWER_REASON, .reason = {"x", 1}, .query = 1},
		{.kind = ANSWER_REASON, .reason = {"x", 1}, .file = {"x", 1}},
		{.kind = ANSWER_LINE, .function = {"a\0b", 3}},
		{.kind = ANSWER_LINE, .file = {"a\0", 2}},
	};

	(void)state;
	assert_int_equal(parse_packed(&line), ANSWER_WHOLE);
	for (size_t i = 0; i < TEST_COUNT(wrong); i++)
		assert_int_equal(parse_packed(&wrong[i]), ANSWER_NONSENSE);
}

static void a_length_that_is_not_that_of_its_text_is_nonsense(void **state)
{
	char bytes[ANSWER_MESSAGE_MAX] = "";
	size_t length = answer_message_pack(&line, bytes);
	uint16_t told;

	(void)state;
	memcpy(&told, bytes, sizeof(told));
	assert_int_equal(told, length);
	for (int wrong = 0; wrong <= UINT16_MAX; wrong++) {
		told = (uint16_t)wrong;
		memcpy(bytes, &told, sizeof(told));
		assert_int_equal(parse(bytes, sizeof(bytes)),
				 told == length ? ANSWER_WHOLE
						: ANSWER_NONSENSE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_arrives_as_it_was_sent),
		cmocka_unit_test(text_that_is_not_known_is_not_empty_text),
		cmocka_unit_test(a_status_arrives_as_it_was_sent),
		cmocka_unit_test(a_reason_arrives_as_it_was_sent),
		cmocka_unit_test(long_text_is_cut_to_what_a_pipe_takes_at_once),
		cmocka_unit_test(text_is_not_cut_within_a_character),
		cmocka_unit_test(
			a_message_that_is_cut_anywhere_waits_for_the_rest),
		cmocka_unit_test(what_no_reader_sends_is_nonsense),
		cmocka_unit_test(
			a_length_that_is_not_that_of_its_text_is_nonsense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
