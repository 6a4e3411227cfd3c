/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What processes say they have against what the machine counts for them. An
 * address space that outlives its process, since somebody holds a reference
 * to it, is in the counters and in no process.
 *
 * Processes are read one after another, and after the counters, minutes later
 * on a large machine; who reads is often missing itself.
 */
#include "account/check_draft.h"

#define NO_PROCESSES                                                         \
	"the capture has no processes (/proc/PID/smaps_rollup and status): " \
	"'pageowl capture' as root takes them"
#define SOME_PROCESSES                                                   \
	"the capture has only some processes, or those of a container: " \
	"'pageowl capture' as root on the machine itself takes all"
#define TASKS_OF_A_LOG                                                      \
	"a report in a log does not have all processes: 'pageowl capture' " \
	"as root takes them"

/* Amounts of all processes: kib and in how many they are. */
struct crowd {
	bool has_init, has_kthreadd;
	uint64_t processes; /* without threads of the kernel */
	uint64_t unreadable;
	uint64_t silent; /* readable, and do not tell the amount */
	uint64_t kib;
};

static void count_process(const struct process *process,
			  enum process_amount amount, struct crowd *crowd)
{
	uint64_t kib = process->kib[amount];

	crowd->has_init |= process->pid == 1;
	crowd->has_kthreadd |= process->pid == 2;
	if (process->source == PROCESS_KERNEL)
		return;
	crowd->processes++;
	if (process->source == PROCESS_UNREADABLE)
		crowd->unreadable++;
	else if (kib == PROCESS_UNKNOWN)
		crowd->silent++;
	else if (__builtin_add_overflow(crowd->kib, kib, &crowd->kib))
		crowd->kib = UINT64_MAX;
}

static struct crowd count_processes(const struct process_side *side,
				    enum process_amount amount)
{
	struct crowd crowd = {0};
	size_t i;

	for (i = 0; i < side->process_count; i++)
		count_process(&side->processes[i], amount, &crowd);
	return crowd;
}

/*
 * Why the sum is not that of the machine, or NULL. A copy of all of /proc has
 * pid 1 and kthreadd, pid 2; a few processes that somebody picked have not,
 * and neither has a container, whose meminfo is that of its host.
 */
static const char *what_lacks(struct check_draft *draft,
			      const struct crowd *crowd, const char *row)
{
	if (!crowd->processes)
		return NO_PROCESSES;
	if (!crowd->has_init || !crowd->has_kthreadd)
		return draft->facts->budget->untold ? TASKS_OF_A_LOG
						    : SOME_PROCESSES;
	if (crowd->unreadable)
		return check_text(draft,
				  "%llu of %llu processes could not be read: "
				  "'pageowl capture' as root reads them all",
				  (unsigned long long)crowd->unreadable,
				  (unsigned long long)crowd->processes);
	if (crowd->silent)
		return check_text(draft,
				  "%llu of %llu processes in the capture are "
				  "without %s",
				  (unsigned long long)crowd->silent,
				  (unsigned long long)crowd->processes, row);
	return NULL;
}

