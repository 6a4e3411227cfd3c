/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of processes in folders and archives. */
#include "tests/support/check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "input/capture.h"
#include "input/package.h"
#include "tests/support/archive_maker.h"
#include "tests/support/folder_maker.h"
#include "tests/support/text_buffer.h"

#define ROLLUP "1-2 ---p 00000000 00:00 0    [rollup]\nPss: 7 kB\n"
#define SMAPS  "1-2 r--p 00000000 08:01 5    /x\nSize: 4 kB\nRss: 4 kB\n"
#define NOBODY 65534

static struct capture capture;
static struct error err;
static struct filter filter;
static struct text_buffer text;

static int setup(void **state)
{
	err = (struct error){0};
	return folder_setup(state);
}

static int teardown(void **state)
{
	capture_deinit(&capture);
	filter_deinit(&filter);
	text_buffer_deinit(&text);
	return folder_teardown(state);
}

static void read_with(const char *path, bool processes,
		      void (*begins)(void *context, const char *path))
{
	const struct capture_options options = {
		.ingest.plan = {.filter = &filter,
				.began_ns = TS_NONE,
				.learn = true,
				.before_own = true},
		.ingest.threads = 1,
		.processes = processes,
		.begins = begins,
	};

	capture_deinit(&capture);
	if (!capture_read(&capture, path, &options, &err))
		fail_msg("%s", err.text);
}

static void assert_remarks(const char *expected)
{
	struct text_buffer found = {0};
	const struct remark *remark;

	text_buffer_add(&found, SPAN(""));
	for (remark = capture.remarks; remark; remark = remark->next)
		text_buffer_format(&found, "%s\n", remark->text);
	assert_span(text_buffer_span(&found), expected);
	text_buffer_deinit(&found);
}

static uint64_t value_of(const char *group, const char *scope, const char *name)
{
	uint64_t value = UINT64_MAX;

	counters_value(&capture.counters, group, span_of(scope), name, &value);
	return value;
}

static void assert_text(const char *group, const char *scope, const char *name,
			const char *expected)
{
	const struct counter *counter =
		counters_find(&capture.counters, group, span_of(scope), name);

	assert_non_null(counter);
	assert_span(counter->text, expected);
}

static void note_path(void *context, const char *path)
{
	(void)context;
	text_buffer_format(&text, "%s ", path);
}

static void put_two(void)
{
	folder_file("c/proc/meminfo", "MemTotal: 10 kB\n");
	folder_file("c/proc/vmallocinfo", "0x1-0x2 8192 f+0x1/0x2 pages=1\n");
	folder_file("c/proc/12/smaps_rollup", ROLLUP);
	folder_file("c/proc/12/smaps", SMAPS);
	folder_file("c/proc/12/comm", "x\n\nPFN 0x1 typ\n");
	folder_file("c/proc/12/status", "Name:\tx\nUid:\t5\t0\t0\t0\n");
	folder_file("c/proc/12/cgroup", "0::/a\n");
	folder_file("c/proc/2/smaps_rollup.gz", "");
	folder_file("c/proc/2/status", "Name:\tkthreadd\n");
	folder_file("c/proc/self/status", "Name:\tself\n");
	folder_file("c/proc/net/status", "Name:\tnet\n");
}

static void a_folder_has_them_last_where_they_are_wanted(void **state)
{
	(void)state;
	put_two();
	read_with("c", true, note_path);
	assert_span(text_buffer_span(&text),
		    "c/proc/meminfo c/proc/vmallocinfo "
		    "c/proc/12/smaps_rollup c/proc/2/smaps_rollup.gz "
		    "c/proc/12/status c/proc/2/status c/proc/12/comm "
		    "c/proc/12/cgroup c/proc/12/smaps ");
	assert_remarks("");
	assert_u64(value_of("smaps_rollup", "12", "Pss"), 7);
	assert_u64(value_of("smaps", "12", "Rss"), 4);
	assert_u64(value_of("status", "12", "Uid"), 5);
	assert_text("comm", "12", "comm", "x\n\nPFN 0x1 typ");
	assert_text("cgroup", "12", "cgroup", "/a");
	assert_text("status", "2", "Name", "kthreadd");
}

static void a_folder_has_none_where_nobody_asks(void **state)
{
	(void)state;
	put_two();
	read_with("c", false, note_path);
	assert_span(text_buffer_span(&text),
		    "c/proc/meminfo c/proc/vmallocinfo ");
	assert_u64(value_of("smaps_rollup", "12", "Pss"), UINT64_MAX);
}

static size_t members_of(const struct package_options *options)
{
	const struct member *member;
	struct package *package;
	size_t count = 0;

	assert_true(package_open("c", options, &package, &err));
	while (package_next(package, &member, &err) && member)
		count++;
	package_close(package);
	return count;
}

static void a_folder_is_not_searched_for_what_nobody_asks(void **state)
{
	const struct package_options wanted = {.processes = true};

	(void)state;
	put_two();
	assert_int_equal(members_of(NULL), 2);
	assert_int_equal(members_of(&wanted), 9);
}

