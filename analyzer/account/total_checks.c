/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MemTotal against all that ought to be it, or ought not to exceed it. */
#include "account/check_draft.h"

/*
 * Half a step of the balloon drivers, which move by 256 pages of 4 KiB and
 * more: pages that old kernels freed late, and counted once only, are fewer.
 */
#define TOTAL_TOLERANCE_KIB 512

static int64_t total_tolerance(const struct check_draft *draft)
{
	int64_t page = check_pages_kib(draft->machine, 1);

	return page > TOTAL_TOLERANCE_KIB ? page : TOTAL_TOLERANCE_KIB;
}

/* Pages that the zones have handed to the page allocator; false: unknown. */
static bool add_managed(struct check_draft *draft, struct sum *side)
{
	const struct counter_entry *entry;
	bool any = false;

	for (entry = draft->facts->counters->table; entry;
	     entry = entry->hh.next) {
		const struct counter *counter = &entry->counter;

		if (!span_equal(counter->group, SPAN("zoneinfo")) ||
		    !span_equal(counter->name, SPAN("managed")))
			continue;
		any = true;
		if (counter->value)
			check_gathered(
				draft, side, "zoneinfo", "managed",
				check_pages_kib(draft->machine, counter->value),
				counter->value, COUNTER_PAGES);
	}
	return any;
}

#define OTHER_TOTAL                                                           \
	"memory was given or taken between the two reads (a balloon of a "    \
	"virtual machine, hotplug), the files are of different machines, or " \
	"meminfo is a container's (lxcfs); take both files again, and look "  \
	"at "                                                                 \
	"the balloon in the host"

static void make_memtotal_zones(struct check_draft *draft)
{
	struct cross_check *check = draft->check;
	uint64_t all_zones;

	check_need(draft, &check->left, "meminfo", "MemTotal");
	if (counters_value(draft->facts->counters, "show_mem", SPAN(""),
			   "all_zones", &all_zones) &&
	    !all_zones) {
		check_cannot(draft, "the report in the log leaves out zones "
				    "that the allocation could not use");
		return;
	}
	if (!add_managed(draft, &check->right)) {
		check_cannot(draft, "the capture lacks /proc/zoneinfo with "
				    "the managed pages of zones: 'pageowl "
				    "capture' takes it");
		return;
	}
	check_judge(draft, total_tolerance(draft), OTHER_TOTAL, OTHER_TOTAL);
}

const struct check_kind check_memtotal_zones = {
	.id = "memtotal-zones",
	.title = "MemTotal and the zones",
	.left_name = "MemTotal",
	.right_name = "managed pages of all zones",
	.compared = "MemTotal is what the zones of memory have",
	.make = make_memtotal_zones,
};

static void make_memtotal_series(struct check_draft *draft)
{
	const struct cross_check_facts *facts = draft->facts;
	struct cross_check *check = draft->check;

	check_need(draft, &check->left, "meminfo", "MemTotal");
	if (!facts->earlier_total_kib) {
		check_cannot(draft, "there is no earlier capture to compare "
				    "with: 'pageowl account OLD NEW' does");
		return;
	}
	if (!facts->earlier_same_boot) {
		check_cannot(draft, "the earlier capture is of another boot, "
				    "whose MemTotal may be another");
		return;
	}
	check_gathered(draft, &check->right, "meminfo", "MemTotal",
		       facts->earlier_total_kib,
		       (uint64_t)facts->earlier_total_kib, COUNTER_KIB);
	check_judge(
		draft, total_tolerance(draft),
		"the machine was given memory between the captures: a balloon "
		"that shrank, or hotplug; shares of MemTotal cannot be "
		"compared, so compare amounts",
		"memory was taken from the machine between the captures: a "
		"balloon of a virtual machine that grew, or memory that was "
		"taken offline; it is no leak in the kernel, so look at the "
		"balloon in the host");
}

const struct check_kind check_memtotal_series = {
	.id = "memtotal-series",
	.title = "MemTotal and the earlier capture",
	.left_name = "MemTotal",
	.right_name = "MemTotal of the earlier capture",
	.compared = "MemTotal is what it was in the earlier capture",
	.make = make_memtotal_series,
};

/*
 * Counters are of slightly different moments and each is off by what CPUs hold
 * back: check_tolerance(), and what is in doubt anyway.
 */
static void make_counted_total(struct check_draft *draft)
{
	const struct budget *budget = draft->facts->budget;
	struct cross_check *check = draft->check;
	int64_t doubt = budget->doubt_kib > 0 ? budget->doubt_kib : 0;

	check->left = budget->counted;
	check->right = budget->total;
	check_judge(
		draft, sum_plus(check_tolerance(draft->machine), doubt),
		"the counters have more than there is, so some memory is "
		"counted twice: kernel stacks inside VmallocUsed, pages that "
		"vmap() maps and others count, a balloon that is still in "
		"MemTotal, or files of different moments; the remainder is "
		"too low by as much, and 'pageowl account --formula' shows "
		"the sum term by term",
		NULL);
}

