/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/process_report.h"

#include "model/sum.h"

void process_report_deinit(struct process_report *report)
{
	arena_deinit(&report->arena);
	*report = (struct process_report){0};
}

const char *process_source_name(enum process_source source)
{
	static const char *const names[] = {
		[PROCESS_ROLLUP] = "smaps_rollup",
		[PROCESS_SMAPS] = "smaps",
		[PROCESS_STATUS] = "status",
		[PROCESS_UNREADABLE] = "unreadable",
		[PROCESS_KERNEL] = "no_user_memory",
	};

	return names[source];
}

const char *process_amount_name(enum process_amount amount)
{
	static const char *const names[] = {
		[PROCESS_RSS] = "rss",
		[PROCESS_PSS] = "pss",
		[PROCESS_USS] = "uss",
		[PROCESS_PSS_ANON] = "pss_anon",
		[PROCESS_PSS_FILE] = "pss_file",
		[PROCESS_PSS_SHMEM] = "pss_shmem",
		[PROCESS_SWAP] = "swap",
		[PROCESS_SWAP_PSS] = "swap_pss",
		[PROCESS_HUGETLB] = "hugetlb",
		[PROCESS_TABLES] = "page_tables",
	};

	return names[amount];
}

const char *process_key_name(enum process_key key)
{
	static const char *const names[] = {
		[PROCESS_BY_PID] = "pid",
		[PROCESS_BY_USER] = "user",
		[PROCESS_BY_COMM] = "comm",
		[PROCESS_BY_CGROUP] = "cgroup",
	};

	return names[key];
}

void process_sum_add(struct process_sum *sum, const struct process *process)
{
	unsigned i;

	if (process->source == PROCESS_UNREADABLE) {
		sum->unreadable++;
		return;
	}
	sum->processes++;
	for (i = 0; i < PROCESS_AMOUNTS; i++) {
		if (process->kib[i] == PROCESS_UNKNOWN)
			continue;
		sum->known[i]++;
		if (__builtin_add_overflow(sum->kib[i], process->kib[i],
					   &sum->kib[i]))
			sum->kib[i] = UINT64_MAX;
	}
}

bool process_sum_amount(const struct process_sum *sum,
			enum process_amount amount, uint64_t *ret)
{
	if (!sum->known[amount])
		return false;
	*ret = sum->kib[amount];
	return true;
}

bool process_sum_is_empty(const struct process_sum *sum)
{
	return !sum->processes && !sum->unreadable;
}

bool process_sum_growth(const struct process_sum sides[2],
			enum process_amount amount, int64_t *ret)
{
	uint64_t kib[2] = {0, 0};
	unsigned i;

	for (i = 0; i < 2; i++)
		if (!process_sum_is_empty(&sides[i]) &&
		    !process_sum_amount(&sides[i], amount, &kib[i]))
			return false;
	*ret = sum_minus(sum_kib(kib[1]), sum_kib(kib[0]));
	return true;
}
