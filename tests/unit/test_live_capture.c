/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A capture whose dump is the page_owner of a running kernel. */
#define _XOPEN_SOURCE 700
#include "tests/support/check.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include "account/rollup.h"
#include "input/capture.h"
#include "live/live_dump.h"
#include "tests/support/dump_reader.h"
#include "tests/support/fake_owner.h"
#include "tests/support/folder_maker.h"
#include "tests/support/live_folder.h"

enum { RECORDS = 3000 };

static struct fake_owner owner;
static struct live_dump_opener live;
static struct capture capture;
static struct filter filter;
static struct error err;

static int setup(void **state)
{
	struct dice dice = {5};

	fake_owner_init(&owner);
	fake_owner_fill(&owner, &dice, RECORDS);
	live = (struct live_dump_opener){
		.io = &owner.io,
		.dump = "page_owner",
	};
	return folder_setup(state);
}

static int teardown(void **state)
{
	capture_deinit(&capture);
	fake_owner_deinit(&owner);
	return folder_teardown(state);
}

static bool read_with(const char *path, unsigned jobs)
{
	const struct source_opener opener = {live_dump_open, &live};
	const struct capture_options options = {
		.ingest.plan = {.filter = &filter,
				.began_ns = TS_NONE,
				.learn = true,
				.before_own = true},
		.ingest.threads = jobs,
		.opener = &opener,
	};

	live.jobs = jobs;
	capture_deinit(&capture);
	return capture_read(&capture, path, &options, &err);
}

/* The rows of the dump that was read, in a text; the caller frees it. */
static char *render(void)
{
	struct dump_reading reading = {.format = capture.sources[0].format};
	struct report report;
	char *text;

	assert_u64(capture.source_count, 1);
	reading.snapshot = capture.sources[0].snapshot;
	assert_true(rollup_build(&reading.set, &reading.snapshot,
				 &reading.grouping, &filter, MATCH_EXACT,
				 &err));
	dump_top(&reading, &report);
	text = dump_render(&report);
	report_deinit(&report);
	row_set_deinit(&reading.set);
	return text;
}