static void a_file_that_was_named_is_read(void **state)
{
	(void)state;
	put_two();
	read_with("c/proc/12/status", false, NULL);
	assert_u64(value_of("status", "12", "Uid"), 5);
	folder_file("812.smaps_rollup", ROLLUP);
	read_with("812.smaps_rollup", false, NULL);
	assert_u64(value_of("smaps_rollup", "", "Pss"), 7);
	folder_file("812.smaps", SMAPS);
	read_with("812.smaps", false, NULL);
	assert_u64(value_of("smaps", "", "Rss"), 4);
}

static void those_without_a_process_are_not_mixed(void **state)
{
	(void)state;
	folder_file("f/812.smaps_rollup", ROLLUP);
	folder_file("f/813.smaps_rollup", ROLLUP);
	read_with("f", true, NULL);
	assert_u64(capture.counters.count, 0);
	assert_u64(capture.member_count, 0);
}

static void a_folder_with_the_number_of_a_process_may_be_any(void **state)
{
	(void)state;
	folder_file("f/1/status", "Name:\tx\n");
	folder_file("f/1/comm", "x\n");
	folder_file("f/status", "Name:\tx\n");
	folder_file("f/cgroup", "0::/a\n");
	read_with("f", true, NULL);
	assert_u64(capture.member_count, 0);
}

static void remove_file(void *context, const char *path)
{
	(void)context;
	assert_int_equal(unlink(path), 0);
}

static void a_process_that_has_ended_is_no_news(void **state)
{
	(void)state;
	folder_file("c/proc/12/status", "Name:\tx\n");
	folder_file("c/proc/13/smaps_rollup", ROLLUP);
	read_with("c", true, remove_file);
	assert_remarks("");
	assert_string_equal(err.text, "");
	assert_u64(capture.member_count, 0);
	assert_u64(capture.counters.count, 0);
	/* Of others it is. */
	folder_file("c/proc/meminfo", "MemTotal: 10 kB\n");
	read_with("c", true, remove_file);
	assert_remarks("c/proc/meminfo: not read: cannot open 'proc/meminfo': "
		       "No such file or directory\n");
	assert_string_equal(err.text, "");
}

static void those_that_may_not_be_read_are_counted_and_said_once(void **state)
{
	bool root = geteuid() == 0;

	(void)state;
	assert_int_equal(chmod(".", 0755), 0);
	put_two();
	folder_file("c/proc/13/smaps_rollup", ROLLUP);
	folder_file("c/proc/14/smaps_rollup", ROLLUP);
	folder_file("c/proc/14/comm", "hidden\n");
	assert_int_equal(chmod("c/proc/13/smaps_rollup", 0), 0);
	assert_int_equal(chmod("c/proc/14", 0), 0);
	/* To root everything is readable. */
	assert_true(!root || seteuid(NOBODY) == 0);
	read_with("c", true, NULL);
	assert_true(!root || seteuid(0) == 0);
	assert_int_equal(chmod("c/proc/14", 0755), 0);
	assert_remarks("c: 6 files of processes could not be read, "
		       "'proc/13/smaps_rollup' first: Permission denied\n");
	assert_text("unreadable", "13", "smaps_rollup", "Permission denied");
	assert_text("unreadable", "14", "smaps_rollup", "Permission denied");
	assert_text("unreadable", "14", "comm", "Permission denied");
	assert_u64(value_of("smaps_rollup", "12", "Pss"), 7);
	assert_u64(value_of("smaps_rollup", "13", "Pss"), UINT64_MAX);
}

#ifdef HAVE_ARCHIVE

static void put_archive(const char *path)
{
	static const struct made_entry entries[] = {
		{.path = "t1/proc/12/comm", .text = "a\nb\n"},
		{.path = "t1/proc/meminfo", .text = "MemTotal: 10 kB\n"},
		{.path = "12/status", .text = "Name:\tx\n"},
		{0},
	};
	struct made_archive made;

	made_archive_init(&made, "gnutar", "none", entries);
	made_archive_write(&made, made.length, path);
	made_archive_deinit(&made);
}

static void an_archive_passes_them_over_where_nobody_asks(void **state)
{
	(void)state;
	put_archive("a.tar");
	read_with("a.tar", false, note_path);
	assert_span(text_buffer_span(&text), "a.tar/t1/proc/meminfo ");
	assert_u64(capture.counters.count, 1);
	read_with("a.tar", true, NULL);
	assert_text("comm", "12", "comm", "a\nb");
	assert_u64(capture.counters.count, 2);
	assert_remarks("");
}

#endif

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_folder_has_them_last_where_they_are_wanted),
		TEST(a_folder_has_none_where_nobody_asks),
		TEST(a_folder_is_not_searched_for_what_nobody_asks),
		TEST(a_file_that_was_named_is_read),
		TEST(those_without_a_process_are_not_mixed),
		TEST(a_folder_with_the_number_of_a_process_may_be_any),
		TEST(a_process_that_has_ended_is_no_news),
		TEST(those_that_may_not_be_read_are_counted_and_said_once),
#ifdef HAVE_ARCHIVE
		TEST(an_archive_passes_them_over_where_nobody_asks),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
