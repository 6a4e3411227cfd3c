/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* pipe2 */
#include "symbolize/reader_crew.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "symbolize/answer_intake.h"
#include "symbolize/reader_confine.h"
#include "symbolize/reader_end.h"

enum {
	/* How long one that was killed may take to be gone. */
	DEATH_MS = 1000,
	PIPE_BYTES = 64 << 10,
};

#define SECOND_NS UINT64_C(1000000000)
#define MIB	  (UINT64_C(1) << 20)

enum reader_fault { FAULT_NONE, FAULT_LATE, FAULT_NONSENSE, FAULT_NO_MEMORY };

struct reader {
	struct object_job *job; /* NULL: none, the place is free */
	struct answer_intake intake;
	uint64_t patience_ns;
	uint64_t deadline_ns; /* of CLOCK_MONOTONIC */
	pid_t pid;
	int pipe;
	enum reader_fault fault;
	bool done; /* nothing more is to be expected of it */
};

struct reader_crew {
	struct reader_limits limits;
	reader_work work;
	struct text_pool *pool;
	struct object_job **queue; /* the largest first */
	size_t count, next;	   /* in queue */
	struct reader *readers;
	struct pollfd *polled; /* one for each reader */
	unsigned processes;
	unsigned running;
	uint64_t size; /* bytes of all files */
	char bytes[PIPE_BYTES];
};

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * SECOND_NS + (uint64_t)now.tv_nsec;
}

static uint64_t add_capped(uint64_t a, uint64_t b)
{
	return a < UINT64_MAX - b ? a + b : UINT64_MAX;
}

/* ---- what a reader may use ---- */

static unsigned count_cpus(void)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);

	return count > 0 ? (unsigned)count : 1;
}

/*
 * libbfd holds about twice the file; a file whose sections are compressed
 * holds some four times as much as it is large.
 */
static uint64_t memory_for(const struct reader_crew *crew, uint64_t size)
{
	if (crew->limits.memory)
		return crew->limits.memory;
	return size < UINT64_MAX / 8 ? 512 * MIB + 6 * size : UINT64_MAX;
}

static uint64_t patience_for(const struct reader_crew *crew, uint64_t size)
{
	uint64_t seconds = 20 + size / (8 * MIB);

	if (crew->limits.deadline_ns)
		return crew->limits.deadline_ns;
	return seconds < UINT64_MAX / SECOND_NS ? seconds * SECOND_NS
						: UINT64_MAX;
}

/*
 * The largest file has most of the work, and the others are done before its
 * own processes are: it may use nearly all that there are.
 */
static struct reader_share share_for(const struct reader_crew *crew,
				     uint64_t size)
{
	double part = crew->size ? (double)size / (double)crew->size : 1;
	unsigned width = (unsigned)(part * crew->processes + 0.5);

	return (struct reader_share){
		.width = width ? width : 1,
		.batch = crew->limits.batch,
		.memory = memory_for(crew, size),
	};
}

/* ---- beginning ---- */

static _Noreturn void be_reader(const struct reader_crew *crew,
				const struct object_job *job, int pipe,
				pid_t parent)
{
	struct reader_share share = share_for(crew, job->size);
	struct reader_bounds bounds = {
		.memory = share.memory,
		.cpu_seconds = 10 + job->size / (16 * MIB),
	};

	/* What it says of its memory is what it had. */
	share.memory = reader_confine_memory(share.memory);
	reader_confine(job->fd, pipe, parent, &bounds);
	crew->work(job, &share);
	_exit(0);
}

static bool start_process(struct reader_crew *crew, struct reader *reader,
			  struct reason *why)
{
	pid_t parent = getpid();
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return reason_set(why, "cannot make a pipe: %s",
				  strerror(errno));
	reader->pid = fork();
	if (reader->pid == 0)
		be_reader(crew, reader->job, ends[1], parent);
	close(ends[1]);
	if (reader->pid < 0) {
		close(ends[0]);
		return reason_set(why, "cannot start a process to read it: %s",
				  strerror(errno));
	}
	/* Whoever of us is first: it must be there when we kill the group. */
	setpgid(reader->pid, reader->pid);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	reader->pipe = ends[0];
	return true;
}

