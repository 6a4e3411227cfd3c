/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/answer_sample.h"

#include "symbolize/kept_answer.h"

static struct text_pool pool;

static int teardown(void **state)
{
	(void)state;
	text_pool_deinit(&pool);
	return 0;
}

static struct byte_cursor make(const struct frame_answer *answer)
{
	struct byte_cursor bytes;

	assert_true(kept_value_make(answer, &pool, &bytes));
	assert_true(kept_value_is_valid(bytes));
	return bytes;
}

static void answers_come_back_as_they_were(void **state)
{
	struct frame_answer answer;

	(void)state;
	for (size_t i = 0; i < ANSWER_SAMPLES; i++) {
		const struct frame_answer *sample = &answer_samples[i].answer;

		assert_true(kept_value_read(make(sample), &pool, &answer));
		assert_same_answer(&answer, sample);
	}
}

static void what_may_be_there_next_time_is_not_kept(void **state)
{
	static const bool kept[FRAME_STATUSES] = {
		[FRAME_RESOLVED] = true,  [FRAME_NO_LINE] = true,
		[FRAME_NO_SYMBOL] = true, [FRAME_OTHER_SIZE] = true,
		[FRAME_AMBIGUOUS] = true,
	};

	(void)state;
	for (int status = 0; status <= FRAME_STATUSES; status++) {
		const struct frame_answer answer = {
			.status = (enum frame_status)status,
			.lines = answer_sample_chain,
			.line_count = 1,
		};
		struct byte_cursor bytes = {0};

		assert_int_equal(kept_value_make(&answer, &pool, &bytes),
				 status < FRAME_STATUSES && kept[status]);
	}
}

static void a_resolved_frame_has_a_line(void **state)
{
	const struct frame_answer answer = {.status = FRAME_RESOLVED};
	unsigned char bytes[9] = {FRAME_RESOLVED};
	struct byte_cursor value;

	(void)state;
	assert_false(kept_value_make(&answer, &pool, &value));
	assert_false(kept_value_is_valid((struct byte_cursor){bytes, 9}));
	bytes[0] = FRAME_NO_LINE;
	assert_true(kept_value_is_valid((struct byte_cursor){bytes, 9}));
	bytes[0] = FRAME_FAILED;
	assert_false(kept_value_is_valid((struct byte_cursor){bytes, 9}));
}

static void the_parts_of_a_question_but_the_module_make_its_key(void **state)
{
	unsigned char keys[ANSWER_SAMPLES][KEPT_KEY_MAX], again[KEPT_KEY_MAX];
	size_t lengths[ANSWER_SAMPLES], length;
	struct frame_query query = answer_samples[0].query;

	(void)state;
	for (size_t i = 0; i < ANSWER_SAMPLES; i++) {
		lengths[i] = kept_key_make(&answer_samples[i].query, keys[i]);
		assert_true(kept_key_is_valid(
			(struct byte_cursor){keys[i], lengths[i]}));
		for (size_t k = 0; k < i; k++)
			assert_false(lengths[i] == lengths[k] &&
				     !memcmp(keys[i], keys[k], lengths[i]));
	}
	query.module = "egret";
	length = kept_key_make(&query, again);
	assert_int_equal(length, lengths[0]);
	assert_memory_equal(again, keys[0], length);
}

static void a_symbol_has_1_to_1024_bytes(void **state)
{
	char symbol[KEPT_SYMBOL_MAX + 2] = "";
	struct frame_query query = {.symbol = symbol};
	unsigned char key[KEPT_KEY_MAX];

	(void)state;
	assert_int_equal(kept_key_make(&query, key), 0);
	memset(symbol, 'x', KEPT_SYMBOL_MAX);
	assert_int_equal(kept_key_make(&query, key), KEPT_KEY_MAX);
	assert_true(kept_key_is_valid((struct byte_cursor){key, KEPT_KEY_MAX}));
	symbol[KEPT_SYMBOL_MAX] = 'x';
	assert_int_equal(kept_key_make(&query, key), 0);
}

static void what_is_no_key_is_seen(void **state)
{
	unsigned char key[KEPT_KEY_MAX + 1] = {0};

	(void)state;
	memset(key + 17, 'x', sizeof(key) - 17);
	assert_true(kept_key_is_valid((struct byte_cursor){key, 18}));
	assert_false(kept_key_is_valid((struct byte_cursor){key, 17}));
	assert_false(kept_key_is_valid((struct byte_cursor){key, 0}));
	assert_false(kept_key_is_valid((struct byte_cursor){key, sizeof(key)}));
	key[16] = 2;
	assert_false(kept_key_is_valid((struct byte_cursor){key, 18}));
	key[16] = 1;
	key[20] = 0;
	assert_false(kept_key_is_valid((struct byte_cursor){key, 25}));
}

