/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A capture of a folder that is stopped at each moment at which it asks. */
#include "live/collect_run.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/folder_maker.h"
#include "tests/support/gzip_reader.h"

enum { LARGE = 3 << 20 };

#define REASON "stopped by the test"

/* Large texts come in several pieces, between which it may stop. */
static const char *const large_paths[] = {
	"proc/allocinfo",
	"sys/kernel/debug/page_owner",
};

/* Who watches, and counts. */
struct watcher {
	size_t asked, stop_at; /* stop at that call; 0: never */
	size_t moves, notes;
	uint64_t bytes; /* of the last move */
	char path[256]; /* of the last move */
};

static const char *stop(void *context)
{
	struct watcher *watcher = context;

	return ++watcher->asked == watcher->stop_at ? REASON : NULL;
}

static void moves(void *context, const char *path, uint64_t bytes,
		  uint64_t records)
{
	struct watcher *watcher = context;

	(void)records;
	/* Of one member they never go back. */
	if (strcmp(watcher->path, path) == 0)
		assert_true(bytes >= watcher->bytes);
	snprintf(watcher->path, sizeof(watcher->path), "%s", path);
	watcher->bytes = bytes;
	watcher->moves++;
}

static void noted(void *context, const struct member_note *note)
{
	struct watcher *watcher = context;

	assert_true(note->status == MEMBER_WHOLE || note->why);
	watcher->notes++;
}

static char *large_text(void)
{
	char *text = malloc(LARGE + 1);
	uint64_t word = 1;

	assert_non_null(text);
	/* Of no use to a compressor: pieces fill up. */
	for (size_t i = 0; i < LARGE; i++) {
		word = word * 6364136223846793005 + 1442695040888963407;
		text[i] = (char)(' ' + (word >> 33) % 90);
	}
	text[LARGE] = '\0';
	return text;
}

static void make_root(void)
{
	char *text = large_text();

	folder_file("root/proc/uptime", "1.00 1.00\n");
	folder_file("root/proc/meminfo", "MemTotal: 1 kB\n");
	folder_file("root/sys/kernel/slab/a/object_size", "64\n");
	folder_link("root/sys/kernel/slab/b", "a");
	folder_file("root/proc/allocinfo", text);
	folder_file("root/sys/kernel/debug/page_owner", text);
	free(text);
}

static void read_file(const char *path, struct text_buffer *ret)
{
	FILE *file = fopen(path, "r");
	char chunk[65536];
	size_t length;

	assert_non_null(file);
	while ((length = fread(chunk, 1, sizeof(chunk), file)))
		text_buffer_add(ret, (struct span){chunk, length});
	fclose(file);
}

/* The member is there and begins like what was read; how much of it is. */
static size_t length_of_prefix(const char *path)
{
	char packed_path[300], plain_path[300];
	struct text_buffer packed = {0}, text = {0}, plain = {0};
	size_t length;

	snprintf(packed_path, sizeof(packed_path), "out/%s.gz", path);
	snprintf(plain_path, sizeof(plain_path), "root/%s", path);
	if (access(packed_path, F_OK) != 0)
		return 0;
	read_file(packed_path, &packed);
	read_file(plain_path, &plain);
	gzip_reader_add(&text, text_buffer_span(&packed));
	assert_true(text.length <= plain.length);
	assert_memory_equal(text.at, plain.at, text.length);
	length = text.length;
	text_buffer_deinit(&packed);
	text_buffer_deinit(&plain);
	text_buffer_deinit(&text);
	return length;
}

/* Lines of the manifest that tell what became of a member. */
static size_t count_rows(struct span text, const char **ret_outcome)
{
	static char outcome[200];
	struct span line;
	size_t rows = 0;

	outcome[0] = '\0';
	while (span_take_line(&text, &line)) {
		if (span_starts_with(line, SPAN("ended\t")))
			snprintf(outcome, sizeof(outcome), "%.*s",
				 (int)line.length, line.at);
		rows += span_starts_with(line, SPAN("whole\t")) ||
			span_starts_with(line, SPAN("part\t")) ||
			span_starts_with(line, SPAN("failed\t")) ||
			span_starts_with(line, SPAN("missing\t")) ||
			span_starts_with(line, SPAN("left out\t"));
	}
	*ret_outcome = outcome;
	return rows;
}

