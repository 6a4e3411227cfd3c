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

void tally_record(struct tally *tally, const struct record *record)
{
	uint64_t ts = record->alloc_ts_ns;

	add_orders(tally, record->order, record->order);
	tally->records += record->count;
	tally->units += record->units;
	if (record->pfn != PFN_NONE)
		add_pfn(tally, record->pfn);
	if (ts == TS_NONE)
		return;
	add_times(tally, ts, ts);
	tally->units_timed += record->units;
	tally->times[tally_time_bin(ts)] += record->units;
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
}
