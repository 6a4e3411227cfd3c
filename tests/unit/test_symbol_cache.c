/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/answer_sample.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "symbolize/symbol_cache.h"
#include "tests/support/folder_maker.h"

#define DIRECTORY "cache/symbols"
#define FILE_PATH DIRECTORY "/a00d0007"

static const struct build_id id = {.bytes = {0xa0, 0x0d, 0, 7}, .length = 4};

static struct text_pool pool;

static int teardown(void **state)
{
	text_pool_deinit(&pool);
	return folder_teardown(state);
}

static struct symbol_cache *open_cache(void)
{
	struct symbol_cache *cache = symbol_cache_open(DIRECTORY, &id);

	assert_non_null(cache);
	return cache;
}

static void add_sample(struct symbol_cache *cache, size_t i)
{
	symbol_cache_add(cache, &answer_samples[i].query,
			 &answer_samples[i].answer);
}

static bool has_sample(const struct symbol_cache *cache, size_t i)
{
	struct frame_answer answer;

	if (!symbol_cache_find(cache, &answer_samples[i].query, &pool, &answer))
		return false;
	assert_same_answer(&answer, &answer_samples[i].answer);
	return true;
}

static void write_samples(size_t first, size_t end)
{
	struct symbol_cache *cache = open_cache();

	for (; first < end; first++)
		add_sample(cache, first);
	symbol_cache_close(cache);
}

/* How many are kept on disk; they are the first ones. */
static size_t samples_kept(void)
{
	struct symbol_cache *cache = open_cache();
	size_t count = 0;

	while (count < ANSWER_SAMPLES && has_sample(cache, count))
		count++;
	symbol_cache_close(cache);
	return count;
}

