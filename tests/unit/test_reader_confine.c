/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a confined process cannot do. Each test is a child that tries, and
 * tells through its exit status or its pipe.
 */
#define _GNU_SOURCE
#include "tests/support/check.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "symbolize/reader_confine.h"
#include "symbolize/reader_end.h"
#include "symbolize/reader_filter.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(SANITIZED)
#define SKIP_WITH_SANITIZER() skip()
#else
#define SKIP_WITH_SANITIZER()
#endif

/* The exit status of a child: how many of its trials were wrong. */
typedef int (*reader_trial)(void);

static int status_of(pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status))
		return 1000 + WTERMSIG(status);
	return WEXITSTATUS(status);
}

/* In a child that is confined, with this file to read. */
static int run(reader_trial trial, uint64_t memory)
{
	const struct reader_bounds bounds = {
		.memory = memory,
		.cpu_seconds = 100,
	};
	FILE *file = tmpfile();
	pid_t parent = getpid(), child;
	int ends[2];

	assert_non_null(file);
	assert_int_equal(fputs("contents", file), 1);
	assert_int_equal(fflush(file), 0);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		reader_confine(fileno(file), ends[1], parent, &bounds);
		_exit(trial());
	}
	close(ends[0]);
	close(ends[1]);
	fclose(file);
	return status_of(child);
}

/* Whether a filter can be had here at all. */
static bool has_filter(void)
{
	pid_t child = fork();

	assert_true(child >= 0);
	if (!child)
		_exit(reader_filter_install(0, 1) ? 0 : 1);
	return status_of(child) == 0;
}

static const uint64_t plenty = 1 << 30;

static int read_the_file(void)
{
	char bytes[8] = "";

	if (pread(READER_FILE, bytes, sizeof(bytes), 0) != 8)
		return 1;
	return memcmp(bytes, "contents", 8) != 0;
}

static void it_can_read_its_file(void **state)
{
	(void)state;
	assert_int_equal(run(read_the_file, plenty), 0);
}

/* The other end of a pipe that the child had in many places says so. */
static void nothing_else_stays_open(void **state)
{
	const struct reader_bounds bounds = {plenty, 100};
	int held[2], ends[2];
	pid_t parent = getpid(), child;
	char byte;

	(void)state;
	SKIP_WITH_SANITIZER();
	assert_int_equal(pipe2(held, O_NONBLOCK), 0);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		for (int fd = 0; fd < 3; fd++)
			dup2(held[1], fd);
		dup2(held[1], 50);
		dup2(held[1], 900);
		reader_confine(ends[0], ends[1], parent, &bounds);
		while (write(READER_PIPE, "", 1) == 1)
			continue;
		_exit(0);
	}
	close(held[1]);
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	/* The child is there, and would be for ever. */
	assert_int_equal(read(held[0], &byte, 1), 0);
	kill(child, SIGKILL);
	assert_int_equal(status_of(child), 1000 + SIGKILL);
	close(held[0]);
	close(ends[0]);
}

static int open_files(void)
{
	return (open("/dev/null", O_RDONLY) >= 0) + (dup(READER_FILE) >= 0);
}

static void it_cannot_open_files(void **state)
{
	(void)state;
	SKIP_WITH_SANITIZER();
	assert_int_equal(run(open_files, plenty), 0);
}

static int try_calls(void)
{
	int wrong = 0;

	errno = 0;
	wrong += socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || errno != EPERM;
	wrong += kill(getppid(), 0) == 0 || errno != EPERM;
	wrong += syscall(SYS_tgkill, getpid(), getpid(), SIGTERM) == 0;
	wrong += setpgid(0, 0) == 0;
	wrong += setpriority(PRIO_PROCESS, 0, 19) == 0;
	wrong += unshare(0) == 0;
	wrong += execl("/bin/true", "true", (char *)NULL) == 0;
	wrong += write(READER_FILE, "x", 1) >= 0 || errno != EPERM;
	wrong += ftruncate(READER_FILE, 0) == 0;
	wrong += prctl(PR_SET_NAME, "other") == 0;
	wrong += prctl(PR_SET_PDEATHSIG, SIGKILL) != 0;
	return wrong;
}

static void it_can_make_no_call_that_does_anything(void **state)
{
	(void)state;
	SKIP_WITH_SANITIZER();
	if (!has_filter())
		skip();
	assert_int_equal(run(try_calls, plenty), 0);
}

static int get_executable_memory(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		return 1;
	if (mprotect(at, 4096, PROT_READ | PROT_EXEC) == 0)
		return 2;
	if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
		 -1, 0) != MAP_FAILED)
		return 3;
	return mprotect(at, 4096, PROT_READ) != 0 || munmap(at, 4096) != 0;
}