/* With one line, whose function has all that is left. */
static bool is_long_value_valid(size_t length)
{
	unsigned char *bytes = malloc(length);
	bool valid;

	assert_non_null(bytes);
	memset(bytes, 'x', length);
	memset(bytes, 0, 17);
	bytes[0] = FRAME_NO_LINE;
	bytes[5] = 1;
	byte_put_number(bytes + 13, 4, length - 21 + 1);
	memset(bytes + length - 4, 0, 4);
	valid = kept_value_is_valid((struct byte_cursor){bytes, length});
	free(bytes);
	return valid;
}

static void an_answer_takes_64_kib_at_most(void **state)
{
	/* The head of 9, a line of 12. */
	const size_t most = KEPT_VALUE_MAX - 9 - 12;
	char *text = malloc(most + 2);
	const struct source_line line = {.file = text};
	const struct frame_answer answer = {FRAME_NO_LINE, &line, 1, 0};
	struct byte_cursor bytes;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', most + 1);
	text[most] = '\0';
	assert_int_equal(make(&answer).left, KEPT_VALUE_MAX);
	text[most] = 'x';
	text[most + 1] = '\0';
	assert_false(kept_value_make(&answer, &pool, &bytes));
	free(text);
	assert_false(is_long_value_valid(KEPT_VALUE_MAX + 1));
	assert_true(is_long_value_valid(KEPT_VALUE_MAX));
}

/* Of exactly so many bytes, so that a sanitizer sees one read behind them. */
static bool is_value(const unsigned char *bytes, size_t length)
{
	unsigned char *copy = malloc(length ? length : 1);
	struct frame_answer answer;
	bool valid;

	assert_non_null(copy);
	memcpy(copy, bytes, length);
	valid = kept_value_is_valid((struct byte_cursor){copy, length});
	if (valid)
		assert_true(kept_value_read((struct byte_cursor){copy, length},
					    &pool, &answer));
	free(copy);
	return valid;
}

static void what_is_cut_or_goes_on_is_no_answer(void **state)
{
	struct byte_cursor whole = make(&answer_samples[0].answer);
	unsigned char *more = malloc(whole.left + 1);

	(void)state;
	assert_non_null(more);
	memcpy(more, whole.at, whole.left);
	more[whole.left] = 0;
	for (size_t length = 0; length <= whole.left + 1; length++)
		assert_int_equal(is_value(more, length), length == whole.left);
	free(more);
}

static void no_change_of_a_byte_leads_out_of_bounds(void **state)
{
	struct byte_cursor whole = make(&answer_samples[0].answer);
	unsigned char *bytes = malloc(whole.left);

	(void)state;
	assert_non_null(bytes);
	memcpy(bytes, whole.at, whole.left);
	for (size_t i = 0; i < whole.left; i++) {
		for (unsigned value = 0; value < 256; value++) {
			bytes[i] = (unsigned char)value;
			is_value(bytes, whole.left);
		}
		bytes[i] = whole.at[i];
	}
	free(bytes);
}

/* 24 MB would be taken for lines that cannot be there. */
static void a_false_count_of_lines_costs_nothing(void **state)
{
	unsigned char bytes[21] = {FRAME_NO_LINE, 0, 0, 0, 0, 0, 0, 16};
	struct frame_answer answer;

	(void)state;
	assert_false(kept_value_read((struct byte_cursor){bytes, sizeof(bytes)},
				     &pool, &answer));
	assert_null(pool.chunks);
}

static void texts_have_no_nul(void **state)
{
	static const char file[] = "a.c";
	const struct source_line line = {.file = file};
	const struct frame_answer answer = {FRAME_NO_LINE, &line, 1, 0};
	struct byte_cursor bytes = make(&answer);
	unsigned char copy[64];

	(void)state;
	memcpy(copy, bytes.at, bytes.left);
	assert_true(is_value(copy, bytes.left));
	copy[bytes.left - 2] = '\0';
	assert_false(is_value(copy, bytes.left));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(answers_come_back_as_they_were),
		TEST(what_may_be_there_next_time_is_not_kept),
		TEST(a_resolved_frame_has_a_line),
		TEST(the_parts_of_a_question_but_the_module_make_its_key),
		TEST(a_symbol_has_1_to_1024_bytes),
		TEST(what_is_no_key_is_seen),
		TEST(an_answer_takes_64_kib_at_most),
		TEST(what_is_cut_or_goes_on_is_no_answer),
		TEST(no_change_of_a_byte_leads_out_of_bounds),
		TEST(a_false_count_of_lines_costs_nothing),
		TEST(texts_have_no_nul),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
