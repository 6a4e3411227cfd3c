/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"

#include "account/processes.h"

static struct counters counters[2];
static struct process_report report;

static int teardown(void **state)
{
	(void)state;
	counters_deinit(&counters[0]);
	counters_deinit(&counters[1]);
	process_report_deinit(&report);
	return 0;
}

static void put(unsigned side, const struct counter *counter)
{
	struct error err;

	assert_true(counters_add(&counters[side], counter, &err));
}

static void add_to(unsigned side, const char *group, const char *pid,
		   const char *name, uint64_t kib)
{
	const struct counter counter = {
		.group = span_of(group),
		.scope = span_of(pid),
		.name = span_of(name),
		.value = kib,
		.unit = COUNTER_KIB,
	};

	put(side, &counter);
}

static void add(const char *group, const char *pid, const char *name,
		uint64_t kib)
{
	add_to(0, group, pid, name, kib);
}

static void add_text_to(unsigned side, const char *group, const char *pid,
			const char *name, const char *text)
{
	const struct counter counter = {
		.group = span_of(group),
		.scope = span_of(pid),
		.name = span_of(name),
		.text = span_of(text),
		.unit = COUNTER_TEXT,
	};

	put(side, &counter);
}

static void add_text(const char *group, const char *pid, const char *name,
		     const char *text)
{
	add_text_to(0, group, pid, name, text);
}

/* A process with a rollup of which all but rss and pss is 1 KiB. */
static void add_rollup(unsigned side, const char *pid, const char *comm,
		       uint64_t rss, uint64_t pss)
{
	static const char *const rest[] = {
		"Pss_Anon",	 "Pss_File",	  "Pss_Shmem",
		"Private_Clean", "Private_Dirty", "Shared_Hugetlb",
		"Swap",		 "SwapPss",	  "Private_Hugetlb"};
	size_t i;

	add_text_to(side, "comm", pid, "comm", comm);
	add_to(side, "smaps_rollup", pid, "Rss", rss);
	add_to(side, "smaps_rollup", pid, "Pss", pss);
	for (i = 0; i < sizeof(rest) / sizeof(rest[0]); i++)
		add_to(side, "smaps_rollup", pid, rest[i], 1);
}

static void add_status(unsigned side, const char *pid, const char *name,
		       uint64_t uid, uint64_t rss)
{
	add_text_to(side, "status", pid, "Name", name);
	add_to(side, "status", pid, "Uid", uid);
	add_to(side, "status", pid, "VmRSS", rss);
	add_to(side, "status", pid, "VmSwap", 4);
	add_to(side, "status", pid, "VmPTE", 40);
	add_to(side, "status", pid, "HugetlbPages", 2048);
	add_to(side, "status", pid, "Threads", 1);
}

static const struct process_side *gather(void)
{
	struct error err;

	report.side_count = 1;
	assert_true(processes_gather(&counters[0], &report.arena,
				     &report.sides[0], &err));
	return &report.sides[0];
}

static const struct process *only(void)
{
	const struct process_side *side = gather();

	assert_int_equal(side->process_count, 1);
	return &side->processes[0];
}

static void rank(enum process_key by)
{
	struct error err;

	gather();
	assert_true(processes_rank(&report, by, &err));
}

static void compare(enum process_key by)
{
	struct error err;

	gather();
	report.side_count = 2;
	assert_true(processes_gather(&counters[1], &report.arena,
				     &report.sides[1], &err));
	assert_true(processes_rank(&report, by, &err));
}

/* The pids of the rows, in their order. */
static void assert_pids(const char *expected)
{
	char text[256] = "", pid[24];
	size_t i;

	for (i = 0; i < report.row_count; i++) {
		const struct process_row *row = &report.rows[i];

		snprintf(pid, sizeof(pid), "%s%llu", i ? " " : "",
			 (unsigned long long)row
				 ->processes[row->processes[0] ? 0 : 1]
				 ->pid);
		strcat(text, pid);
	}
	assert_string_equal(text, expected);
}

