/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700
#include "tests/support/check.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void read_all(struct source *source, struct text_buffer *text)
{
	static char part[100000];
	size_t length;
	struct error err;

	do {
		assert_true(
			source_read(source, part, sizeof(part), &length, &err));
		text_buffer_add(text, (struct span){part, length});
	} while (length);
}

/* No process remains. */
static void assert_no_child(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void the_text_is_that_of_all_records(void **state)
{
	struct text_buffer text = {0}, expected = {0};
	struct source *source;
	struct fake_owner owner;
	struct error err;

	(void)state;
	make_owner(&owner);
	assert_true(live_stream_create("owner", 3, &owner.io, &source, &err));
	read_all(source, &text);
	fake_owner_all(&owner, UINT64_MAX, &expected);
	assert_true(span_equal(text_buffer_span(&text),
			       text_buffer_span(&expected)));
	assert_string_equal(source_loss(source)->text, "");
	assert_false(source_loss(source)->harmful);
	assert_in_range(source_loss(source)->unreadable_records, 1, 3000);
	source_destroy(source);
	assert_no_child();
	text_buffer_deinit(&text);
	text_buffer_deinit(&expected);
	fake_owner_deinit(&owner);
}

/* It is packed on its way, which nobody wants to know. */
static void progress_is_that_of_the_text(void **state)
{
	struct text_buffer text = {0};
	struct source *source;
	struct fake_owner owner;
	uint64_t done, total;
	struct error err;

	(void)state;
	make_owner(&owner);
	assert_true(live_stream_create("owner", 2, &owner.io, &source, &err));
	read_all(source, &text);
	source_progress(source, &done, &total);
	assert_u64(done, text.length);
	assert_u64(total, 0);
	source_destroy(source);
	text_buffer_deinit(&text);
	fake_owner_deinit(&owner);
}

static void a_reader_that_is_killed_is_told(void **state)
{
	struct text_buffer text = {0};
	struct source *source;
	struct fake_owner owner;
	struct error err;

	(void)state;
	fake_owner_init(&owner);
	for (uint64_t pfn = 5; pfn < 1000; pfn++)
		fake_owner_add(&owner, pfn, 0, "a", 100);
	owner.kill_at = 102;
	assert_true(live_stream_create("owner", 1, &owner.io, &source, &err));
	read_all(source, &text);
	assert_u64(text.length, owner.records[100].at);
	assert_string_equal(source_loss(source)->text,
			    "reading stopped at page frame 105: the reader "
			    "was killed (an oops, or no memory left; see the "
			    "end of the kernel log)");
	assert_true(source_loss(source)->harmful);
	source_destroy(source);
	assert_no_child();
	text_buffer_deinit(&text);
	fake_owner_deinit(&owner);
}

static void a_read_that_fails_is_told(void **state)
{
	struct text_buffer text = {0};
	struct source *source;
	struct fake_owner owner;
	struct error err;

	(void)state;
	fake_owner_init(&owner);
	for (uint64_t pfn = 5; pfn < 1000; pfn++)
		fake_owner_add(&owner, pfn, 0, "a", 100);
	owner.fail_at = 102;
	assert_true(live_stream_create("owner", 1, &owner.io, &source, &err));
	read_all(source, &text);
	assert_string_equal(source_loss(source)->text,
			    "reading stopped at page frame 105: Input/output "
			    "error");
	assert_false(source_loss(source)->harmful);
	source_destroy(source);
	text_buffer_deinit(&text);
	fake_owner_deinit(&owner);
}

static void a_source_may_end_before_its_text(void **state)
{
	struct source *source;
	struct fake_owner owner;
	struct error err;
	char part[100];
	size_t length;

	(void)state;
	make_owner(&owner);
	assert_true(live_stream_create("owner", 4, &owner.io, &source, &err));
	assert_true(source_read(source, part, sizeof(part), &length, &err));
	source_destroy(source);
	assert_no_child();
	fake_owner_deinit(&owner);
}

static void read_for_ever(struct fake_owner *owner)
{
	struct text_buffer text = {0};
	struct source *source;
	struct error err;

	if (live_stream_create("owner", 2, &owner->io, &source, &err))
		read_all(source, &text);
	_exit(0);
}

/* They ignore what a terminal sends, and would wait in the kernel for ever. */
static void no_reader_outlives_who_is_interrupted(void **state)
{
	struct fake_owner owner;
	int status;
	pid_t pid;

	(void)state;
	make_owner(&owner);
	owner.detain_at = 2;
	/* Orphans become ours. */
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	pid = fork();
	if (pid == 0) {
		/* Whoever runs tests in the background has it ignored. */
		signal(SIGINT, SIG_DFL);
		read_for_ever(&owner);
	}
	/* One that was detained has been started. */
	while (atomic_load(&owner.counts->reads) < 2)
		sched_yield();
	assert_int_equal(kill(pid, SIGINT), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	/* Killed, or gone by itself where it had hardly been started. */
	for (int i = 0; i < 2; i++)
		assert_true(waitpid(-1, NULL, 0) > 0);
	assert_no_child();
	fake_owner_deinit(&owner);
}

static void what_cannot_be_read_at_all_is_an_error(void **state)
{
	struct source *source;
	struct fake_owner owner;
	struct error err;

	(void)state;
	assert_false(live_stream_create("/absent/page_owner", 1, NULL, &source,
					&err));
	assert_string_equal(err.text, "cannot read '/absent/page_owner': No "
				      "such file or directory");
	make_owner(&owner);
	owner.kill_at = 1;
	assert_false(live_stream_create("owner", 1, &owner.io, &source, &err));
	assert_string_equal(err.text, "cannot read 'owner': the reader was "
				      "killed (an oops, or no memory left; "
				      "see the end of the kernel log)");
	assert_no_child();
	fake_owner_deinit(&owner);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_is_that_of_all_records),
		cmocka_unit_test(progress_is_that_of_the_text),
		cmocka_unit_test(a_reader_that_is_killed_is_told),
		cmocka_unit_test(a_read_that_fails_is_told),
		cmocka_unit_test(a_source_may_end_before_its_text),
		cmocka_unit_test(no_reader_outlives_who_is_interrupted),
		cmocka_unit_test(what_cannot_be_read_at_all_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
