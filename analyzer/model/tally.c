/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tally.h"

static void add_pfn(struct tally *tally, uint64_t pfn)
{
	unsigned i;

	if (tally->pfn_count == SAMPLE_PFNS &&
	    pfn >= tally->pfns[SAMPLE_PFNS - 1])
		return;
	for (i = 0; i < tally->pfn_count && tally->pfns[i] < pfn; i++)
		;
	if (i < tally->pfn_count && tally->pfns[i] == pfn)
		return;
	if (tally->pfn_count < SAMPLE_PFNS)
		tally->pfn_count++;
	memmove(&tally->pfns[i + 1], &tally->pfns[i],
		(tally->pfn_count - i - 1) * sizeof(tally->pfns[0]));
	tally->pfns[i] = pfn;
}

static void add_times(struct tally *tally, uint64_t first, uint64_t last)
{
	if (!tally->units_timed || first < tally->first_ts_ns)
		tally->first_ts_ns = first;
	if (!tally->units_timed || last > tally->last_ts_ns)
		tally->last_ts_ns = last;
}

static void add_orders(struct tally *tally, unsigned least, unsigned most)
{
	if (!tally->records || least < tally->order_min)
		tally->order_min = least;
	if (!tally->records || most > tally->order_max)
		tally->order_max = most;
}

static uint64_t add_saturated(uint64_t a, uint64_t b)
{
	return a + b < a ? UINT64_MAX : a + b;
}

static void add_ages(struct object_tally *tally, uint64_t aged, uint64_t sum,
		     uint64_t min, uint64_t max)
{
	if (!aged)
		return;
	if (!tally->aged || min < tally->age_min)
		tally->age_min = min;
	if (!tally->aged || max > tally->age_max)
		tally->age_max = max;
	tally->age_sum = add_saturated(tally->age_sum, sum);
	tally->aged += aged;
}

static void add_pids(struct object_tally *tally, uint32_t min, uint32_t max)
{
	if (!tally->objects || min < tally->pid_min)
		tally->pid_min = min;
	if (!tally->objects || max > tally->pid_max)
		tally->pid_max = max;
}

static void add_facts(struct object_tally *tally, const struct record *record)
{
	const struct object_facts *facts = record->objects;
	uint64_t sum;

	add_pids(tally, facts->pid_min, facts->pid_max);
	tally->objects += record->count;
	tally->waste_bytes += facts->waste_bytes;
	number_set_add_list(&tally->cpus, record->fields[FIELD_CPU]);
	number_set_add_list(&tally->nodes, record->fields[FIELD_NODE]);
	if (facts->age_max == AGE_NONE)
		return;
	if (__builtin_mul_overflow(facts->age_mean, record->count, &sum))
		sum = UINT64_MAX;
	add_ages(tally, record->count, sum, facts->age_min, facts->age_max);
}

static void add_objects(struct object_tally *tally,
			const struct object_tally *other)
{
	if (!other->objects)
		return;
	add_pids(tally, other->pid_min, other->pid_max);
	add_ages(tally, other->aged, other->age_sum, other->age_min,
		 other->age_max);
	tally->objects += other->objects;
	tally->waste_bytes += other->waste_bytes;
	tally->requested_bytes += other->requested_bytes;
	tally->slot_bytes += other->slot_bytes;
	tally->requested_known += other->requested_known;
	tally->slot_known += other->slot_known;
	tally->by_request += other->by_request;
	tally->by_slot += other->by_slot;
	tally->unsized += other->unsized;
	number_set_add(&tally->cpus, &other->cpus);
	number_set_add(&tally->nodes, &other->nodes);
}

static void add_task(struct task_tally *tally, struct span name)
{
	if (name.length > TASK_NAME_MAX)
		name.length = TASK_NAME_MAX;
	if (tally->known) {
		tally->several |= !span_equal(
			(struct span){tally->name, tally->length}, name);
		return;
	}
	tally->known = true;
	tally->length = (unsigned char)name.length;
	if (name.length)
		memcpy(tally->name, name.at, name.length);
}

static void add_tasks(struct task_tally *tally, const struct task_tally *other)
{
	if (!other->known)
		return;
	add_task(tally, (struct span){other->name, other->length});
	tally->several |= other->several;
}

void tally_time(struct tally *tally, uint64_t ts_ns, uint64_t units)
{
	add_times(tally, ts_ns, ts_ns);
	tally->units_timed += units;
	tally->times[tally_time_bin(ts_ns)] += units;
}

void tally_record(struct tally *tally, const struct record *record)
{
	uint64_t ts = record->alloc_ts_ns;

	add_orders(tally, record->order, record->order);
	tally->records += record->count;
	tally->units += record->units;
	if (record->pfn != PFN_NONE)
		add_pfn(tally, record->pfn);
	if (record->objects)
		add_facts(&tally->objects, record);
	if (record->creation)
		add_task(&tally->task, record->fields[FIELD_COMM]);
	if (ts != TS_NONE)
		tally_time(tally, ts, record->units);
}

void tally_add(struct tally *tally, const struct tally *other)
{
	unsigned i;

	if (other->records)
		add_orders(tally, other->order_min, other->order_max);
	if (other->units_timed)
		add_times(tally, other->first_ts_ns, other->last_ts_ns);
	for (i = 0; i < other->pfn_count; i++)
		add_pfn(tally, other->pfns[i]);
	tally->records += other->records;
	tally->units += other->units;
	tally->units_before += other->units_before;
	tally->units_fresh += other->units_fresh;
	tally->units_timed += other->units_timed;
	for (i = 0; i < TIME_BINS; i++)
		tally->times[i] += other->times[i];
	add_objects(&tally->objects, &other->objects);
	add_tasks(&tally->task, &other->task);
}