static struct reader *free_reader(struct reader_crew *crew)
{
	for (unsigned i = 0; i < crew->processes; i++)
		if (!crew->readers[i].job)
			return &crew->readers[i];
	return NULL;
}

static bool start_reader(struct reader_crew *crew, struct object_job *job,
			 struct reason *why)
{
	struct reader *reader = free_reader(crew);

	*reader = (struct reader){.job = job};
	reader->patience_ns = patience_for(crew, job->size);
	if (!answer_intake_init(&reader->intake, job->answers, job->count,
				crew->pool)) {
		reader->job = NULL;
		return reason_set(why, "out of memory");
	}
	if (!start_process(crew, reader, why)) {
		answer_intake_deinit(&reader->intake);
		reader->job = NULL;
		return false;
	}
	reader->deadline_ns = add_capped(now_ns(), reader->patience_ns);
	crew->running++;
	return true;
}

/* ---- the end ---- */

/* One that hangs in the kernel, for a file on a network, is not waited for. */
static bool reap(pid_t pid, int *ret_status)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	pid_t got;

	for (int ms = 0; ms < DEATH_MS; ms++) {
		got = waitpid(pid, ret_status, WNOHANG);
		if (got == pid)
			return true;
		if (got < 0 && errno != EINTR)
			return false;
		nanosleep(&pause, NULL);
	}
	return false;
}

static void take_bytes(struct reader_crew *crew, struct reader *reader)
{
	ssize_t got;

	do
		got = read(reader->pipe, crew->bytes, sizeof(crew->bytes));
	while (got < 0 && errno == EINTR);
	if (got < 0 && errno == EAGAIN)
		return;
	if (got <= 0) {
		reader->done = true;
		return;
	}
	switch (answer_intake_take(&reader->intake, crew->bytes, (size_t)got)) {
	case INTAKE_FINE:
		return;
	case INTAKE_NONSENSE:
		reader->fault = FAULT_NONSENSE;
		break;
	case INTAKE_NO_MEMORY:
		reader->fault = FAULT_NO_MEMORY;
		break;
	}
	reader->done = true;
}

static void name_failure(struct reader *reader, int status)
{
	struct reason *why = &reader->job->failure;

	switch (reader->fault) {
	case FAULT_LATE:
		reason_set(why, "reading it took more than %.3g s",
			   (double)reader->patience_ns / SECOND_NS);
		return;
	case FAULT_NONSENSE:
		reason_set(why, "the process that read it made no sense");
		return;
	case FAULT_NO_MEMORY:
		reason_set(why, "out of memory");
		return;
	case FAULT_NONE:
		break;
	}
	if (reader->intake.reason.text[0])
		*why = reader->intake.reason;
	else if (!reader_end_describe(status, why))
		reason_set(why, "reading it ended too early");
}

/* Its children go with it: they have its group. */
static void end_reader(struct reader_crew *crew, struct reader *reader)
{
	int status = 0;

	kill(-reader->pid, SIGKILL);
	reap(reader->pid, &status);
	/* What it had answered before holds. */
	reader->done = reader->fault == FAULT_NONSENSE ||
		       reader->fault == FAULT_NO_MEMORY;
	for (int i = 0; i < 2 && !reader->done; i++)
		take_bytes(crew, reader);
	close(reader->pipe);
	if (reader->intake.whole < reader->job->count)
		name_failure(reader, status);
	answer_intake_deinit(&reader->intake);
	reader->job = NULL;
	crew->running--;
}

/* ---- running ---- */

static int compare_jobs(const void *a, const void *b)
{
	const struct object_job *left = *(struct object_job *const *)a;
	const struct object_job *right = *(struct object_job *const *)b;

	if (left->size != right->size)
		return left->size < right->size ? 1 : -1;
	return (left > right) - (left < right);
}

