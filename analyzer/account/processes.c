/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/processes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/manifest_view.h"

/* ---- which processes there are ---- */

/* A process that a counter, or the manifest, speaks of. */
struct mention {
	UT_hash_handle hh;
	uint64_t pid;
	struct span scope; /* its number as text */
};

struct mentions {
	struct mention *table;
	struct arena arena;
};

/* What tells of a process, and not of all of them. */
static bool is_process_group(struct span group)
{
	static const char *const groups[] = {"smaps_rollup", "smaps",
					     "status",	     "comm",
					     "cgroup",	     "unreadable"};
	size_t i;

	for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (span_equal(group, span_of(groups[i])))
			return true;
	return false;
}

/* As the kernel writes it: "007" would be a second name of 7. */
static bool take_pid(struct span text, uint64_t *ret)
{
	return text.length && text.at[0] != '0' && span_take_u64(&text, ret) &&
	       !text.length;
}

static bool note(struct mentions *mentions, struct span scope)
{
	struct mention *mention;
	uint64_t pid;

	if (!take_pid(scope, &pid))
		return true;
	HASH_FIND(hh, mentions->table, &pid, sizeof(pid), mention);
	if (mention)
		return true;
	mention = arena_alloc(&mentions->arena, sizeof(*mention));
	if (!mention)
		return false;
	mention->pid = pid;
	mention->scope = scope;
	HASH_ADD(hh, mentions->table, pid, sizeof(pid), mention);
	return mention->hh.tbl;
}

/* "812" of "proc/812/smaps_rollup" */
static struct span pid_of_path(struct span path)
{
	const char *slash;

	if (!span_take(&path, SPAN("proc/")))
		return SPAN("");
	slash = path.length ? memchr(path.at, '/', path.length) : NULL;
	return slash ? span_between(path.at, slash) : SPAN("");
}

/* One that ended before anything was read of it is nothing to tell of. */
static bool note_unread(struct mentions *mentions,
			const struct counters *counters)
{
	const struct counter_entry *at = NULL;
	struct manifest_member member;

	while (manifest_view_next(counters, &at, &member))
		if (manifest_member_is_lost(&member) &&
		    !note(mentions, pid_of_path(member.path)))
			return false;
	return true;
}

static bool note_all(struct mentions *mentions, const struct counters *counters)
{
	const struct counter_entry *entry;

	for (entry = counters->table; entry; entry = entry->hh.next)
		if (is_process_group(entry->counter.group) &&
		    !note(mentions, entry->counter.scope))
			return false;
	return note_unread(mentions, counters);
}

static void mentions_deinit(struct mentions *mentions)
{
	HASH_CLEAR(hh, mentions->table);
	arena_deinit(&mentions->arena);
}

/* ---- what is known of one ---- */

struct gathering {
	const struct counters *counters;
	struct arena *arena;
	struct span scope;
};

static struct span text_of(const struct gathering *gathering, const char *group,
			   const char *name)
{
	const struct counter *counter = counters_find(
		gathering->counters, group, gathering->scope, name);

	return counter && counter->unit == COUNTER_TEXT ? counter->text
							: SPAN("");
}

static uint64_t value_of(const struct gathering *gathering, const char *group,
			 const char *name)
{
	uint64_t value;

	return counters_value(gathering->counters, group, gathering->scope,
			      name, &value)
		       ? value
		       : PROCESS_UNKNOWN;
}

/* Not known unless both are; what does not fit is as large as can be. */
static uint64_t plus(uint64_t a, uint64_t b)
{
	uint64_t sum;

	if (a == PROCESS_UNKNOWN || b == PROCESS_UNKNOWN)
		return PROCESS_UNKNOWN;
	if (__builtin_add_overflow(a, b, &sum) || sum == PROCESS_UNKNOWN)
		return PROCESS_UNKNOWN - 1;
	return sum;
}

static uint64_t first_known(uint64_t a, uint64_t b)
{
	return a == PROCESS_UNKNOWN ? b : a;
}

