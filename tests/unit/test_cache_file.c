/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/answer_sample.h"

#include "symbolize/cache_file.h"

static const struct build_id id = {.bytes = {0xa0, 0x0d, 0, 7}, .length = 4};

/* Line, checksum, build id, count of answers. */
#define LINE "pageowl symbols 2\n"
#define HEAD (sizeof(LINE) - 1 + 8 + 1 + 4 + 4)

static struct answer_table table;
static unsigned char *file;
static size_t file_length;

static int teardown(void **state)
{
	(void)state;
	answer_table_deinit(&table);
	free(file);
	file = NULL;
	return 0;
}

static void add(const struct frame_query *query,
		const struct frame_answer *answer, bool used)
{
	unsigned char key[KEPT_KEY_MAX];
	struct byte_cursor value;
	struct table_answer *added;

	assert_true(kept_value_make(answer, &table.pool, &value));
	added = answer_table_add(
		&table, (struct byte_cursor){key, kept_key_make(query, key)},
		value);
	assert_non_null(added);
	added->used = used;
}

static void encode(void)
{
	free(file);
	file = NULL;
	assert_true(cache_file_encode(&table, &id, &file, &file_length));
}

static void encode_samples(size_t count)
{
	for (size_t i = 0; i < count; i++)
		add(&answer_samples[i].query, &answer_samples[i].answer, true);
	encode();
}

static struct table_answer *find_in(const struct answer_table *from,
				    const struct frame_query *query)
{
	unsigned char key[KEPT_KEY_MAX];
	size_t length = kept_key_make(query, key);

	return answer_table_find(from, (struct byte_cursor){key, length});
}

/* Read into an empty table: how many answers there are. */
static size_t count_in(const unsigned char *bytes, size_t length,
		       const struct build_id *of)
{
	struct answer_table other = {0};
	size_t count;

	if (!cache_file_decode((struct byte_cursor){bytes, length}, of, &other))
		assert_null(other.answers);
	count = HASH_COUNT(other.answers);
	answer_table_deinit(&other);
	return count;
}

static void assert_samples(const struct answer_table *from)
{
	struct text_pool pool = {0};
	struct frame_answer answer;

	assert_int_equal(HASH_COUNT(from->answers), ANSWER_SAMPLES);
	for (size_t i = 0; i < ANSWER_SAMPLES; i++) {
		const struct table_answer *found =
			find_in(from, &answer_samples[i].query);

		assert_non_null(found);
		assert_false(found->used);
		assert_true(kept_value_read(found->value, &pool, &answer));
		assert_same_answer(&answer, &answer_samples[i].answer);
	}
	text_pool_deinit(&pool);
}

static void what_was_written_is_read(void **state)
{
	struct answer_table other = {0};

	(void)state;
	encode_samples(ANSWER_SAMPLES);
	assert_true(cache_file_decode((struct byte_cursor){file, file_length},
				      &id, &other));
	assert_samples(&other);
	answer_table_deinit(&other);
}

static void a_file_may_be_empty_of_answers(void **state)
{
	struct answer_table other = {0};

	(void)state;
	encode();
	assert_true(cache_file_decode((struct byte_cursor){file, file_length},
				      &id, &other));
	assert_null(other.answers);
}

static void what_is_known_already_stays(void **state)
{
	const struct frame_query *query = &answer_samples[0].query;
	struct answer_table other = {0};
	struct frame_answer answer;
	struct text_pool pool = {0};

	(void)state;
	encode_samples(2);
	answer_table_deinit(&table);
	add(query, &answer_samples[4].answer, false);
	assert_true(cache_file_decode((struct byte_cursor){file, file_length},
				      &id, &table));
	assert_int_equal(HASH_COUNT(table.answers), 2);
	assert_true(
		kept_value_read(find_in(&table, query)->value, &pool, &answer));
	assert_int_equal(answer.status, FRAME_NO_SYMBOL);
	text_pool_deinit(&pool);
	answer_table_deinit(&other);
}