static void assert_no_child(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

/* Put the records up to a page frame into the file "plain". */
static void write_plain(uint64_t end)
{
	struct text_buffer text = {0};

	fake_owner_all(&owner, end, &text);
	text_buffer_add(&text, (struct span){"", 1});
	folder_file("plain", text.at);
	text_buffer_deinit(&text);
}

static void rows_are_those_of_a_plain_file(void **state)
{
	static const unsigned jobs[] = {1, 3};
	struct loss *loss = &capture.sources[0].snapshot.loss;
	char *expected, *text;

	(void)state;
	folder_file("page_owner", "");
	write_plain(UINT64_MAX);
	assert_true(read_with("plain", 1));
	assert_in_range(capture.sources[0].snapshot.seen, RECORDS / 2,
			RECORDS - 1);
	expected = render();
	for (size_t i = 0; i < TEST_COUNT(jobs); i++) {
		assert_true(read_with("page_owner", jobs[i]));
		assert_true(capture.single);
		assert_true(capture.rereadable);
		/* Those that the kernel refuses are in no file. */
		assert_in_range(loss->unreadable, 1, RECORDS / 2);
		loss->unreadable = 0;
		text = render();
		assert_string_equal(text, expected);
		assert_no_child();
		free(text);
	}
	free(expected);
}

static void of_a_folder_too_it_is_read_by_the_readers(void **state)
{
	(void)state;
	folder_file("root/sys/kernel/debug/page_owner", "");
	folder_file("root/proc/uptime", "12.00 20.00\n");
	live.dump = "root/sys/kernel/debug/page_owner";
	assert_true(read_with("root", 2));
	assert_u64(capture.source_count, 1);
	assert_in_range(capture.sources[0].snapshot.seen, RECORDS / 2,
			RECORDS - 1);
	assert_no_child();
}

static bool refuse_to_open(void *context, const char *path, struct source **ret,
			   struct error *error)
{
	size_t *asked = context;

	(void)path;
	(void)ret;
	++*asked;
	return error_set(error, ERROR_IO, "not now");
}

/* The kernel collects the traces of a slab cache when they are opened. */
static void what_the_kernel_prints_is_opened_by_the_opener_only(void **state)
{
	int watcher = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	size_t asked = 0;
	const struct source_opener opener = {refuse_to_open, &asked};
	const struct capture_options options = {
		.ingest.plan = {.filter = &filter, .began_ns = TS_NONE},
		.ingest.threads = 1,
		.opener = &opener,
	};
	char event[4096];

	(void)state;
	folder_file("root/sys/kernel/debug/slab/a/alloc_traces", "");
	folder_file("root/proc/uptime", "12.00 20.00\n");
	assert_true(watcher >= 0);
	assert_true(
		inotify_add_watch(watcher,
				  "root/sys/kernel/debug/slab/a/alloc_traces",
				  IN_OPEN) >= 0);
	capture_deinit(&capture);
	capture_read(&capture, "root", &options, &err);
	assert_u64(asked, 1);
	assert_int_equal(read(watcher, event, sizeof(event)), -1);
	assert_int_equal(errno, EAGAIN);
	close(watcher);
}

/* Of kmalloc-16 that can hang the machine: opening them is enough. */
static void traces_that_can_hang_the_machine_are_not_opened(void **state)
{
	struct live_machine *machine;
	size_t i;

	folder_file("proc/cmdline", "page_owner=on slub_debug=U\n");
	folder_file("sys/kernel/debug/page_owner", "");
	folder_file("sys/kernel/debug/page_owner_stacks/show_stacks", "");
	folder_file("debugfs/slab/kmalloc-16/alloc_traces", "");
	folder_file("debugfs/slab/kmalloc-16/free_traces", "");
	folder_file("debugfs/slab/kmalloc-64/alloc_traces", "");
	machine = folder_machine(state);
	live.machine = machine;
	for (i = 0; i < 3; i++) {
		static const char *const paths[] = {
			"debugfs/slab/kmalloc-16/alloc_traces",
			"debugfs/slab/kmalloc-16/free_traces",
			"debugfs/slab/kmalloc-64/alloc_traces",
		};

		assert_false(read_with(paths[i], 1));
		assert_int_equal(strstr(err.text, "can hang the machine") !=
					 NULL,
				 i < 2);
	}
	live_machine_destroy(machine);
}

static void a_killed_reader_is_a_loss_and_what_it_read_counts(void **state)
{
	const struct loss *loss = &capture.sources[0].snapshot.loss;
	uint64_t stopped_at;
	char *expected, *text;
	char why[200];

	(void)state;
	folder_file("page_owner", "");
	owner.kill_at = 1002;
	assert_true(read_with("page_owner", 1));
	assert_int_equal(sscanf(loss->input,
				"reading stopped at page frame %" SCNu64 ": "
				"%199[^\n]",
				&stopped_at, why),
			 2);
	assert_string_equal(
		why, "the reader was killed (an oops, or no memory left; see "
		     "the end of the kernel log)");
	assert_true(loss_is_any(loss));
	/* To read it once more would kill once more. */
	assert_false(capture.rereadable);
	assert_no_child();
	capture.sources[0].snapshot.loss = (struct loss){0};
	text = render();
	write_plain(stopped_at);
	assert_true(read_with("plain", 1));
	assert_in_range(capture.sources[0].snapshot.seen, 100, 1001);
	expected = render();
	assert_string_equal(text, expected);
	free(text);
	free(expected);
}

static void other_files_are_read_as_ever(void **state)
{
	(void)state;
	/* Of this name, but neither printed by a kernel nor empty. */
	write_plain(UINT64_MAX);
	assert_int_equal(rename("plain", "page_owner"), 0);
	owner.kill_at = 1;
	assert_true(read_with("page_owner", 1));
	assert_string_equal(capture.sources[0].snapshot.loss.input, "");
	/* Empty, but not where the kernel prints it. */
	folder_file("other/page_owner", "");
	assert_false(read_with("other/page_owner", 1));
	assert_string_equal(err.text,
			    "other/page_owner: there is nothing in it");
	assert_false(read_with("absent/page_owner", 1));
	assert_string_equal(err.text, "cannot open 'absent/page_owner': No "
				      "such file or directory");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_are_those_of_a_plain_file),
		TEST(of_a_folder_too_it_is_read_by_the_readers),
		TEST(what_the_kernel_prints_is_opened_by_the_opener_only),
		TEST(traces_that_can_hang_the_machine_are_not_opened),
		TEST(a_killed_reader_is_a_loss_and_what_it_read_counts),
		TEST(other_files_are_read_as_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