/* smaps and smaps_rollup have rows of the same names. */
static void take_maps(const struct gathering *gathering, const char *group,
		      uint64_t *kib)
{
	static const char *const names[PROCESS_AMOUNTS] = {
		[PROCESS_RSS] = "Rss",
		[PROCESS_PSS] = "Pss",
		[PROCESS_PSS_ANON] = "Pss_Anon",
		[PROCESS_PSS_FILE] = "Pss_File",
		[PROCESS_PSS_SHMEM] = "Pss_Shmem",
		[PROCESS_SWAP] = "Swap",
		[PROCESS_SWAP_PSS] = "SwapPss",
	};
	unsigned i;

	for (i = 0; i < PROCESS_AMOUNTS; i++)
		if (names[i])
			kib[i] = value_of(gathering, group, names[i]);
	kib[PROCESS_USS] = plus(value_of(gathering, group, "Private_Clean"),
				value_of(gathering, group, "Private_Dirty"));
	kib[PROCESS_HUGETLB] =
		plus(value_of(gathering, group, "Shared_Hugetlb"),
		     value_of(gathering, group, "Private_Hugetlb"));
}

/*
 * What status has and the maps have not. VmPMD was apart from VmPTE from 4.0
 * to 4.14.
 */
static void take_status(const struct gathering *gathering, uint64_t *kib)
{
	uint64_t ptes = value_of(gathering, "status", "VmPTE");
	uint64_t pmds = value_of(gathering, "status", "VmPMD");

	kib[PROCESS_RSS] = first_known(kib[PROCESS_RSS],
				       value_of(gathering, "status", "VmRSS"));
	kib[PROCESS_SWAP] = first_known(
		kib[PROCESS_SWAP], value_of(gathering, "status", "VmSwap"));
	kib[PROCESS_HUGETLB] =
		first_known(kib[PROCESS_HUGETLB],
			    value_of(gathering, "status", "HugetlbPages"));
	kib[PROCESS_TABLES] = pmds == PROCESS_UNKNOWN ? ptes : plus(ptes, pmds);
}

/*
 * Threads stands behind the rows of memory: without it they may be cut off. A
 * thread of the kernel is one, and so is a zombie.
 */
static bool has_no_memory(const struct gathering *gathering)
{
	return value_of(gathering, "status", "Threads") <= 1 &&
	       value_of(gathering, "status", "VmRSS") == PROCESS_UNKNOWN;
}

/* The files are those of the main thread, which gave up its address space. */
static bool has_lost_leader(const struct gathering *gathering)
{
	uint64_t threads = value_of(gathering, "status", "Threads");

	return threads != PROCESS_UNKNOWN && threads > 1 &&
	       value_of(gathering, "status", "VmRSS") == PROCESS_UNKNOWN;
}

static enum process_source take_amounts(const struct gathering *gathering,
					uint64_t *kib)
{
	enum process_source source = PROCESS_UNREADABLE;
	unsigned i;

	for (i = 0; i < PROCESS_AMOUNTS; i++)
		kib[i] = PROCESS_UNKNOWN;
	if (value_of(gathering, "smaps_rollup", "Rss") != PROCESS_UNKNOWN) {
		take_maps(gathering, "smaps_rollup", kib);
		source = PROCESS_ROLLUP;
	} else if (value_of(gathering, "smaps", "Rss") != PROCESS_UNKNOWN) {
		take_maps(gathering, "smaps", kib);
		source = PROCESS_SMAPS;
	} else if (has_no_memory(gathering)) {
		memset(kib, 0, PROCESS_AMOUNTS * sizeof(*kib));
		return PROCESS_KERNEL;
	}
	take_status(gathering, kib);
	if (source == PROCESS_UNREADABLE && kib[PROCESS_RSS] != PROCESS_UNKNOWN)
		source = PROCESS_STATUS;
	return source;
}

/* ---- why there is not more ---- */

/* What stood in the way of a file of it, by itself or by the manifest. */
static struct span obstacle_of(const struct gathering *gathering,
			       const char *file)
{
	struct span text = text_of(gathering, "unreadable", file);
	struct manifest_member member;
	char path[64];
	int length;

	if (text.length)
		return text;
	length = snprintf(path, sizeof(path), "proc/%.*s/%s",
			  (int)gathering->scope.length, gathering->scope.at,
			  file);
	if (manifest_view_member(gathering->counters,
				 (struct span){path, (size_t)length},
				 &member) &&
	    !span_equal(member.status, SPAN("whole")))
		return member.why;
	return SPAN("");
}