static void another_build_id_has_other_answers(void **state)
{
	struct build_id other = id;

	(void)state;
	encode_samples(3);
	assert_int_equal(count_in(file, file_length, &id), 3);
	other.bytes[3]++;
	assert_int_equal(count_in(file, file_length, &other), 0);
	other = id;
	other.length--;
	assert_int_equal(count_in(file, file_length, &other), 0);
	other.length += 2;
	assert_int_equal(count_in(file, file_length, &other), 0);
}

static void a_change_of_any_byte_makes_it_as_good_as_none(void **state)
{
	(void)state;
	encode_samples(2);
	for (size_t i = 0; i < file_length; i++) {
		unsigned char was = file[i];

		for (unsigned value = 0; value < 256; value++) {
			file[i] = (unsigned char)value;
			assert_int_equal(count_in(file, file_length, &id),
					 value == was ? 2 : 0);
		}
		file[i] = was;
	}
}

static void a_cut_anywhere_makes_it_as_good_as_none(void **state)
{
	(void)state;
	encode_samples(2);
	for (size_t length = 0; length < file_length; length++) {
		/* Of that length, so that a sanitizer sees what is behind. */
		unsigned char *cut = malloc(length ? length : 1);

		assert_non_null(cut);
		memcpy(cut, file, length);
		assert_int_equal(count_in(cut, length, &id), 0);
		free(cut);
	}
}

/* The checksum is 8 bytes behind the line. */
static void mend_checksum(void)
{
	size_t line = strlen(LINE);

	byte_put_number(file + line, 8,
			XXH3_64bits(file + line + 8, file_length - line - 8));
}

static void a_file_with_a_checksum_may_be_false_all_the_same(void **state)
{
	(void)state;
	encode_samples(2);
	for (size_t i = 0; i < file_length; i++) {
		unsigned char was = file[i];

		for (unsigned bit = 0; bit < 8; bit++) {
			file[i] = (unsigned char)(was ^ 1u << bit);
			mend_checksum();
			assert_true(count_in(file, file_length, &id) <= 2);
		}
		file[i] = was;
	}
	mend_checksum();
	assert_int_equal(count_in(file, file_length, &id), 2);
}

/* The count of answers stands behind line, checksum and build id. */
static void a_count_that_is_wrong_is_seen(void **state)
{
	unsigned char *count;

	(void)state;
	encode_samples(3);
	count = file + HEAD - 4;
	assert_int_equal(*count, 3);
	for (unsigned value = 0; value < 256; value++) {
		*count = (unsigned char)value;
		mend_checksum();
		assert_int_equal(count_in(file, file_length, &id),
				 value == 3 ? 3 : 0);
	}
}

static void add_many(size_t count, const char *prefix, size_t text_length,
		     bool used)
{
	char *text = malloc(text_length + 1);
	const struct source_line line = {.file = text, .line = 1};
	const struct frame_answer answer = {FRAME_RESOLVED, &line, 1, 0};

	assert_non_null(text);
	memset(text, 'x', text_length);
	text[text_length] = '\0';
	for (size_t i = 0; i < count; i++) {
		const struct frame_query query = {.symbol = prefix,
						  .offset = i};

		add(&query, &answer, used);
	}
	free(text);
}

/* How many answers of a symbol with the offsets 0 to count are in the file. */
static size_t count_of(const char *symbol, size_t count)
{
	struct answer_table other = {0};
	size_t found = 0;

	assert_true(cache_file_decode((struct byte_cursor){file, file_length},
				      &id, &other));
	for (size_t i = 0; i < count; i++) {
		const struct frame_query query = {.symbol = symbol,
						  .offset = i};

		found += find_in(&other, &query) != NULL;
	}
	answer_table_deinit(&other);
	return found;
}

