/* SPDX-License-Identifier: GPL-3.0-or-later */
/* With work of our own: what it does wrong, libbfd does seldom. */
#define _GNU_SOURCE
#include "tests/support/check.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "symbolize/answer_outbox.h"
#include "symbolize/reader_confine.h"
#include "symbolize/reader_crew.h"

enum { QUERIES = 3 };

static const struct frame_query query = {.symbol = "f"};
static const struct frame_query *const queries[QUERIES] = {&query, &query,
							   &query};
static struct text_pool pool;

static void tell(const struct answer_message *message)
{
	struct answer_outbox outbox = {.fd = READER_PIPE};

	if (!answer_outbox_add(&outbox, message) ||
	    !answer_outbox_flush(&outbox))
		_exit(9);
}

static void tell_answer(size_t index, const char *function)
{
	struct answer_message message = {
		.kind = ANSWER_LINE,
		.query = (uint32_t)index,
		.last = true,
		.line = 7,
		.function = {function, strlen(function)},
	};

	tell(&message);
}

static void tell_all(const struct object_job *job)
{
	for (size_t i = 0; i < job->count; i++)
		tell_answer(i, "answered");
}

/* ---- work ---- */

static void answer(const struct object_job *job,
		   const struct reader_share *share)
{
	(void)share;
	tell_all(job);
}

static void tell_share(const struct object_job *job,
		       const struct reader_share *share)
{
	struct answer_message message = {
		.kind = ANSWER_LINE,
		.last = true,
		.line = share->width,
	};

	message.query = 0;
	tell(&message);
	message.query = 1;
	message.line = (uint32_t)(share->memory >> 20);
	tell(&message);
	message.query = 2;
	message.line = share->batch;
	tell(&message);
	(void)job;
}

static void crash(const struct object_job *job,
		  const struct reader_share *share)
{
	(void)job;
	(void)share;
	tell_answer(1, "before");
	__builtin_trap();
}

static void crash_after_all(const struct object_job *job,
			    const struct reader_share *share)
{
	(void)share;
	tell_all(job);
	__builtin_trap();
}

static void hang(const struct object_job *job, const struct reader_share *share)
{
	(void)job;
	(void)share;
	tell_answer(1, "before");
	for (;;)
		pause();
}

/* The one that is to hang is not the one that is waited for. */
static void leave_a_child(const struct object_job *job,
			  const struct reader_share *share)
{
	/* It does not ask to die with its parent. */
	(void)job;
	(void)share;
	fork();
	for (;;)
		pause();
}

static void give_a_reason(const struct object_job *job,
			  const struct reader_share *share)
{
	struct answer_message message = {
		.kind = ANSWER_REASON,
		.reason = {"it is odd", 9},
	};

	(void)job;
	(void)share;
	tell_answer(2, "before");
	tell(&message);
}

static void talk_nonsense(const struct object_job *job,
			  const struct reader_share *share)
{
	static const char nonsense[64] = "Hello";

	(void)job;
	(void)share;
	tell_answer(1, "before");
	if (write(READER_PIPE, nonsense, sizeof(nonsense)) < 0)
		_exit(9);
	for (;;)
		pause();
}

static void flood(const struct object_job *job,
		  const struct reader_share *share)
{
	(void)job;
	(void)share;
	for (;;)
		give_a_reason(job, share);
}

static void end_early(const struct object_job *job,
		      const struct reader_share *share)
{
	(void)job;
	(void)share;
	tell_answer(0, "before");
}

static void end_badly(const struct object_job *job,
		      const struct reader_share *share)
{
	(void)job;
	(void)share;
	_exit(3);
}

/* ---- asking ---- */

struct asked {
	struct frame_answer answers[QUERIES];
	struct object_job job;
};

static struct object_job job_of(struct asked *asked)
{
	return (struct object_job){
		.fd = STDIN_FILENO,
		.size = 1000,
		.queries = queries,
		.count = QUERIES,
		.answers = asked->answers,
	};
}

