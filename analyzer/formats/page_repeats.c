/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/page_repeats.h"

void page_repeats_deinit(struct page_repeats *seen)
{
	seen_records_deinit(&seen->set);
}

/* What tells an allocation from all others. */
struct identity {
	uint64_t block; /* of pages, of its size or larger, or PFN_NONE */
	uint64_t ts_ns, order, size;
};

/* Of what is split into single pages: they lie beside each other. */
#define SPLIT_ORDER 9

/* As a page of 1 << size pages, its stack with it. */
static bool note(struct page_repeats *seen, const struct page_report *report,
		 const struct owner_header *header, unsigned size,
		 bool *ret_known)
{
	const bool placed = report->pfn != PFN_NONE;
	const struct identity identity = {
		.block = placed ? report->pfn >> size : PFN_NONE,
		.ts_ns = header->ts_ns,
		.order = header->order,
		.size = size,
	};
	const struct span pieces[] = {
		{(const char *)&identity, sizeof(identity)},
		placed ? SPAN("") : page_text_span(&report->pointer),
		header->pid,
		stack_text_span(&report->stack.text),
	};

	if (report->hold == HOLD_FREED) {
		*ret_known = seen_records_has(&seen->set, pieces, 4);
		return true;
	}
	return seen_records_note(&seen->set, pieces, 4, ret_known);
}

/* By its time alone, which no other allocation of a task has. */
static bool note_time(struct page_repeats *seen,
		      const struct owner_header *header, bool *ret_known)
{
	const struct identity identity = {
		.block = PFN_NONE,
		.ts_ns = header->ts_ns,
		.order = header->order,
		.size = UINT64_MAX,
	};
	const struct span pieces[] = {
		{(const char *)&identity, sizeof(identity)},
		header->pid,
	};

	return seen_records_note(&seen->set, pieces, 2, ret_known);
}

/*
 * Whether the allocation was counted before, with another page or stack: lines
 * of another CPU are in one of the reports. Pages that were split off have
 * their time from the whole.
 */
static bool look_for_unlike(struct page_repeats *seen,
			    const struct page_report *report,
			    const struct owner_header *header, bool *ret_known)
{
	const bool placed = report->pfn != PFN_NONE;
	bool same_time, near = false;

	if (header->ts_ns == TS_NONE || (!placed && report->pointer.length))
		return true;
	if (!note_time(seen, header, &same_time) ||
	    (placed && !header->order &&
	     !note(seen, report, header, SPLIT_ORDER, &near)))
		return false;
	*ret_known = same_time && !near;
	seen->unlike += *ret_known;
	return true;
}

bool page_repeats_look(struct page_repeats *seen,
		       const struct page_report *report,
		       const struct owner_header *header, bool *ret_known)
{
	*ret_known = false;
	/* Nothing tells which page it is. */
	if (report->pfn == PFN_NONE && !report->pointer.length &&
	    header->ts_ns == TS_NONE)
		return true;
	if (!note(seen, report, header, header->order, ret_known))
		return false;
	if (report->hold == HOLD_FREED)
		return true;
	seen->repeats += *ret_known;
	return *ret_known || look_for_unlike(seen, report, header, ret_known);
}
