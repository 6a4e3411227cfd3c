/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700
#include "tests/support/check.h"

#include <errno.h>
#include <sys/wait.h>

#include "live/live_stream.h"
#include "tests/support/fake_owner.h"

static void make_owner(struct fake_owner *owner)
{
	struct dice dice = {11};
	uint64_t pfn;

	fake_owner_init(owner);
	owner->min_low_pfn = 1;
	fake_owner_fill(owner, &dice, 3000);
	/* A piece that is more than is asked for at once. */
	owner->noise = &dice;
	pfn = owner->records[owner->count - 1].pfn;
	for (int i = 1; i < 600; i++)
		fake_owner_add(owner, pfn + (uint64_t)i, 0, "a", 3500);
	owner->noise = NULL;
}

static void read_all(struct live_stream *stream, struct text_buffer *text)
{
	static char part[100000];
	size_t length;
	struct error err;

	do {
		assert_true(source_read(live_stream_source(stream), part,
					sizeof(part), &length, &err));
		text_buffer_add(text, (struct span){part, length});
	} while (length);
	assert_string_equal(source_loss(live_stream_source(stream))->text, "");
}

static void the_text_is_that_of_all_records(void **state)
{
	struct text_buffer text = {0}, expected = {0};
	struct live_stream *stream;
	struct fake_owner owner;
	struct error err;
	char loss[300];

	(void)state;
	make_owner(&owner);
	assert_true(live_stream_create("owner", 3, &owner.io, &stream, &err));
	read_all(stream, &text);
	fake_owner_all(&owner, UINT64_MAX, &expected);
	assert_true(span_equal(text_buffer_span(&text),
			       text_buffer_span(&expected)));
	live_stream_loss(stream, loss, sizeof(loss));
	assert_string_equal(loss, "");
	assert_in_range(live_stream_refused(stream), 1, 3000);
	live_stream_destroy(stream);
	text_buffer_deinit(&text);
	text_buffer_deinit(&expected);
	fake_owner_deinit(&owner);
}

static void a_reader_that_is_killed_is_told(void **state)
{
	struct text_buffer text = {0};
	struct live_stream *stream;
	struct fake_owner owner;
	struct error err;
	char loss[300], expected[300];

	(void)state;
	fake_owner_init(&owner);
	for (uint64_t pfn = 5; pfn < 1000; pfn++)
		fake_owner_add(&owner, pfn, 0, "a", 100);
	owner.kill_at = 102;
	assert_true(live_stream_create("owner", 1, &owner.io, &stream, &err));
	read_all(stream, &text);
	assert_u64(text.length, owner.records[100].at);
	live_stream_loss(stream, loss, sizeof(loss));
	snprintf(expected, sizeof(expected),
		 "reading stopped at page frame %d: the process that read was "
		 "killed (signal 9)",
		 105);
	assert_string_equal(loss, expected);
	live_stream_destroy(stream);
	text_buffer_deinit(&text);
	fake_owner_deinit(&owner);
}

static void a_stream_may_end_before_its_text(void **state)
{
	struct live_stream *stream;
	struct fake_owner owner;
	struct error err;
	char part[100];
	size_t length;

	(void)state;
	make_owner(&owner);
	assert_true(live_stream_create("owner", 4, &owner.io, &stream, &err));
	assert_true(source_read(live_stream_source(stream), part, sizeof(part),
				&length, &err));
	live_stream_destroy(stream);
	/* No process remains. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	fake_owner_deinit(&owner);
}

static void what_cannot_be_read_at_all_is_an_error(void **state)
{
	struct live_stream *stream;
	struct fake_owner owner;
	struct error err;

	(void)state;
	assert_false(live_stream_create("/absent/page_owner", 1, NULL, &stream,
					&err));
	assert_string_equal(err.text, "cannot read '/absent/page_owner': No "
				      "such file or directory");
	make_owner(&owner);
	owner.kill_at = 1;
	assert_false(live_stream_create("owner", 2, &owner.io, &stream, &err));
	fake_owner_deinit(&owner);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_is_that_of_all_records),
		cmocka_unit_test(a_reader_that_is_killed_is_told),
		cmocka_unit_test(a_stream_may_end_before_its_text),
		cmocka_unit_test(what_cannot_be_read_at_all_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
