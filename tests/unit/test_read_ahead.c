/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include <errno.h>

#include "input/read_ahead.h"

/* A source of counted bytes, in parts, that may end badly. */
struct counter {
	size_t given, length, part;
	int error;
};

static ssize_t read_counter(void *context, void *buffer, size_t length)
{
	struct counter *counter = context;
	unsigned char *at = buffer;
	size_t i;

	if (length > counter->part)
		length = counter->part;
	if (length > counter->length - counter->given)
		length = counter->length - counter->given;
	if (!length && counter->error) {
		errno = counter->error;
		return -1;
	}
	for (i = 0; i < length; i++)
		at[i] = (unsigned char)(counter->given++ * 31);
	return (ssize_t)length;
}

static struct source *open_counter(struct counter *counter)
{
	struct source_io io = {.read = read_counter, .context = counter};
	struct source *source;
	struct error err;

	assert_true(
		source_create_io(io, SOURCE_STREAM, "counter", &source, &err));
	return source;
}

static size_t read_all(struct read_ahead *ahead, size_t block_size)
{
	struct block_reader *reader = read_ahead_reader(ahead);
	size_t length, total = 0, i;
	struct error err;
	char *data;

	while (true) {
		assert_true(reader->next(reader, &data, &length, &err));
		if (!length)
			return total;
		assert_true(length <= block_size);
		for (i = 0; i < length; i++)
			assert_int_equal((unsigned char)data[i],
					 (unsigned char)((total + i) * 31));
		/* The room in front is the caller's to write to. */
		memset(data - LINE_MAX_LENGTH, '#', LINE_MAX_LENGTH);
		data[length] = '#';
		total += length;
	}
}

static void all_bytes_come_in_order_with_and_without_a_thread(void **state)
{
	static const size_t sizes[] = {1, 100, 4096, 65536};
	size_t i, threaded;

	(void)state;
	for (i = 0; i < TEST_COUNT(sizes); i++) {
		for (threaded = 0; threaded < 2; threaded++) {
			struct counter counter = {.length = 20000, .part = 777};
			struct source *source = open_counter(&counter);
			struct read_ahead *ahead;
			struct error err;

			assert_true(read_ahead_create(source, sizes[i],
						      threaded, &ahead, &err));
			assert_int_equal(read_all(ahead, sizes[i]), 20000);
			read_ahead_destroy(ahead);
			source_destroy(source);
		}
	}
}

static void the_end_is_told_again_and_again(void **state)
{
	struct counter counter = {.length = 5, .part = 5};
	struct source *source = open_counter(&counter);
	struct read_ahead *ahead;
	struct error err;
	int i;

	(void)state;
	assert_true(read_ahead_create(source, 100, true, &ahead, &err));
	assert_int_equal(read_all(ahead, 100), 5);
	for (i = 0; i < 3; i++)
		assert_int_equal(read_all(ahead, 100), 0);
	read_ahead_destroy(ahead);
	source_destroy(source);
}

static void it_may_be_destroyed_at_any_time(void **state)
{
	size_t blocks;

	(void)state;
	for (blocks = 0; blocks < 6; blocks++) {
		struct counter counter = {.length = 1 << 20, .part = 1000};
		struct source *source = open_counter(&counter);
		struct block_reader *reader;
		struct read_ahead *ahead;
		struct error err;
		size_t length, i;
		char *data;

		assert_true(
			read_ahead_create(source, 1000, true, &ahead, &err));
		reader = read_ahead_reader(ahead);
		for (i = 0; i < blocks; i++)
			assert_true(reader->next(reader, &data, &length, &err));
		read_ahead_destroy(ahead);
		source_destroy(source);
	}
	read_ahead_destroy(NULL);
}

static void no_more_than_three_blocks_are_read_ahead(void **state)
{
	struct counter counter = {.length = 1 << 20, .part = 100};
	struct source *source = open_counter(&counter);
	size_t at_start = counter.given, length;
	struct block_reader *reader;
	struct read_ahead *ahead;
	struct error err;
	char *data;

	(void)state;
	assert_true(read_ahead_create(source, 1000, true, &ahead, &err));
	reader = read_ahead_reader(ahead);
	assert_true(reader->next(reader, &data, &length, &err));
	read_ahead_destroy(ahead); /* joins the thread */
	assert_true(counter.given <= at_start + 4 * 1000);
	source_destroy(source);
}

/* A failure in the middle is a loss of the source, not an error. */
static void what_came_before_a_failure_is_given(void **state)
{
	struct counter counter = {.length = 5000, .part = 500, .error = EIO};
	struct source *source = open_counter(&counter);
	struct read_ahead *ahead;
	struct error err;

	(void)state;
	assert_true(read_ahead_create(source, 1000, true, &ahead, &err));
	assert_int_equal(read_all(ahead, 1000), 5000);
	read_ahead_destroy(ahead);
	assert_string_equal(source_loss(source)->text,
			    "reading stopped after 5000 bytes: "
			    "Input/output error");
	source_destroy(source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			all_bytes_come_in_order_with_and_without_a_thread),
		cmocka_unit_test(the_end_is_told_again_and_again),
		cmocka_unit_test(it_may_be_destroyed_at_any_time),
		cmocka_unit_test(no_more_than_three_blocks_are_read_ahead),
		cmocka_unit_test(what_came_before_a_failure_is_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
