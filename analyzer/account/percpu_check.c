/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Percpu against the CPUs: each object in it takes room on every CPU that
 * the machine may ever have. A virtual machine may make room for 128 and have
 * two; zoneinfo has those that are online. That Percpu is below the limit by
 * these is certain, that it is above is not.
 *
 * An idle kernel takes some 300 kB a CPU, one with eight CPUs and many
 * containers was seen to take 3.3 MB. A thousand cgroups take some 10 MB a CPU,
 * so there it fires where most of these are dead ones. 64 MiB on top, for what
 * is taken once.
 */
#include "account/check_draft.h"

#define USUAL_KIB     (8 * 1024)
#define TOLERANCE_KIB (64 * 1024)

static void cannot(struct check_draft *draft)
{
	check_cannot(draft,
		     "the capture lacks /sys/devices/system/cpu/possible, "
		     "which tells how many CPUs per-CPU memory is for: "
		     "'pageowl capture' takes it");
}

static void make_percpu(struct check_draft *draft)
{
	struct cross_check *check = draft->check;
	uint64_t cpus;
	bool possible = counters_value(draft->facts->counters, "cpu_possible",
				       SPAN(""), "possible", &cpus);

	if (!possible)
		cpus = draft->machine->cpus;
	check_need(draft, &check->left, "meminfo", "Percpu");
	if (!cpus) {
		cannot(draft);
		return;
	}
	check_gathered(draft, &check->right,
		       possible ? "cpu_possible" : "zoneinfo",
		       possible ? "possible CPUs" : "CPUs",
		       sum_kib(cpus * USUAL_KIB), cpus, COUNTER_NUMBER);
	if (!possible &&
	    sum_minus(check->left.kib, check->right.kib) > TOLERANCE_KIB) {
		cannot(draft);
		return;
	}
	check_judge(
		draft, TOLERANCE_KIB,
		"more per-CPU memory than so few CPUs account for: often "
		"cgroups that were removed and live on (nr_dying_descendants "
		"in /sys/fs/cgroup/cgroup.stat), BPF maps or network "
		"namespaces; with page_owner in the capture 'pageowl top "
		"--only=category=per-cpu' shows who took it",
		NULL);
}

const struct check_kind check_percpu = {
	.id = "percpu",
	.title = "per-CPU memory and CPUs",
	.left_name = "Percpu",
	.right_name = "8 MiB for each CPU",
	.compared = "Percpu is in proportion to the CPUs",
	.at_most = true,
	.make = make_percpu,
};