static void of_too_many_answers_those_not_used_are_left_out(void **state)
{
	(void)state;
	add_many(500, "old", 1, false);
	add_many(CACHE_ANSWERS_MAX - 100, "new", 1, true);
	encode();
	assert_int_equal(count_of("new", CACHE_ANSWERS_MAX),
			 CACHE_ANSWERS_MAX - 100);
	assert_int_equal(count_of("old", 500), 100);
	add_many(1, "newer", 1, true);
	add_many(500, "other", 1, true);
	encode();
	assert_int_equal(count_of("newer", 1), 1);
	assert_int_equal(count_of("other", 500), 99);
	assert_int_equal(count_of("old", 500), 0);
}

static void a_file_takes_8_mib_at_most(void **state)
{
	(void)state;
	add_many(100, "old", 60000, false);
	add_many(100, "new", 60000, true);
	encode();
	assert_true(file_length <= CACHE_FILE_MAX);
	assert_true(file_length > CACHE_FILE_MAX - 60100);
	assert_int_equal(count_of("new", 100), 100);
	assert_true(count_of("old", 100) < 40);
	assert_true(count_of("old", 100) > 30);
}

/* The only answer of the file, so many times. */
static void repeat_answer(size_t count)
{
	size_t each = file_length - HEAD;
	unsigned char *longer = malloc(HEAD + count * each);

	assert_non_null(longer);
	memcpy(longer, file, HEAD);
	for (size_t i = 0; i < count; i++)
		memcpy(longer + HEAD + i * each, file + HEAD, each);
	byte_put_number(longer + HEAD - 4, 4, count);
	free(file);
	file = longer;
	file_length = HEAD + count * each;
	mend_checksum();
}

static void a_longer_file_is_none(void **state)
{
	(void)state;
	add_many(1, "heron", 60000, true);
	encode();
	repeat_answer(139);
	assert_true(file_length < CACHE_FILE_MAX);
	assert_int_equal(count_in(file, file_length, &id), 1);
	encode();
	repeat_answer(140);
	assert_true(file_length > CACHE_FILE_MAX);
	assert_int_equal(count_in(file, file_length, &id), 0);
}

static void a_file_with_more_answers_is_none(void **state)
{
	(void)state;
	add_many(1, "heron", 1, true);
	encode();
	repeat_answer(CACHE_ANSWERS_MAX);
	assert_int_equal(count_in(file, file_length, &id), 1);
	encode();
	repeat_answer(CACHE_ANSWERS_MAX + 1);
	assert_int_equal(count_in(file, file_length, &id), 0);
}

/* Behind the two lengths: offset, size, exact, "h"; then the status. */
static void a_false_answer_makes_the_file_false(void **state)
{
	unsigned char *exact, *status;

	(void)state;
	add_many(1, "h", 1, true);
	encode();
	exact = file + HEAD + 8 + 16;
	status = exact + 2;
	assert_int_equal(*status, FRAME_RESOLVED);
	*status = FRAME_FAILED;
	mend_checksum();
	assert_int_equal(count_in(file, file_length, &id), 0);
	*status = FRAME_NO_LINE;
	*exact = 1;
	mend_checksum();
	assert_int_equal(count_in(file, file_length, &id), 1);
	*exact = 2;
	mend_checksum();
	assert_int_equal(count_in(file, file_length, &id), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		TEST(what_was_written_is_read),
		TEST(a_file_may_be_empty_of_answers),
		TEST(what_is_known_already_stays),
		TEST(another_build_id_has_other_answers),
		TEST(a_change_of_any_byte_makes_it_as_good_as_none),
		TEST(a_cut_anywhere_makes_it_as_good_as_none),
		TEST(a_file_with_a_checksum_may_be_false_all_the_same),
		TEST(a_count_that_is_wrong_is_seen),
		TEST(of_too_many_answers_those_not_used_are_left_out),
		TEST(a_file_takes_8_mib_at_most),
		TEST(a_longer_file_is_none),
		TEST(a_file_with_more_answers_is_none),
		TEST(a_false_answer_makes_the_file_false),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