static void memory_cannot_become_code(void **state)
{
	(void)state;
	SKIP_WITH_SANITIZER();
	if (!has_filter())
		skip();
	assert_int_equal(run(get_executable_memory, plenty), 0);
}

static int take_much_memory(void)
{
	void *little = malloc(50 << 20), *much = malloc(200 << 20);

	return !little + 2 * !!much;
}

static void memory_is_limited_besides_what_is_had_already(void **state)
{
	size_t size = 300 << 20;
	void *had =
		mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)state;
	SKIP_WITH_SANITIZER();
	assert_true(had != MAP_FAILED);
	assert_int_equal(run(take_much_memory, 100 << 20), 0);
	assert_int_equal(run(take_much_memory, plenty), 2);
	munmap(had, size);
}

static int have_children(void)
{
	pid_t parent = getpid(), child = fork();
	int status;

	if (child < 0)
		return 1;
	if (!child) {
		reader_confine_child(parent);
		_exit(read_the_file() ? 2 : 5);
	}
	if (waitpid(child, &status, 0) != child)
		return 3;
	return status != 5 << 8;
}

static void it_can_have_children_that_are_confined_too(void **state)
{
	(void)state;
	assert_int_equal(run(have_children, plenty), 0);
}

static int make_namespaces(void)
{
	pid_t child = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL,
				     NULL, NULL, NULL);

	if (child == 0)
		_exit(0);
	return child > 0 || errno != EPERM;
}

static void its_children_have_no_namespaces_of_their_own(void **state)
{
	(void)state;
	SKIP_WITH_SANITIZER();
	if (!has_filter())
		skip();
	assert_int_equal(run(make_namespaces, plenty), 0);
}

/* Each in the place where the other is to be. */
static void file_and_pipe_may_be_crossed(void **state)
{
	const struct reader_bounds bounds = {plenty, 100};
	pid_t parent = getpid(), child = fork();
	int ends[2];

	(void)state;
	assert_true(child >= 0);
	if (!child) {
		FILE *file = tmpfile();

		if (!file || fputs("contents", file) < 0 || fflush(file) ||
		    pipe(ends) != 0)
			_exit(1);
		dup2(fileno(file), 100);
		dup2(ends[1], READER_FILE);
		dup2(100, READER_PIPE);
		reader_confine(READER_PIPE, READER_FILE, parent, &bounds);
		/* Nobody reads. */
		_exit(read_the_file() ||
		      pread(READER_PIPE, &(char){0}, 1, 0) >= 0);
	}
	assert_int_equal(status_of(child), 0);
}

static void without_a_descriptor_to_spare_it_says_so(void **state)
{
	struct rlimit before, few;
	struct reason why = {""};
	int file = open("/dev/null", O_RDONLY), status;
	pid_t parent = getpid(), child;

	(void)state;
	assert_true(file >= 0);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = (struct rlimit){READER_PIPE + 1, before.rlim_max};
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		setrlimit(RLIMIT_NOFILE, &few);
		reader_confine(file, file, parent,
			       &(struct reader_bounds){plenty, 100});
		_exit(0);
	}
	close(file);
	status = status_of(child);
	assert_int_equal(status, READER_NO_DESCRIPTOR);
	assert_true(reader_end_describe(status << 8, &why));
	assert_text_has(why.text, "ulimit -n");
}

static void a_limit_that_was_there_before_is_the_one_that_is_told(void **state)
{
	struct rlimit before, less;
	uint64_t small, large;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
	less = (struct rlimit){200000 << 10, before.rlim_max};
	if (before.rlim_cur < less.rlim_cur)
		skip();
	assert_int_equal(setrlimit(RLIMIT_AS, &less), 0);
	small = reader_confine_memory(1 << 20);
	large = reader_confine_memory(plenty);
	assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
	assert_int_equal(small, 1 << 20);
	assert_int_equal(large, 200000 << 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_can_read_its_file),
		cmocka_unit_test(nothing_else_stays_open),
		cmocka_unit_test(it_cannot_open_files),
		cmocka_unit_test(it_can_make_no_call_that_does_anything),
		cmocka_unit_test(memory_cannot_become_code),
		cmocka_unit_test(memory_is_limited_besides_what_is_had_already),
		cmocka_unit_test(it_can_have_children_that_are_confined_too),
		cmocka_unit_test(its_children_have_no_namespaces_of_their_own),
		cmocka_unit_test(file_and_pipe_may_be_crossed),
		cmocka_unit_test(without_a_descriptor_to_spare_it_says_so),
		cmocka_unit_test(
			a_limit_that_was_there_before_is_the_one_that_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