/* Take one that stops at the n-th call; whether it did. */
static bool take(size_t n)
{
	struct watcher watcher = {.stop_at = n};
	struct collect_watch watch = {stop, moves, noted, &watcher};
	struct collect_options options = {
		.root = "root",
		.output = "out",
		.jobs = 1,
	};
	struct collect_summary summary;
	struct text_buffer manifest = {0};
	const char *outcome;
	struct error err;
	size_t rows, i;
	bool stopped;

	assert_int_equal(system("rm -rf out"), 0);
	assert_true(collect(&options, &watch, &summary, &err));
	stopped = n && watcher.asked >= n;
	assert_string_equal(summary.ended_early, stopped ? REASON : "");
	read_file("out/manifest", &manifest);
	rows = count_rows(text_buffer_span(&manifest), &outcome);
	assert_non_null(strstr(outcome, stopped ? "\t" REASON : "\twhole"));
	assert_int_equal(watcher.notes, rows);
	for (i = 0; i < TEST_COUNT(large_paths); i++) {
		size_t length = length_of_prefix(large_paths[i]);

		if (!stopped)
			assert_int_equal(length, LARGE);
	}
	/* What was told of last is what is there. */
	if (watcher.path[0])
		assert_int_equal(length_of_prefix(watcher.path), watcher.bytes);
	length_of_prefix("proc/meminfo");
	length_of_prefix("sys/kernel/slab/a/object_size");
	if (!stopped)
		assert_true(watcher.moves > rows / 2);
	text_buffer_deinit(&manifest);
	return stopped;
}

static void wherever_it_is_stopped_what_was_read_is_there(void **state)
{
	size_t n = 1;

	(void)state;
	make_root();
	while (take(n))
		n++;
	/* More often than there are members: between pieces, too. */
	assert_true(n > 8);
	assert_false(take(0));
}

/* The reader, which is our only child. */
static pid_t find_reader(void)
{
	char path[64];
	int pid = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children",
		 (int)getpid());
	file = fopen(path, "r");
	assert_non_null(file);
	if (fscanf(file, "%d", &pid) != 1)
		pid = 0;
	fclose(file);
	return pid;
}

/* Kill the reader at some moment, while it may be idle. */
static const char *stop_by_killing(void *context)
{
	struct watcher *watcher = context;
	pid_t reader;
	siginfo_t info;

	if (++watcher->asked != watcher->stop_at)
		return NULL;
	reader = find_reader();
	if (reader && kill(reader, SIGKILL) == 0)
		/* Its end is waited for, and left to who started it. */
		waitid(P_PID, (id_t)reader, &info, WEXITED | WNOWAIT);
	return NULL;
}

static void a_reader_that_dies_between_pieces_costs_one_member(void **state)
{
	size_t n = 0;
	bool reached = true, lost = false;

	(void)state;
	make_root();
	while (reached) {
		struct watcher watcher = {.stop_at = ++n};
		struct collect_watch watch = {stop_by_killing, moves, noted,
					      &watcher};
		struct collect_options options = {
			.root = "root",
			.output = "out",
			.jobs = 1,
		};
		struct collect_summary summary;
		struct error err;

		assert_int_equal(system("rm -rf out"), 0);
		assert_true(collect(&options, &watch, &summary, &err));
		assert_string_equal(summary.ended_early, "");
		assert_true(summary.members[MEMBER_PART] +
				    summary.members[MEMBER_FAILED] <=
			    1);
		lost |= summary.members[MEMBER_PART] != 0;
		reached = watcher.asked >= n;
	}
	assert_true(lost);
}

static void nothing_to_take_makes_no_output(void **state)
{
	struct collect_watch watch = {0};
	struct collect_options options = {.root = "none", .output = "out"};
	struct collect_summary summary;
	struct error err;

	(void)state;
	assert_false(collect(&options, &watch, &summary, &err));
	folder_file("none/etc/passwd", "root\n");
	assert_false(collect(&options, &watch, &summary, &err));
	assert_non_null(strstr(err.text, "neither proc nor sys"));
	assert_int_not_equal(access("out", F_OK), 0);
}

/* Each would cost five seconds and leave a process that cannot be killed. */
static void files_of_a_name_that_hung_thrice_are_not_tried(void **state)
{
	struct collect_run run = {0};

	(void)state;
	collect_was_late(&run, "proc/1/cgroup");
	collect_was_late(&run, "proc/2/cgroup");
	assert_false(collect_will_hang(&run, "proc/3/cgroup"));
	collect_was_late(&run, "proc/3/cgroup");
	assert_true(collect_will_hang(&run, "proc/4/cgroup"));
	assert_false(collect_will_hang(&run, "proc/4/comm"));
	collect_was_late(&run, "proc/4/comm");
	assert_false(collect_will_hang(&run, "proc/5/comm"));
}

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
	const struct CMUnitTest tests[] = {
		TEST(wherever_it_is_stopped_what_was_read_is_there),
		TEST(a_reader_that_dies_between_pieces_costs_one_member),
		TEST(nothing_to_take_makes_no_output),
		TEST(files_of_a_name_that_hung_thrice_are_not_tried),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