/* ---- amounts ---- */

static void a_rollup_has_all_amounts(void **state)
{
	const struct process *process;

	(void)state;
	add_rollup(0, "812", "sshd", 900, 300);
	process = only();
	assert_int_equal(process->source, PROCESS_ROLLUP);
	assert_u64(process->pid, 812);
	assert_span(process->comm, "sshd");
	assert_u64(process->kib[PROCESS_RSS], 900);
	assert_u64(process->kib[PROCESS_PSS], 300);
	assert_u64(process->kib[PROCESS_USS], 2);
	assert_u64(process->kib[PROCESS_PSS_SHMEM], 1);
	assert_u64(process->kib[PROCESS_SWAP], 1);
	assert_u64(process->kib[PROCESS_HUGETLB], 2);
	assert_u64(process->kib[PROCESS_TABLES], PROCESS_UNKNOWN);
}

static void what_the_maps_lack_comes_from_status(void **state)
{
	const struct process *process;

	(void)state;
	add("smaps", "7", "Rss", 100);
	add("smaps", "7", "Pss", 50);
	add_status(0, "7", "old", 1000, 101);
	add("status", "7", "VmPMD", 8);
	process = only();
	assert_int_equal(process->source, PROCESS_SMAPS);
	assert_u64(process->kib[PROCESS_RSS], 100);
	assert_u64(process->kib[PROCESS_SWAP], 4);
	assert_u64(process->kib[PROCESS_HUGETLB], 2048);
	assert_u64(process->kib[PROCESS_TABLES], 48);
	assert_u64(process->kib[PROCESS_PSS_ANON], PROCESS_UNKNOWN);
	assert_u64(process->kib[PROCESS_USS], PROCESS_UNKNOWN);
	assert_span(process->comm, "old");
	assert_span(process->user, "1000");
}

static void a_rollup_goes_before_smaps(void **state)
{
	(void)state;
	add("smaps", "7", "Rss", 100);
	add_rollup(0, "7", "x", 99, 30);
	assert_u64(only()->kib[PROCESS_RSS], 99);
}

static void status_alone_knows_no_pss(void **state)
{
	const struct process *process;

	(void)state;
	add_status(0, "7", "vim", 0, 500);
	process = only();
	assert_int_equal(process->source, PROCESS_STATUS);
	assert_u64(process->kib[PROCESS_RSS], 500);
	assert_u64(process->kib[PROCESS_PSS], PROCESS_UNKNOWN);
	assert_u64(process->kib[PROCESS_USS], PROCESS_UNKNOWN);
	assert_span(process->user, "root");
	assert_false(process->denied);
}

static void amounts_too_large_to_add_do_not_wrap(void **state)
{
	(void)state;
	add("smaps_rollup", "7", "Rss", 1);
	add("smaps_rollup", "7", "Private_Clean", UINT64_MAX - 1);
	add("smaps_rollup", "7", "Private_Dirty", 5);
	add("smaps_rollup", "8", "Rss", UINT64_MAX - 1);
	rank(PROCESS_BY_PID);
	assert_u64(report.sides[0].processes[0].kib[PROCESS_USS],
		   PROCESS_UNKNOWN - 1);
	assert_u64(report.sides[0].total.kib[PROCESS_RSS], UINT64_MAX);
}

/* ---- who is no process, or cannot be read ---- */

static void a_kernel_thread_is_counted_and_makes_no_row(void **state)
{
	(void)state;
	add_text("status", "2", "Name", "kthreadd");
	add("status", "2", "Threads", 1);
	add_text("unreadable", "2", "smaps_rollup", "Permission denied");
	add_rollup(0, "7", "x", 9, 3);
	rank(PROCESS_BY_PID);
	assert_int_equal(report.sides[0].sources[PROCESS_KERNEL], 1);
	assert_u64(report.sides[0].denied, 0);
	assert_u64(report.sides[0].total.processes, 1);
	assert_pids("7");
}