const struct check_kind check_counted_total = {
	.id = "counted-total",
	.title = "sum of all counters",
	.left_name = "sum of all counters",
	.right_name = "MemTotal",
	.compared = "the counters together do not exceed MemTotal",
	.at_most = true,
	.impossible = true,
	.make = make_counted_total,
};

/*
 * Rows that are parts of RAM. Of the others some are no memory (CommitLimit,
 * Committed_AS, Vmalloc*, Swap*, Zswapped, Hugepagesize), or have what is not
 * in MemTotal (DirectMap*, HardwareCorrupted, EarlyMemtestBad, Balloon; CMA
 * that was not activated); AnonPages and Mapped may have the memory of
 * devices, and GPU* too. HighTotal and LowTotal would always be the largest.
 */
static const char *const parts[] = {
	"MemFree",	   "MemAvailable",   "Buffers",	       "Cached",
	"SwapCached",	   "Active",	     "Inactive",       "Active(anon)",
	"Inactive(anon)",  "Active(file)",   "Inactive(file)", "Unevictable",
	"Mlocked",	   "HighFree",	     "LowFree",	       "Dirty",
	"Writeback",	   "Shmem",	     "KReclaimable",   "Slab",
	"SReclaimable",	   "SUnreclaim",     "KernelStack",    "PageTables",
	"SecPageTables",   "NFS_Unstable",   "Bounce",	       "WritebackTmp",
	"Percpu",	   "ShmemHugePages", "CmaFree",	       "FileHugePages",
	"Hugetlb",	   "Zswap",	     "Quicklists",     "Unaccepted",
	"ShadowCallStack",
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

static const char *largest_part(const struct check_draft *draft,
				int64_t *ret_kib)
{
	const char *largest = NULL;
	int64_t kib;
	size_t i;

	*ret_kib = -1;
	for (i = 0; i < PARTS; i++)
		if (check_amount(draft, "meminfo", parts[i], &kib) &&
		    kib > *ret_kib) {
			largest = parts[i];
			*ret_kib = kib;
		}
	return largest;
}

/* A row of meminfo that fell below zero, and was printed as unsigned. */
static const struct counter *find_negative(const struct counters *counters)
{
	const struct counter_entry *entry;

	for (entry = counters->table; entry; entry = entry->hh.next)
		if (span_equal(entry->counter.group, SPAN("meminfo")) &&
		    !entry->counter.scope.length &&
		    entry->counter.unit == COUNTER_KIB &&
		    entry->counter.value > INT64_MAX)
			return &entry->counter;
	return NULL;
}

/* Whatever row it is, no machine has so much; MemTotal may be the one. */
static void add_negative(struct check_draft *draft,
			 const struct counter *counter)
{
	const char *name = arena_string(draft->arena, counter->name);
	struct cross_check *check = draft->check;

	if (!name) {
		draft->no_memory = true;
		return;
	}
	check_gathered(draft, &check->left, "meminfo", name,
		       sum_kib(counter->value), counter->value, COUNTER_KIB);
	check_judge(draft, 0, NULL, NULL);
	check->state = CHECK_DIFFERS;
	check->meaning =
		"a counter of /proc/meminfo fell below zero: what it counts "
		"was given back more often than it was taken, or by other "
		"code; that is a defect of the kernel or of a module, and no "
		"sum with this counter can be trusted";
}

static void make_above_total(struct check_draft *draft)
{
	const struct counter *negative = find_negative(draft->facts->counters);
	struct cross_check *check = draft->check;
	const char *part;
	int64_t kib;

	check_need(draft, &check->right, "meminfo", "MemTotal");
	if (negative && !draft->lacks_name) {
		add_negative(draft, negative);
		return;
	}
	part = largest_part(draft, &kib);
	if (!part) {
		check_cannot(draft, "the capture's /proc/meminfo has no row "
				    "that is a part of MemTotal");
		return;
	}
	check_need(draft, &check->left, "meminfo", part);
	/* Each is a part of the other, whatever the moment: no tolerance. */
	check_judge(
		draft, 0,
		check_text(draft,
			   "%s is a part of MemTotal and larger than it: the "
			   "counter is wrong, rows are of two machines, or "
			   "the file is a container's (lxcfs), with the "
			   "limit of it and counters of the host; take "
			   "/proc/meminfo on the machine itself",
			   part),
		NULL);
}

const struct check_kind check_above_total = {
	.id = "above-total",
	.title = "largest counter",
	.left_name = "largest counter",
	.right_name = "MemTotal",
	.compared = "no counter of memory exceeds MemTotal",
	.at_most = true,
	.impossible = true,
	.make = make_above_total,
};
