/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* syscall, NSIG */
#include "symbolize/reader_confine.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "symbolize/reader_end.h"
#include "symbolize/reader_filter.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED 1
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static void die_with(pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* It may have died before we asked for that. */
	if (getppid() != parent)
		_exit(1);
}

/* Handlers of the program we come from would do its work. */
static void reset_signals(void)
{
	sigset_t none;

	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void close_from(int first)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, (unsigned)first, ~0U, 0U) == 0)
		return;
#endif
	struct rlimit limit = {0};
	int end = 1 << 20;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
	    limit.rlim_cur < (rlim_t)end)
		end = (int)limit.rlim_cur;
	for (int fd = first; fd < end; fd++)
		close(fd);
}

/*
 * The standard streams are closed, so that nothing which libbfd prints gets
 * anywhere; a sanitizer may still tell what it found.
 */
static void keep_two(int file, int pipe)
{
	/* Out of the way: they may be in one another's place. */
	int kept_file = fcntl(file, F_DUPFD, READER_PIPE + 1);
	int kept_pipe = fcntl(pipe, F_DUPFD, READER_PIPE + 1);

	if (kept_file < 0 || kept_pipe < 0 ||
	    dup2(kept_file, READER_FILE) < 0 ||
	    dup2(kept_pipe, READER_PIPE) < 0)
		_exit(READER_NO_DESCRIPTOR);
	close_from(READER_PIPE + 1);
	for (int fd = 0; fd < 2 + !SANITIZED; fd++)
		close(fd);
}

static rlim_t lesser(rlim_t limit, uint64_t value)
{
	return value < limit ? (rlim_t)value : limit;
}

/* Somebody may have limited us more than we do. */
static void limit(int resource, uint64_t soft, uint64_t hard)
{
	struct rlimit now;

	if (getrlimit(resource, &now) != 0)
		return;
	now.rlim_max = lesser(now.rlim_max, hard);
	now.rlim_cur = lesser(lesser(now.rlim_cur, soft), now.rlim_max);
	setrlimit(resource, &now);
}

/* Bytes of address space in use; 0: not known. */
static uint64_t own_size(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	long page = sysconf(_SC_PAGESIZE);
	unsigned long pages = 0;

	if (!file)
		return 0;
	if (fscanf(file, "%lu", &pages) != 1)
		pages = 0;
	fclose(file);
	return (uint64_t)pages * (page > 0 ? (uint64_t)page : 0);
}

uint64_t reader_confine_memory(uint64_t memory)
{
	struct rlimit now;

	return getrlimit(RLIMIT_AS, &now) == 0 ? lesser(now.rlim_cur, memory)
					       : memory;
}

static void set_limits(const struct reader_bounds *bounds, uint64_t own)
{
	uint64_t memory = bounds->memory;
	uint64_t cpu = bounds->cpu_seconds;

	limit(RLIMIT_CORE, 0, 0);
	limit(RLIMIT_FSIZE, 0, 0);
	/* At the hard limit it would be killed, and not be told why. */
	if (cpu < UINT64_MAX)
		limit(RLIMIT_CPU, cpu, cpu + 1);
	if (SANITIZED)
		return;
	if (memory < UINT64_MAX - own)
		limit(RLIMIT_AS, memory + own, memory + own);
	limit(RLIMIT_NOFILE, 0, 0);
}

void reader_confine(int file, int pipe, pid_t parent,
		    const struct reader_bounds *bounds)
{
	uint64_t own;

	/* All of a job is killed as a group, and Ctrl-C is for the parent. */
	setpgid(0, 0);
	die_with(parent);
	reset_signals();
	own = own_size();
	keep_two(file, pipe);
	prctl(PR_SET_NAME, "pageowl-symbols");
	prctl(PR_SET_DUMPABLE, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	set_limits(bounds, own);
	if (!SANITIZED)
		reader_filter_install(READER_FILE, READER_PIPE);
}

void reader_confine_child(pid_t parent)
{
	die_with(parent);
}