static bool is_there(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

static void answers_of_every_kind_are_kept(void **state)
{
	(void)state;
	write_samples(0, ANSWER_SAMPLES);
	assert_true(is_there(FILE_PATH));
	assert_int_equal(samples_kept(), ANSWER_SAMPLES);
}

static void an_answer_is_there_before_it_is_written(void **state)
{
	struct symbol_cache *cache = open_cache();

	(void)state;
	assert_false(has_sample(cache, 0));
	add_sample(cache, 0);
	assert_true(has_sample(cache, 0));
	assert_false(has_sample(cache, 1));
	symbol_cache_close(cache);
}

static void a_later_answer_takes_the_place_of_an_earlier(void **state)
{
	const struct frame_query *query = &answer_samples[0].query;
	struct frame_answer answer;
	struct symbol_cache *cache;

	(void)state;
	write_samples(0, 2);
	cache = open_cache();
	symbol_cache_add(cache, query, &answer_samples[4].answer);
	symbol_cache_close(cache);
	cache = open_cache();
	assert_true(symbol_cache_find(cache, query, &pool, &answer));
	assert_same_answer(&answer, &answer_samples[4].answer);
	assert_true(has_sample(cache, 1));
	symbol_cache_close(cache);
}

static void another_build_id_has_a_file_of_its_own(void **state)
{
	const struct build_id other = {.bytes = {0xa0, 0x0d}, .length = 2};
	struct symbol_cache *cache;

	(void)state;
	write_samples(0, 3);
	cache = symbol_cache_open(DIRECTORY, &other);
	assert_non_null(cache);
	assert_false(has_sample(cache, 0));
	add_sample(cache, 4);
	symbol_cache_close(cache);
	assert_true(is_there(DIRECTORY "/a00d"));
	assert_int_equal(samples_kept(), 3);
	/* Not even by another name. */
	assert_int_equal(rename(FILE_PATH, DIRECTORY "/a00d"), 0);
	cache = symbol_cache_open(DIRECTORY, &other);
	assert_false(has_sample(cache, 0));
	symbol_cache_close(cache);
}

static void what_has_no_build_id_is_not_written(void **state)
{
	static const struct build_id none = {.length = 0};
	struct symbol_cache *cache = symbol_cache_open(DIRECTORY, &none);

	(void)state;
	assert_non_null(cache);
	add_sample(cache, 0);
	symbol_cache_close(cache);
	assert_false(is_there("cache"));
	symbol_cache_close(NULL);
}

static void nothing_is_written_where_nothing_was_added(void **state)
{
	static const struct frame_answer failed = {.status = FRAME_FAILED};
	struct stat before, after;
	struct symbol_cache *cache = open_cache();

	(void)state;
	symbol_cache_add(cache, &answer_samples[0].query, &failed);
	symbol_cache_close(cache);
	assert_false(is_there("cache"));
	write_samples(0, 2);
	assert_int_equal(stat(FILE_PATH, &before), 0);
	assert_int_equal(samples_kept(), 2);
	assert_int_equal(stat(FILE_PATH, &after), 0);
	assert_true(before.st_ino == after.st_ino);
}

static void what_another_has_written_meanwhile_stays(void **state)
{
	struct symbol_cache *cache = open_cache();

	(void)state;
	add_sample(cache, 0);
	write_samples(1, ANSWER_SAMPLES);
	symbol_cache_close(cache);
	assert_int_equal(samples_kept(), ANSWER_SAMPLES);
}

static void a_damaged_file_is_as_good_as_none_and_written_anew(void **state)
{
	struct stat whole;

	(void)state;
	write_samples(0, 3);
	assert_int_equal(stat(FILE_PATH, &whole), 0);
	assert_int_equal(truncate(FILE_PATH, whole.st_size - 1), 0);
	assert_int_equal(samples_kept(), 0);
	write_samples(0, 1);
	assert_int_equal(samples_kept(), 1);
	folder_file(FILE_PATH, "pageowl symbols 0\nwhatever");
	assert_int_equal(samples_kept(), 0);
	write_samples(0, 2);
	assert_int_equal(samples_kept(), 2);
}

static void what_is_left_over_goes_when_something_is_written(void **state)
{
	const char *path = DIRECTORY "/b0.0123456789abcdef";
	const struct timespec long_ago[2] = {{.tv_sec = 1}, {.tv_sec = 1}};

	(void)state;
	folder_file(path, "half");
	assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
	assert_int_equal(samples_kept(), 0);
	assert_true(is_there(path));
	write_samples(0, 1);
	assert_false(is_there(path));
}

static void where_nothing_can_be_written_nothing_is_said(void **state)
{
	(void)state;
	folder_file("cache", "");
	write_samples(0, 2);
	assert_int_equal(samples_kept(), 0);
	assert_int_equal(unlink("cache"), 0);
	assert_int_equal(mkdir("cache", 0500), 0);
	if (geteuid() == 0)
		skip();
	write_samples(0, 2);
	assert_int_equal(samples_kept(), 0);
}

/* ---- bounds ---- */

static void add_numbered(struct symbol_cache *cache, size_t first, size_t end)
{
	for (; first < end; first++) {
		const struct frame_query query = {.symbol = "heron_poll",
						  .offset = first};

		symbol_cache_add(cache, &query, &answer_samples[1].answer);
	}
}

static size_t numbered(const struct symbol_cache *cache, size_t first,
		       size_t end)
{
	struct frame_answer answer;
	size_t count = 0;

	for (; first < end; first++) {
		const struct frame_query query = {.symbol = "heron_poll",
						  .offset = first};

		count += symbol_cache_find(cache, &query, &pool, &answer);
	}
	return count;
}

static void answers_that_were_not_asked_for_go_first(void **state)
{
	struct symbol_cache *cache = open_cache();

	(void)state;
	add_numbered(cache, 0, 65536);
	symbol_cache_close(cache);
	cache = open_cache();
	assert_int_equal(numbered(cache, 0, 65536), 65536);
	symbol_cache_close(cache);
	/* The last are asked for, so that the others make room. */
	cache = open_cache();
	assert_int_equal(numbered(cache, 60000, 65536), 5536);
	add_numbered(cache, 65536, 66536);
	symbol_cache_close(cache);
	cache = open_cache();
	assert_int_equal(numbered(cache, 60000, 66536), 6536);
	assert_int_equal(numbered(cache, 0, 60000), 59000);
	symbol_cache_close(cache);
}

static void more_than_a_file_holds_is_not_even_remembered(void **state)
{
	struct symbol_cache *cache = open_cache();

	(void)state;
	add_numbered(cache, 0, 65636);
	assert_int_equal(numbered(cache, 0, 65636), 65536);
	symbol_cache_close(cache);
}

/* ---- others ---- */

static void run_writer(size_t sample)
{
	struct symbol_cache *cache;

	for (int i = 0; i < 100; i++) {
		cache = symbol_cache_open(DIRECTORY, &id);
		add_sample(cache, sample);
		symbol_cache_close(cache);
	}
	_exit(0);
}

static bool is_running(pid_t child)
{
	int status;

	if (waitpid(child, &status, WNOHANG) == 0)
		return true;
	assert_int_equal(status, 0);
	return false;
}

static void two_writers_at_once_harm_nothing(void **state)
{
	pid_t children[2];
	bool running[2] = {true, true};
	struct symbol_cache *cache;

	(void)state;
	write_samples(2, 3);
	for (size_t i = 0; i < 2; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (!children[i])
			run_writer(i);
	}
	while (running[0] || running[1]) {
		for (size_t i = 0; i < 2; i++)
			running[i] = running[i] && is_running(children[i]);
		/* Whenever it is read it is whole. */
		cache = open_cache();
		assert_true(has_sample(cache, 2));
		symbol_cache_close(cache);
	}
	cache = open_cache();
	assert_true(has_sample(cache, 0) || has_sample(cache, 1));
	symbol_cache_close(cache);
	/* And nothing but the file is left. */
	assert_int_equal(unlink(FILE_PATH), 0);
	assert_int_equal(rmdir(DIRECTORY), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(answers_of_every_kind_are_kept),
		TEST(an_answer_is_there_before_it_is_written),
		TEST(a_later_answer_takes_the_place_of_an_earlier),
		TEST(another_build_id_has_a_file_of_its_own),
		TEST(what_has_no_build_id_is_not_written),
		TEST(nothing_is_written_where_nothing_was_added),
		TEST(what_another_has_written_meanwhile_stays),
		TEST(a_damaged_file_is_as_good_as_none_and_written_anew),
		TEST(what_is_left_over_goes_when_something_is_written),
		TEST(where_nothing_can_be_written_nothing_is_said),
		TEST(answers_that_were_not_asked_for_go_first),
		TEST(more_than_a_file_holds_is_not_even_remembered),
		TEST(two_writers_at_once_harm_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