static void a_process_without_its_main_thread_is_unreadable(void **state)
{
	(void)state;
	add_text("status", "7", "Name", "heron");
	add("status", "7", "Threads", 2);
	add_text("unreadable", "7", "smaps_rollup", "No such process");
	assert_int_equal(only()->source, PROCESS_UNREADABLE);
	assert_span(only()->why, "its main thread has ended: none of its files "
				 "tells its memory");
	assert_u64(only()->kib[PROCESS_RSS], PROCESS_UNKNOWN);
	assert_false(only()->denied);
	assert_u64(report.sides[0].sources[PROCESS_KERNEL], 0);
}

static void a_status_that_is_cut_is_no_kernel_thread(void **state)
{
	(void)state;
	add_text("status", "2", "Name", "sshd");
	assert_int_equal(only()->source, PROCESS_UNREADABLE);
	assert_span(only()->why, "the capture has a part of its status");
}

static void a_process_of_which_only_a_name_is_there_is_unreadable(void **state)
{
	const struct process *process;

	(void)state;
	add_text("comm", "5", "comm", "cron");
	process = only();
	assert_int_equal(process->source, PROCESS_UNREADABLE);
	assert_span(process->why, "its files are not in the capture");
	assert_u64(process->kib[PROCESS_RSS], PROCESS_UNKNOWN);
	rank(PROCESS_BY_PID);
	assert_int_equal(report.row_count, 0);
	assert_int_equal(report.unreadable_count, 1);
	assert_u64(report.unreadable[0].processes[0]->pid, 5);
	assert_u64(report.sides[0].total.unreadable, 1);
	assert_u64(report.sides[0].total.processes, 0);
}

static void a_denied_rollup_leaves_rss_and_says_why(void **state)
{
	const struct process *process;

	(void)state;
	add_status(0, "7", "vim", 0, 500);
	add_text("unreadable", "7", "smaps_rollup", "Permission denied");
	process = only();
	assert_int_equal(process->source, PROCESS_STATUS);
	assert_true(process->denied);
	assert_span(process->why, "Permission denied");
	assert_u64(report.sides[0].denied, 1);
}

static void the_manifest_tells_of_a_process_that_nothing_else_has(void **state)
{
	const struct process *process;

	(void)state;
	add_text("manifest", "proc/9/smaps_rollup", "status", "failed");
	add_text("manifest", "proc/9/smaps_rollup", "why",
		 "Permission denied; run as root");
	/* It has ended: there is nothing to tell. */
	add_text("manifest", "proc/10/status", "status", "missing");
	/* These are no processes. */
	add_text("manifest", "proc/sys/vm/swappiness", "status", "failed");
	add_text("manifest", "proc/kallsyms", "status", "failed");
	process = only();
	assert_u64(process->pid, 9);
	assert_int_equal(process->source, PROCESS_UNREADABLE);
	assert_true(process->denied);
	assert_span(process->why, "Permission denied");
}

static void a_scope_that_is_no_pid_is_no_process(void **state)
{
	(void)state;
	add("smaps_rollup", "self", "Rss", 1);
	add("smaps_rollup", "007", "Rss", 1);
	add("smaps_rollup", "7x", "Rss", 1);
	add("smaps_rollup", "99999999999999999999", "Rss", 1);
	add("meminfo", "7", "Rss", 1);
	add("smaps_rollup", "", "Rss", 1);
	assert_int_equal(gather()->process_count, 0);
}

/* ---- rows of one capture ---- */

static void rows_are_ranked_by_pss_then_by_pid(void **state)
{
	(void)state;
	add_rollup(0, "30", "c", 900, 10);
	add_rollup(0, "4", "a", 900, 10);
	add_rollup(0, "100", "b", 20, 15);
	rank(PROCESS_BY_PID);
	assert_pids("100 4 30");
	assert_int_equal(report.rows[0].kib, 15);
	assert_int_equal(report.rows[0].measure, PROCESS_PSS);
}