static void assert_no_child_is_left(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static struct asked ask(reader_work work, uint64_t deadline_ns)
{
	const struct reader_limits limits = {
		.processes = 2,
		.deadline_ns = deadline_ns,
	};
	struct asked asked = {.answers = {{0}}};
	struct reason why = {""};

	asked.job = job_of(&asked);
	assert_true(reader_crew_run(&asked.job, 1, &limits, work, &pool, &why));
	assert_no_child_is_left();
	return asked;
}

static void assert_answers(const struct asked *asked, const char *wanted)
{
	char got[QUERIES + 1] = "";

	for (size_t i = 0; i < QUERIES; i++)
		got[i] = asked->answers[i].status == FRAME_RESOLVED ? 'y'
			 : asked->answers[i].status == FRAME_FAILED ? '-'
								    : '?';
	assert_string_equal(got, wanted);
}

enum { SHORT_NS = 50000000 };

static void answers_arrive(void **state)
{
	struct asked asked = ask(answer, 0);

	(void)state;
	assert_answers(&asked, "yyy");
	assert_string_equal(asked.answers[2].lines[0].function, "answered");
	assert_int_equal(asked.answers[2].lines[0].line, 7);
	assert_string_equal(asked.job.failure.text, "");
}

static void what_was_answered_before_a_crash_holds(void **state)
{
	struct asked asked = ask(crash, 0);

	(void)state;
	assert_answers(&asked, "-y-");
	assert_text_has(asked.job.failure.text, "reading it crashed (signal ");
}

static void a_crash_that_costs_no_answer_is_none(void **state)
{
	struct asked asked = ask(crash_after_all, 0);

	(void)state;
	assert_answers(&asked, "yyy");
	assert_string_equal(asked.job.failure.text, "");
}

static void one_that_hangs_is_ended(void **state)
{
	struct asked asked = ask(hang, SHORT_NS);

	(void)state;
	/* It may have been too late for the one that it tells. */
	assert_int_equal(asked.answers[0].status, FRAME_FAILED);
	assert_int_equal(asked.answers[2].status, FRAME_FAILED);
	assert_string_equal(asked.job.failure.text,
			    "reading it took more than 0.05 s");
}

/* They would hold the pipe: reading it would never end. */
static void children_of_one_that_hangs_are_ended_too(void **state)
{
	const struct reader_limits limits = {.deadline_ns = SHORT_NS};
	struct asked asked = {.answers = {{0}}};
	struct reason why;
	struct pollfd closed;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	closed = (struct pollfd){.fd = ends[0], .events = POLLIN};
	asked.job = job_of(&asked);
	asked.job.fd = ends[1];
	assert_true(reader_crew_run(&asked.job, 1, &limits, leave_a_child,
				    &pool, &why));
	close(ends[1]);
	/* Before its limit of time would have ended it. */
	assert_int_equal(poll(&closed, 1, 5000), 1);
	assert_int_equal(closed.revents, POLLHUP);
	close(ends[0]);
	assert_no_child_is_left();
}

static void its_own_reason_is_told(void **state)
{
	struct asked asked = ask(give_a_reason, 0);

	(void)state;
	assert_answers(&asked, "--y");
	assert_string_equal(asked.job.failure.text, "it is odd");
}

static void nonsense_ends_it(void **state)
{
	struct asked asked = ask(talk_nonsense, 0);

	(void)state;
	assert_answers(&asked, "-y-");
	assert_string_equal(asked.job.failure.text,
			    "the process that read it made no sense");
}

static void one_that_never_stops_talking_is_ended(void **state)
{
	struct asked asked = ask(flood, 0);

	(void)state;
	assert_string_equal(asked.job.failure.text,
			    "the process that read it made no sense");
}

static void ending_without_all_answers_is_a_failure(void **state)
{
	struct asked asked = ask(end_early, 0);

	(void)state;
	assert_answers(&asked, "y--");
	assert_string_equal(asked.job.failure.text,
			    "reading it ended too early");
	asked = ask(end_badly, 0);
	assert_answers(&asked, "---");
	assert_string_equal(asked.job.failure.text,
			    "reading it ended with status 3");
}

/* ---- several ---- */

enum { JOBS = 9 };

static void jobs_do_not_disturb_one_another(void **state)
{
	for (unsigned processes = 0; processes < JOBS; processes++) {
		const struct reader_limits limits = {.processes = processes};
		struct asked asked[JOBS] = {{.answers = {{0}}}};
		struct object_job jobs[JOBS];
		struct reason why;

		for (size_t i = 0; i < JOBS; i++) {
			jobs[i] = job_of(&asked[i]);
			jobs[i].size = i * 7 % JOBS;
		}
		/* One has nothing to ask. */
		jobs[4].count = 0;
		assert_true(reader_crew_run(jobs, JOBS, &limits, answer, &pool,
					    &why));
		for (size_t i = 0; i < JOBS; i++) {
			assert_string_equal(jobs[i].failure.text, "");
			if (i != 4)
				assert_answers(&asked[i], "yyy");
		}
		assert_no_child_is_left();
	}
	(void)state;
}

static void a_large_file_has_most_of_the_processes(void **state)
{
	const struct reader_limits limits = {.processes = 8, .batch = 5};
	static const uint64_t sizes[] = {100 << 20, 600 << 20, 1 << 20};
	static const unsigned widths[] = {1, 7, 1};
	struct asked asked[3] = {{.answers = {{0}}}};
	struct object_job jobs[3];
	struct reason why;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		jobs[i] = job_of(&asked[i]);
		jobs[i].size = sizes[i];
	}
	assert_true(reader_crew_run(jobs, 3, &limits, tell_share, &pool, &why));
	for (size_t i = 0; i < 3; i++) {
		assert_answers(&asked[i], "yyy");
		assert_int_equal(asked[i].answers[0].lines[0].line, widths[i]);
		assert_int_equal(asked[i].answers[1].lines[0].line,
				 512 + 6 * (sizes[i] >> 20));
		assert_int_equal(asked[i].answers[2].lines[0].line, 5);
	}
}