/* Add the amount of all processes; false, and said why, if it is not known. */
static bool add_processes(struct check_draft *draft, struct sum *side,
			  enum process_amount amount, const char *group,
			  const char *row, uint64_t *ret_processes)
{
	const struct process_side *processes = draft->facts->processes;
	struct crowd crowd;
	const char *lack;

	if (!processes) {
		check_cannot(draft, NO_PROCESSES);
		return false;
	}
	crowd = count_processes(processes, amount);
	lack = what_lacks(draft, &crowd, row);
	if (lack) {
		check_cannot(draft, lack);
		return false;
	}
	check_gathered(draft, side, group, row, sum_kib(crowd.kib), crowd.kib,
		       COUNTER_KIB);
	*ret_processes = crowd.processes;
	return true;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* 5 % of the larger side, or least */
static int64_t share_of(const struct cross_check *check, int64_t least)
{
	return larger(larger(check->left.kib, check->right.kib) / 20, least);
}

/*
 * The kernels differ in the levels that they count: PageTables has those of
 * PTEs only up to 5.10, and since 6.18 the tables of vmalloc(), a 512th of it;
 * VmPTE has all levels but the highest. That is up to 64 KiB a process, and
 * 0.1 % of MemTotal. Measured: -380 to 784 kB with 46 processes.
 */
static int64_t tables_tolerance(const struct check_draft *draft,
				uint64_t processes)
{
	int64_t own = larger(draft->machine->total_kib / 1000, 4 * 1024);

	return sum_plus(
		share_of(draft->check, own),
		sum_kib(processes > INT32_MAX ? INT64_MAX : processes * 64));
}

static void make_page_tables(struct check_draft *draft)
{
	struct cross_check *check = draft->check;
	uint64_t processes;

	check_need(draft, &check->left, "meminfo", "PageTables");
	if (!add_processes(draft, &check->right, PROCESS_TABLES, "status",
			   "VmPTE", &processes))
		return;
	check_judge(
		draft, tables_tolerance(draft, processes),
		"page tables that no process has: an address space that "
		"outlived its process, since somebody holds a reference to "
		"it, or tables that a driver or the kernel took for itself; "
		"with page_owner in the capture 'pageowl top "
		"--only=\"category=page table\"' shows who",
		"processes count page tables several times: those that share "
		"one address space or tables of huge pages; no memory is "
		"missing, and 'pageowl ps' shows which have most");
}

const struct check_kind check_page_tables = {
	.id = "page-tables",
	.title = "page tables and processes",
	.left_name = "PageTables",
	.right_name = "VmPTE of all processes",
	.compared = "PageTables is what the processes have of them",
	.make = make_page_tables,
};

/*
 * 32 MiB or 5 %: what a machine at work allocates while its processes are
 * read. Measured: -4 kB to 13 MiB on machines of 1 GB.
 */
static int64_t pss_tolerance(const struct check_draft *draft)
{
	return share_of(draft->check, 32 * 1024);
}

static void make_pss_anon(struct check_draft *draft)
{
	struct cross_check *check = draft->check;
	uint64_t processes;

	check_need(draft, &check->right, "meminfo", "AnonPages");
	if (!add_processes(draft, &check->left, PROCESS_PSS_ANON,
			   "smaps_rollup", "Pss_Anon", &processes))
		return;
	check_judge(
		draft, pss_tolerance(draft),
		"processes have more than the machine counted: they grew "
		"while the capture was taken, as a process does that leaks; "
		"'pageowl ps OLD NEW' of two captures shows which",
		"anonymous memory that no process has: an address space that "
		"outlived its process, since somebody holds a reference to "
		"it, or processes that ended while the capture was taken; "
		"take another one, and if it is still so, look for tasks that "
		"hang on exit (state D or Z in 'ps')");
}

const struct check_kind check_pss_anon = {
	.id = "pss-anon",
	.title = "anonymous memory of processes",
	.left_name = "anonymous PSS of all processes",
	.right_name = "AnonPages",
	.compared = "AnonPages is what the processes have, each shared page "
		    "counted once (PSS)",
	.make = make_pss_anon,
};

static void make_pss_mapped(struct check_draft *draft)
{
	struct cross_check *check = draft->check;
	uint64_t processes;

	check_need(draft, &check->right, "meminfo", "Mapped");
	if (!add_processes(draft, &check->left, PROCESS_PSS_FILE,
			   "smaps_rollup", "Pss_File", &processes) ||
	    !add_processes(draft, &check->left, PROCESS_PSS_SHMEM,
			   "smaps_rollup", "Pss_Shmem", &processes))
		return;
	check_judge(
		draft, pss_tolerance(draft),
		"processes map more of files and shared memory than the "
		"machine counted: they mapped it while the capture was taken; "
		"take another one, and compare by 'pageowl ps OLD NEW'",
		"files or shared memory are mapped by no process: an address "
		"space that outlived its process, or processes that ended "
		"while the capture was taken; take another one, and if it is "
		"still so, look for tasks that hang on exit (state D or Z in "
		"'ps')");
}

const struct check_kind check_pss_mapped = {
	.id = "pss-mapped",
	.title = "files and shared memory of processes",
	.left_name = "file and shared PSS of all processes",
	.right_name = "Mapped",
	.compared = "Mapped is what the processes map, each shared page "
		    "counted once (PSS)",
	.make = make_pss_mapped,
};