static void a_row_without_pss_is_ranked_by_rss(void **state)
{
	(void)state;
	add_rollup(0, "3", "c", 900, 10);
	add_status(0, "4", "a", 0, 11);
	rank(PROCESS_BY_PID);
	assert_pids("4 3");
	assert_int_equal(report.rows[0].measure, PROCESS_RSS);
	assert_u64(report.sides[0].total.known[PROCESS_PSS], 1);
	assert_u64(report.sides[0].total.kib[PROCESS_PSS], 10);
	assert_u64(report.sides[0].total.kib[PROCESS_RSS], 911);
}

static void sums_by_user_have_all_but_threads_of_the_kernel(void **state)
{
	(void)state;
	add_rollup(0, "3", "c", 900, 10);
	add("status", "3", "Uid", 1000);
	add_rollup(0, "4", "d", 900, 15);
	add("status", "4", "Uid", 1000);
	add_rollup(0, "5", "e", 900, 20);
	add("status", "5", "Uid", 0);
	add_text("comm", "6", "comm", "f");
	add("status", "6", "Uid", 0);
	add_text("status", "2", "Name", "kthreadd");
	add("status", "2", "Uid", 0);
	add("status", "2", "Threads", 1);
	rank(PROCESS_BY_USER);
	assert_int_equal(report.row_count, 2);
	assert_span(report.rows[0].key, "1000");
	assert_u64(report.rows[0].sides[0].processes, 2);
	assert_int_equal(report.rows[0].kib, 25);
	assert_span(report.rows[1].key, "root");
	assert_u64(report.rows[1].sides[0].processes, 1);
	assert_u64(report.rows[1].sides[0].unreadable, 1);
}

static void sums_of_one_size_are_in_order_of_their_keys(void **state)
{
	(void)state;
	add_rollup(0, "3", "zsh", 900, 10);
	add_rollup(0, "4", "bash", 900, 10);
	add_rollup(0, "5", "", 900, 10);
	rank(PROCESS_BY_COMM);
	assert_int_equal(report.row_count, 3);
	assert_span(report.rows[0].key, "");
	assert_span(report.rows[1].key, "bash");
	assert_span(report.rows[2].key, "zsh");
}

static void a_sum_in_which_one_has_no_pss_is_ranked_by_rss(void **state)
{
	(void)state;
	add_rollup(0, "3", "a", 900, 10);
	add_text("cgroup", "3", "cgroup", "/x");
	add_status(0, "4", "a", 0, 11);
	add_text("cgroup", "4", "cgroup", "/x");
	rank(PROCESS_BY_CGROUP);
	assert_int_equal(report.row_count, 1);
	assert_span(report.rows[0].key, "/x");
	assert_int_equal(report.rows[0].measure, PROCESS_RSS);
	assert_int_equal(report.rows[0].kib, 911);
}

/* ---- rows of two ---- */

static void growth_is_that_of_a_process_of_one_pid_and_name(void **state)
{
	(void)state;
	add_rollup(0, "3", "same", 900, 10);
	add_rollup(1, "3", "same", 900, 25);
	add_rollup(0, "4", "ends", 900, 40);
	add_rollup(1, "5", "starts", 900, 7);
	add_rollup(0, "6", "sh", 900, 2);
	add_rollup(1, "6", "vim", 900, 3);
	compare(PROCESS_BY_PID);
	assert_pids("3 5 6 6 4");
	assert_int_equal(report.rows[0].kib, 15);
	assert_null(report.rows[1].processes[0]);
	assert_int_equal(report.rows[1].kib, 7);
	assert_span(report.rows[2].processes[1]->comm, "vim");
	assert_span(report.rows[3].processes[0]->comm, "sh");
	assert_null(report.rows[4].processes[1]);
	assert_int_equal(report.rows[4].kib, -40);
}

