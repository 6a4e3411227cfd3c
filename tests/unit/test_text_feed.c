/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <pthread.h>
#include <unistd.h>

#include "cli/text_feed.h"

/* A feed of what is written to a pipe. */
struct fixture {
	struct text_feed *feed;
	int writer;
	int saved; /* standard input as it was */
};

/* The first bytes have to be there before it is opened. */
static void open_pipe(struct fixture *fixture, const char *first)
{
	struct error err;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	fixture->saved = dup(STDIN_FILENO);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	fixture->writer = ends[1];
	assert_int_equal(write(ends[1], first, strlen(first)), strlen(first));
	assert_true(text_feed_create("-", &fixture->feed, &err));
}

static void end_input(struct fixture *fixture)
{
	close(fixture->writer);
	fixture->writer = -1;
}

static void close_pipe(struct fixture *fixture)
{
	text_feed_destroy(fixture->feed);
	if (fixture->writer >= 0)
		end_input(fixture);
	dup2(fixture->saved, STDIN_FILENO);
	close(fixture->saved);
}

static void put(struct fixture *fixture, const char *text)
{
	assert_int_equal(write(fixture->writer, text, strlen(text)),
			 strlen(text));
}

static struct text_part next(struct text_feed *feed)
{
	struct text_part part;
	struct error err;

	assert_true(text_feed_next(feed, &part, &err));
	return part;
}

static void lines_are_given_before_the_input_ends(void **state)
{
	struct fixture fixture;
	struct text_part part;

	(void)state;
	open_pipe(&fixture, "one\ntwo\nthr");
	part = next(fixture.feed);
	assert_span(part.text, "one\ntwo\n");
	assert_true(part.pause);
	put(&fixture, "ee\n");
	assert_span(next(fixture.feed).text, "three\n");
	put(&fixture, "last");
	end_input(&fixture);
	part = next(fixture.feed);
	assert_span(part.text, "last");
	assert_false(part.pause);
	assert_span(next(fixture.feed).text, "");
	close_pipe(&fixture);
}

/* The first bytes are read apart: they tell whether it is compressed. */
static void a_line_is_given_when_the_next_has_only_begun(void **state)
{
	struct fixture fixture;

	(void)state;
	open_pipe(&fixture, "one\ntwo, so far");
	alarm(30); /* it must not wait for the rest */
	assert_span(next(fixture.feed).text, "one\n");
	alarm(0);
	close_pipe(&fixture);
}

static void short_text_is_no_compressed_one(void **state)
{
	struct fixture fixture;

	(void)state;
	open_pipe(&fixture, "a\n");
	assert_span(next(fixture.feed).text, "a\n");
	end_input(&fixture);
	assert_span(next(fixture.feed).text, "");
	close_pipe(&fixture);
}

struct long_line {
	int fd;
	size_t length;
};

static void *write_long(void *argument)
{
	const struct long_line *line = argument;
	char *text = malloc(line->length);

	assert_non_null(text);
	memset(text, 'x', line->length);
	for (size_t done = 0; done < line->length;) {
		ssize_t got = write(line->fd, text + done, line->length - done);

		if (got < 0)
			break;
		done += (size_t)got;
	}
	if (write(line->fd, "\nend\n", 5) != 5)
		abort();
	close(line->fd);
	free(text);
	return NULL;
}

static void a_line_without_end_is_passed_in_parts(void **state)
{
	struct fixture fixture;
	struct long_line line;
	struct text_part part;
	pthread_t thread;
	size_t total = 0;
	char last = '\0';

	(void)state;
	open_pipe(&fixture, "a\n");
	assert_span(next(fixture.feed).text, "a\n");
	line = (struct long_line){fixture.writer, 3 * TEXT_FEED_CAPACITY + 5};
	assert_int_equal(pthread_create(&thread, NULL, write_long, &line), 0);
	for (;;) {
		part = next(fixture.feed);
		if (!part.part)
			break;
		total += part.text.length;
		last = span_end(part.text)[-1];
	}
	pthread_join(thread, NULL);
	fixture.writer = -1;
	assert_int_equal(total, line.length + 1);
	assert_int_equal(last, '\n');
	assert_span(part.text, "end\n");
	close_pipe(&fixture);
}

static void a_missing_file_is_told(void **state)
{
	struct text_feed *feed;
	struct error err;

	(void)state;
	assert_false(text_feed_create("/nonexistent/otter", &feed, &err));
	assert_string_equal(err.text, "cannot open '/nonexistent/otter': "
				      "No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_given_before_the_input_ends),
		cmocka_unit_test(a_line_is_given_when_the_next_has_only_begun),
		cmocka_unit_test(short_text_is_no_compressed_one),
		cmocka_unit_test(a_line_without_end_is_passed_in_parts),
		cmocka_unit_test(a_missing_file_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
