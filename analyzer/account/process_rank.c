/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a report on processes, and their order. */
#include <stdlib.h>

#include "account/processes.h"
#include "base/table.h"
#include "model/sum.h"

/* Rows to be, by what they are summed up by. */
struct sum_entry {
	UT_hash_handle hh;
	struct process_row row;
};

/* ---- a row for each process ---- */

static bool is_listed(const struct process *process)
{
	return process && process->source < PROCESS_UNREADABLE;
}

/* A pid is given to another task in time, and a task can take another name. */
static bool is_same(const struct process *a, const struct process *b)
{
	return a->pid == b->pid && (!a->comm.length || !b->comm.length ||
				    span_equal(a->comm, b->comm));
}

static bool is_unreadable(const struct process *process)
{
	return process && process->source == PROCESS_UNREADABLE;
}

static void add_pair(struct process_report *report, const struct process *old,
		     const struct process *new)
{
	struct process_row row = {.processes = {old, new}};

	if (old)
		process_sum_add(&row.sides[0], old);
	if (new)
		process_sum_add(&row.sides[1], new);
	if (is_listed(old) || is_listed(new))
		report->rows[report->row_count++] = row;
	else if (is_unreadable(old) || is_unreadable(new))
		report->unreadable[report->unreadable_count++] = row;
}

/* Both sides are in the order of pids. */
static void pair_up(struct process_report *report)
{
	const struct process_side *old = &report->sides[0];
	const struct process_side *new = &report->sides[1];
	size_t i = 0, j = 0;

	while (i < old->process_count || j < new->process_count) {
		const struct process *a =
			i < old->process_count ? &old->processes[i] : NULL;
		const struct process *b =
			j < new->process_count ? &new->processes[j] : NULL;

		if (a && b && is_same(a, b)) {
			add_pair(report, a, b);
			i++;
			j++;
		} else if (a && (!b || a->pid <= b->pid)) {
			add_pair(report, a, NULL);
			i++;
		} else {
			add_pair(report, NULL, b);
			j++;
		}
	}
}

static bool make_pairs(struct process_report *report)
{
	size_t room =
		report->sides[0].process_count + report->sides[1].process_count;

	report->rows =
		arena_alloc(&report->arena, (room + 1) * sizeof(*report->rows));
	report->unreadable = arena_alloc(
		&report->arena, (room + 1) * sizeof(*report->unreadable));
	if (!report->rows || !report->unreadable)
		return false;
	pair_up(report);
	return true;
}

/* ---- a row for each key ---- */

static struct span key_of(const struct process *process, enum process_key by)
{
	struct span key = {0};

	switch (by) {
	case PROCESS_BY_USER:
		key = process->user;
		break;
	case PROCESS_BY_COMM:
		key = process->comm;
		break;
	case PROCESS_BY_CGROUP:
		key = process->cgroup;
		break;
	case PROCESS_BY_PID:
		break;
	}
	return key.length ? key : SPAN("");
}

static bool add_to_key(struct sum_entry **table, struct arena *arena,
		       const struct process *process, enum process_key by,
		       unsigned side)
{
	struct span key = key_of(process, by);
	unsigned hash = table_hash(key.at, key.length);
	struct sum_entry *entry;

	HASH_FIND_BYHASHVALUE(hh, *table, key.at, key.length, hash, entry);
	if (!entry) {
		entry = arena_alloc(arena, sizeof(*entry));
		if (!entry)
			return false;
		entry->row.key = key;
		HASH_ADD_KEYPTR_BYHASHVALUE(hh, *table, key.at, key.length,
					    hash, entry);
		if (!entry->hh.tbl)
			return false;
	}
	process_sum_add(&entry->row.sides[side], process);
	return true;
}

static bool add_side(struct sum_entry **table, struct process_report *report,
		     enum process_key by, unsigned index)
{
	const struct process_side *side = &report->sides[index];
	size_t i;

	for (i = 0; i < side->process_count; i++)
		if (side->processes[i].source != PROCESS_KERNEL &&
		    !add_to_key(table, &report->arena, &side->processes[i], by,
				index))
			return false;
	return true;
}

static bool take_rows(const struct sum_entry *table,
		      struct process_report *report)
{
	const struct sum_entry *entry;

	report->rows = arena_alloc(&report->arena, (HASH_COUNT(table) +
						    1) * sizeof(*report->rows));
	if (!report->rows)
		return false;
	for (entry = table; entry; entry = entry->hh.next)
		if (entry->row.sides[0].processes ||
		    entry->row.sides[1].processes)
			report->rows[report->row_count++] = entry->row;
	return true;
}

static bool make_sums(struct process_report *report, enum process_key by)
{
	struct sum_entry *table = NULL;
	bool done = add_side(&table, report, by, 0) &&
		    add_side(&table, report, by, 1) && take_rows(table, report);

	HASH_CLEAR(hh, table);
	return done;
}

/* ---- their order ---- */

static bool has_pss(const struct process_sum *sum)
{
	return sum->known[PROCESS_PSS] == sum->processes;
}

/* Where nothing can be compared nothing has grown. */
static void measure(const struct process_report *report,
		    struct process_row *row)
{
	uint64_t kib;

	row->measure = has_pss(&row->sides[0]) && has_pss(&row->sides[1])
			       ? PROCESS_PSS
			       : PROCESS_RSS;
	if (report->side_count == 2) {
		row->compared =
			process_sum_growth(row->sides, row->measure, &row->kib);
		return;
	}
	row->compared = process_sum_amount(&row->sides[0], row->measure, &kib);
	if (row->compared)
		row->kib = sum_kib(kib);
}

static uint64_t pid_of(const struct process_row *row)
{
	const struct process *process =
		row->processes[0] ? row->processes[0] : row->processes[1];

	return process ? process->pid : 0;
}

/* Of one pid the process that was there first. */
static int compare_rows(const void *left, const void *right)
{
	const struct process_row *a = left, *b = right;
	uint64_t pids[2] = {pid_of(a), pid_of(b)};

	if (a->compared != b->compared)
		return a->compared ? -1 : 1;
	if (a->kib != b->kib)
		return a->kib > b->kib ? -1 : 1;
	if (pids[0] != pids[1])
		return pids[0] < pids[1] ? -1 : 1;
	if (!a->processes[0] != !b->processes[0])
		return a->processes[0] ? -1 : 1;
	return span_compare(a->key, b->key);
}

bool processes_rank(struct process_report *report, enum process_key by,
		    struct error *err)
{
	size_t i;

	report->by = by;
	report->row_count = report->unreadable_count = 0;
	if (by == PROCESS_BY_PID ? !make_pairs(report) : !make_sums(report, by))
		return error_no_memory(err);
	for (i = 0; i < report->row_count; i++)
		measure(report, &report->rows[i]);
	qsort(report->rows, report->row_count, sizeof(*report->rows),
	      compare_rows);
	return true;
}