static void fail_job(struct object_job *job, const struct reason *why)
{
	for (size_t i = 0; i < job->count; i++)
		job->answers[i] = (struct frame_answer){.status = FRAME_FAILED};
	job->failure = *why;
}

/*
 * Start as many as there may be. Without processes or memory for another one,
 * those that run are waited for; when none does, the next job has failed.
 */
static void start_readers(struct reader_crew *crew)
{
	struct reason why = {""};

	while (crew->next < crew->count && crew->running < crew->processes) {
		struct object_job *job = crew->queue[crew->next];

		if (job->count && !start_reader(crew, job, &why)) {
			if (crew->running)
				return;
			fail_job(job, &why);
		}
		crew->next++;
	}
}

/* Milliseconds until the first deadline. */
static int time_left(const struct reader_crew *crew)
{
	uint64_t now = now_ns(), least = UINT64_MAX;

	for (unsigned i = 0; i < crew->processes; i++) {
		const struct reader *reader = &crew->readers[i];

		if (!reader->job)
			continue;
		if (reader->deadline_ns <= now)
			return 0;
		if (reader->deadline_ns - now < least)
			least = reader->deadline_ns - now;
	}
	/* Not a moment too early, and often enough for an int. */
	least = least / 1000000 + 1;
	return least < 60000 ? (int)least : 60000;
}

static void listen_once(struct reader_crew *crew)
{
	unsigned i;

	for (i = 0; i < crew->processes; i++)
		/* poll() passes negative descriptors. */
		crew->polled[i] = (struct pollfd){
			.fd = crew->readers[i].job ? crew->readers[i].pipe : -1,
			.events = POLLIN,
		};
	if (poll(crew->polled, crew->processes, time_left(crew)) < 0) {
		/* Without memory for it: it is tried again. */
		if (errno != EINTR)
			nanosleep(&(struct timespec){.tv_nsec = 10000000},
				  NULL);
		return;
	}
	for (i = 0; i < crew->processes; i++)
		if (crew->polled[i].revents)
			take_bytes(crew, &crew->readers[i]);
}

static void end_readers(struct reader_crew *crew)
{
	uint64_t now = now_ns();

	for (unsigned i = 0; i < crew->processes; i++) {
		struct reader *reader = &crew->readers[i];

		if (!reader->job)
			continue;
		if (!reader->done && reader->deadline_ns <= now)
			reader->fault = FAULT_LATE;
		if (reader->done || reader->fault)
			end_reader(crew, reader);
	}
}

static bool crew_init(struct reader_crew *crew, struct object_job *jobs,
		      size_t count)
{
	crew->processes =
		crew->limits.processes ? crew->limits.processes : count_cpus();
	crew->count = count;
	crew->queue = calloc(count ? count : 1, sizeof(*crew->queue));
	crew->readers = calloc(crew->processes, sizeof(*crew->readers));
	crew->polled = calloc(crew->processes, sizeof(*crew->polled));
	if (!crew->queue || !crew->readers || !crew->polled)
		return false;
	for (size_t i = 0; i < count; i++) {
		crew->queue[i] = &jobs[i];
		crew->size = add_capped(crew->size, jobs[i].size);
	}
	if (count)
		qsort(crew->queue, count, sizeof(struct object_job *),
		      compare_jobs);
	return true;
}

static void crew_destroy(struct reader_crew *crew)
{
	free(crew->polled);
	free(crew->readers);
	free(crew->queue);
	free(crew);
}

bool reader_crew_run(struct object_job *jobs, size_t count,
		     const struct reader_limits *limits, reader_work work,
		     struct text_pool *pool, struct reason *why)
{
	struct reader_crew *crew = calloc(1, sizeof(*crew));

	if (!crew)
		return reason_set(why, "out of memory");
	crew->limits = *limits;
	crew->work = work;
	crew->pool = pool;
	if (!crew_init(crew, jobs, count)) {
		crew_destroy(crew);
		return reason_set(why, "out of memory");
	}
	for (;;) {
		start_readers(crew);
		if (!crew->running)
			break;
		listen_once(crew);
		end_readers(crew);
	}
	crew_destroy(crew);
	return true;
}
