/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <stdlib.h>

#include "symbolize/answer_intake.h"
#include "tests/support/text_buffer.h"

enum { QUERIES = 3 };

struct fixture {
	struct answer_intake intake;
	struct frame_answer answers[QUERIES];
	struct text_pool pool;
	struct text_buffer sent;
};

static int begin(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	assert_true(answer_intake_init(&fixture->intake, fixture->answers,
				       QUERIES, &fixture->pool));
	*state = fixture;
	return 0;
}

static int end(void **state)
{
	struct fixture *fixture = *state;

	answer_intake_deinit(&fixture->intake);
	text_pool_deinit(&fixture->pool);
	text_buffer_deinit(&fixture->sent);
	free(fixture);
	return 0;
}

static void send(struct fixture *fixture, const struct answer_message *message)
{
	char bytes[ANSWER_MESSAGE_MAX];
	size_t length = answer_message_pack(message, bytes);

	text_buffer_add(&fixture->sent, (struct span){bytes, length});
}

static void send_line(struct fixture *fixture, uint32_t query,
		      uint32_t sequence, bool last, const char *function)
{
	struct answer_message message = {
		.kind = ANSWER_LINE,
		.query = query,
		.sequence = sequence,
		.last = last,
		.line = sequence + 1,
		.function = {function, strlen(function)},
	};

	send(fixture, &message);
}

static void send_status(struct fixture *fixture, uint32_t query,
			enum frame_status status)
{
	struct answer_message message = {
		.kind = ANSWER_STATUS,
		.query = query,
		.status = status,
	};

	send(fixture, &message);
}

static void send_reason(struct fixture *fixture, const char *text)
{
	struct answer_message message = {
		.kind = ANSWER_REASON,
		.reason = {text, strlen(text)},
	};

	send(fixture, &message);
}

/* What was sent, in parts of so many bytes. */
static enum intake_status deliver(struct fixture *fixture, size_t part)
{
	enum intake_status status = INTAKE_FINE;
	size_t at = 0, length = fixture->sent.length;

	for (; at < length && status == INTAKE_FINE; at += part) {
		if (part > length - at)
			part = length - at;
		status = answer_intake_take(&fixture->intake,
					    fixture->sent.at + at, part);
	}
	fixture->sent.length = 0;
	return status;
}

static void answers_of_several_writers_are_told_apart(void **state)
{
	struct fixture *fixture = *state;
	const struct frame_answer *answers = fixture->answers;

	send_line(fixture, 2, 0, false, "inner");
	send_line(fixture, 0, 0, false, "a");
	send_status(fixture, 1, FRAME_NO_SYMBOL);
	send_line(fixture, 2, 1, true, "outer");
	send_line(fixture, 0, 1, true, "b");
	assert_int_equal(deliver(fixture, 1000), INTAKE_FINE);
	assert_int_equal(fixture->intake.whole, 3);
	assert_int_equal(answers[1].status, FRAME_NO_SYMBOL);
	assert_int_equal(answers[2].status, FRAME_RESOLVED);
	assert_int_equal(answers[2].line_count, 2);
	assert_string_equal(answers[2].lines[0].function, "inner");
	assert_int_equal(answers[2].lines[0].line, 1);
	assert_null(answers[2].lines[0].file);
	assert_string_equal(answers[2].lines[1].function, "outer");
	assert_string_equal(answers[0].lines[1].function, "b");
}

static void messages_may_be_cut_anywhere(void **state)
{
	struct fixture *fixture = *state;

	for (size_t part = 1; part < 100; part++) {
		end(state);
		begin(state);
		fixture = *state;
		send_line(fixture, 1, 0, false, "inner");
		send_status(fixture, 0, FRAME_NO_LINE);
		send_line(fixture, 1, 1, true, "outer");
		send_reason(fixture, "it is over");
		assert_int_equal(deliver(fixture, part), INTAKE_FINE);
		assert_int_equal(fixture->intake.whole, 2);
		assert_string_equal(fixture->answers[1].lines[1].function,
				    "outer");
		assert_string_equal(fixture->intake.reason.text, "it is over");
	}
}