static bool is_denial(struct span why)
{
	return span_find(why, SPAN("Permission denied")) ||
	       span_find(why, SPAN("Operation not permitted"));
}

/* A remedy, "; run as root", is for the output to tell. */
static struct span without_remedy(struct span why)
{
	const char *at = span_find(why, SPAN("; "));

	return at ? span_between(why.at, at) : why;
}

/* The first denial there is, else the first obstacle. */
static void explain(const struct gathering *gathering, struct process *process)
{
	static const char *const files[] = {"smaps_rollup", "smaps", "status"};
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct span why = obstacle_of(gathering, files[i]);

		if (is_denial(why)) {
			process->denied = true;
			process->why = without_remedy(why);
			return;
		}
		if (!process->why.length)
			process->why = why;
	}
	if (has_lost_leader(gathering))
		process->why = SPAN("its main thread has ended: none of its "
				    "files tells its memory");
	if (process->source == PROCESS_UNREADABLE && !process->why.length)
		process->why =
			text_of(gathering, "status", "Name").length
				? SPAN("the capture has a part of its status")
				: SPAN("its files are not in the capture");
}

/* ---- one process ---- */

static bool name_user(const struct gathering *gathering,
		      struct process *process)
{
	char digits[SPAN_U64_DIGITS];

	process->uid = value_of(gathering, "status", "Uid");
	if (process->uid == 0)
		process->user = SPAN("root");
	else if (process->uid != PROCESS_UNKNOWN)
		return arena_copy(gathering->arena,
				  span_from_u64(process->uid, digits),
				  &process->user);
	return true;
}

static bool gather(const struct gathering *gathering, uint64_t pid,
		   struct process *ret)
{
	ret->pid = pid;
	ret->comm = text_of(gathering, "comm", "comm");
	if (!ret->comm.length)
		ret->comm = text_of(gathering, "status", "Name");
	ret->cgroup = text_of(gathering, "cgroup", "cgroup");
	ret->source = take_amounts(gathering, ret->kib);
	if (ret->source == PROCESS_STATUS || ret->source == PROCESS_UNREADABLE)
		explain(gathering, ret);
	return name_user(gathering, ret);
}

static void count(struct process_side *side, const struct process *process)
{
	side->sources[process->source]++;
	side->denied += process->denied;
	if (process->source != PROCESS_KERNEL)
		process_sum_add(&side->total, process);
}

static int by_pid(const void *left, const void *right)
{
	const struct process *a = left, *b = right;

	return (a->pid > b->pid) - (a->pid < b->pid);
}

static bool gather_all(const struct counters *counters,
		       const struct mentions *mentions, struct arena *arena,
		       struct process_side *ret)
{
	size_t room = HASH_COUNT(mentions->table), i = 0;
	const struct mention *mention;

	ret->processes = arena_alloc(arena, room * sizeof(*ret->processes));
	if (room && !ret->processes)
		return false;
	for (mention = mentions->table; mention; mention = mention->hh.next) {
		const struct gathering gathering = {counters, arena,
						    mention->scope};

		if (!gather(&gathering, mention->pid, &ret->processes[i++]))
			return false;
	}
	if (room)
		qsort(ret->processes, room, sizeof(*ret->processes), by_pid);
	ret->process_count = room;
	for (i = 0; i < room; i++)
		count(ret, &ret->processes[i]);
	return true;
}

bool processes_gather(const struct counters *counters, struct arena *arena,
		      struct process_side *ret, struct error *err)
{
	struct mentions mentions = {0};
	struct process_side side = {
		.path = ret->path,
		.kernel = ret->kernel,
		.uptime_ns = ret->uptime_ns,
	};
	bool done = note_all(&mentions, counters) &&
		    gather_all(counters, &mentions, arena, &side);

	mentions_deinit(&mentions);
	if (!done)
		return error_no_memory(err);
	*ret = side;
	return true;
}