/* ---- what a reader has ---- */

static void say_that_all_is_well(int signal)
{
	(void)signal;
	_exit(0);
}

static void handlers_of_the_program_are_not_those_of_readers(void **state)
{
	/* What __builtin_trap() is, depends on the processor. */
	static const int traps[] = {SIGILL, SIGTRAP, SIGABRT};
	struct asked asked;

	(void)state;
	for (size_t i = 0; i < TEST_COUNT(traps); i++)
		signal(traps[i], say_that_all_is_well);
	asked = ask(crash, 0);
	for (size_t i = 0; i < TEST_COUNT(traps); i++)
		signal(traps[i], SIG_DFL);
	assert_text_has(asked.job.failure.text, "reading it crashed (signal ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_arrive),
		cmocka_unit_test(what_was_answered_before_a_crash_holds),
		cmocka_unit_test(a_crash_that_costs_no_answer_is_none),
		cmocka_unit_test(one_that_hangs_is_ended),
		cmocka_unit_test(children_of_one_that_hangs_are_ended_too),
		cmocka_unit_test(its_own_reason_is_told),
		cmocka_unit_test(nonsense_ends_it),
		cmocka_unit_test(one_that_never_stops_talking_is_ended),
		cmocka_unit_test(ending_without_all_answers_is_a_failure),
		cmocka_unit_test(jobs_do_not_disturb_one_another),
		cmocka_unit_test(a_large_file_has_most_of_the_processes),
		cmocka_unit_test(
			handlers_of_the_program_are_not_those_of_readers),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	text_pool_deinit(&pool);
	return failed;
}