static void an_answer_without_its_last_line_is_none(void **state)
{
	struct fixture *fixture = *state;

	send_line(fixture, 0, 0, false, "inner");
	send_line(fixture, 0, 1, false, "outer");
	assert_int_equal(deliver(fixture, 1000), INTAKE_FINE);
	assert_int_equal(fixture->intake.whole, 0);
	assert_int_equal(fixture->answers[0].status, FRAME_FAILED);
	assert_int_equal(fixture->answers[0].line_count, 0);
	assert_null(fixture->answers[0].lines);
}

static void the_first_reason_is_the_one(void **state)
{
	struct fixture *fixture = *state;

	send_reason(fixture, "out of\x1b order");
	send_reason(fixture, "what follows");
	assert_int_equal(deliver(fixture, 1000), INTAKE_FINE);
	assert_string_equal(fixture->intake.reason.text, "out of? order");
}

/* Whether what was sent is refused, after an answer that holds. */
static void assert_refused(struct fixture *fixture)
{
	assert_int_equal(deliver(fixture, 1000), INTAKE_NONSENSE);
	assert_int_equal(fixture->intake.whole, 1);
	assert_int_equal(fixture->answers[0].line_count, 1);
	assert_string_equal(fixture->answers[0].lines[0].function, "held");
}

static void an_index_beyond_the_queries_is_refused(void **state)
{
	send_line(*state, 0, 0, true, "held");
	send_status(*state, QUERIES, FRAME_NO_LINE);
	assert_refused(*state);
}

static void a_second_answer_is_refused(void **state)
{
	send_line(*state, 0, 0, true, "held");
	send_line(*state, 0, 0, true, "other");
	assert_refused(*state);
}

static void a_status_after_an_answer_is_refused(void **state)
{
	send_line(*state, 0, 0, true, "held");
	send_status(*state, 0, FRAME_NO_LINE);
	assert_refused(*state);
}

static void a_status_after_lines_is_refused(void **state)
{
	send_line(*state, 0, 0, true, "held");
	send_line(*state, 1, 0, false, "inner");
	send_status(*state, 1, FRAME_NO_LINE);
	assert_refused(*state);
}

static void a_line_out_of_order_is_refused(void **state)
{
	send_line(*state, 0, 0, true, "held");
	send_line(*state, 1, 1, true, "outer");
	assert_refused(*state);
}

static void a_line_twice_is_refused(void **state)
{
	send_line(*state, 0, 0, true, "held");
	send_line(*state, 1, 0, false, "inner");
	send_line(*state, 1, 0, false, "inner");
	assert_refused(*state);
}

static void more_than_any_job_has_is_refused(void **state)
{
	struct fixture *fixture = *state;
	size_t many = 0;

	send_line(fixture, 0, 0, true, "held");
	assert_int_equal(deliver(fixture, 1000), INTAKE_FINE);
	/* Reasons cost no memory: they could be sent for ever. */
	while (many < ANSWER_BYTES_MAX) {
		enum intake_status status;

		send_reason(fixture, "again and again and again and again");
		many += fixture->sent.length;
		status = deliver(fixture, 1000);
		if (status == INTAKE_NONSENSE)
			break;
		assert_int_equal(status, INTAKE_FINE);
	}
	assert_in_range(many, ANSWER_BYTES_MAX - 1000, ANSWER_BYTES_MAX);
	assert_int_equal(fixture->intake.whole, 1);
}

#define test_of(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test_of(answers_of_several_writers_are_told_apart),
		test_of(messages_may_be_cut_anywhere),
		test_of(an_answer_without_its_last_line_is_none),
		test_of(the_first_reason_is_the_one),
		test_of(an_index_beyond_the_queries_is_refused),
		test_of(a_second_answer_is_refused),
		test_of(a_status_after_an_answer_is_refused),
		test_of(a_status_after_lines_is_refused),
		test_of(a_line_out_of_order_is_refused),
		test_of(a_line_twice_is_refused),
		test_of(more_than_any_job_has_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