static void a_process_without_a_name_is_matched_by_its_pid(void **state)
{
	(void)state;
	add_rollup(0, "3", "same", 900, 10);
	add("smaps_rollup", "3", "Rss", 900);
	add_to(1, "smaps_rollup", "3", "Rss", 901);
	compare(PROCESS_BY_PID);
	assert_int_equal(report.row_count, 1);
	/* NEW has no PSS of it. */
	assert_int_equal(report.rows[0].measure, PROCESS_RSS);
	assert_int_equal(report.rows[0].kib, 1);
}

static void what_became_unreadable_has_not_ended(void **state)
{
	(void)state;
	add_rollup(0, "3", "x", 900, 10);
	add_rollup(0, "4", "y", 900, 10);
	add_text_to(1, "comm", "3", "comm", "x");
	compare(PROCESS_BY_PID);
	assert_pids("4 3");
	assert_int_equal(report.rows[0].kib, -10);
	assert_false(report.rows[1].compared);
	assert_int_equal(report.rows[1].kib, 0);
	assert_false(process_sum_is_empty(&report.rows[1].sides[1]));
	/* It has a row: it is not told of again. */
	assert_int_equal(report.unreadable_count, 0);
}

static void one_that_became_a_zombie_has_lost_all(void **state)
{
	(void)state;
	add_rollup(0, "3", "x", 900, 10);
	add_text_to(1, "status", "3", "Name", "x");
	add_to(1, "status", "3", "Threads", 1);
	compare(PROCESS_BY_PID);
	assert_int_equal(report.row_count, 1);
	assert_true(report.rows[0].compared);
	assert_int_equal(report.rows[0].kib, -10);
}

static void sums_of_two_sides_are_matched_by_key(void **state)
{
	(void)state;
	add_rollup(0, "3", "sh", 900, 10);
	add_rollup(1, "8", "sh", 900, 10);
	add_rollup(1, "9", "sh", 900, 11);
	add_rollup(0, "4", "gone", 900, 3);
	compare(PROCESS_BY_COMM);
	assert_int_equal(report.row_count, 2);
	assert_span(report.rows[0].key, "sh");
	assert_int_equal(report.rows[0].kib, 11);
	assert_span(report.rows[1].key, "gone");
	assert_int_equal(report.rows[1].kib, -3);
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_rollup_has_all_amounts),
		TEST(what_the_maps_lack_comes_from_status),
		TEST(a_rollup_goes_before_smaps),
		TEST(status_alone_knows_no_pss),
		TEST(amounts_too_large_to_add_do_not_wrap),
		TEST(a_kernel_thread_is_counted_and_makes_no_row),
		TEST(a_process_without_its_main_thread_is_unreadable),
		TEST(a_status_that_is_cut_is_no_kernel_thread),
		TEST(a_process_of_which_only_a_name_is_there_is_unreadable),
		TEST(a_denied_rollup_leaves_rss_and_says_why),
		TEST(the_manifest_tells_of_a_process_that_nothing_else_has),
		TEST(a_scope_that_is_no_pid_is_no_process),
		TEST(rows_are_ranked_by_pss_then_by_pid),
		TEST(a_row_without_pss_is_ranked_by_rss),
		TEST(sums_by_user_have_all_but_threads_of_the_kernel),
		TEST(sums_of_one_size_are_in_order_of_their_keys),
		TEST(a_sum_in_which_one_has_no_pss_is_ranked_by_rss),
		TEST(growth_is_that_of_a_process_of_one_pid_and_name),
		TEST(a_process_without_a_name_is_matched_by_its_pid),
		TEST(what_became_unreadable_has_not_ended),
		TEST(one_that_became_a_zombie_has_lost_all),
		TEST(sums_of_two_sides_are_matched_by_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
