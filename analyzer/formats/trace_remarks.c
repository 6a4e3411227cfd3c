/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_remarks.h"

#include "formats/count_remark.h"
#include "formats/trace_reader.h"

/* "12 allocations, 10 of them freed within the trace" */
static void tell_sum(const struct trace_reader *reader)
{
	struct span middle = SPAN(" of them freed within the trace");
	char text[128] = "allocations, ", digits[SPAN_U64_DIGITS];
	struct span freed = span_from_u64(reader->counts.freed, digits);
	char *at = text + strlen(text);

	memcpy(at, freed.at, freed.length);
	at += freed.length;
	memcpy(at, middle.at, middle.length);
	at[middle.length] = '\0';
	count_remark(reader->sink, reader->counts.allocations,
		     reader->counts.freed ? "allocation, freed within the trace"
					  : "allocation, not freed within the "
					    "trace",
		     text);
}

static void tell_lost(const struct trace_reader *reader)
{
	const struct trace_counts *counts = &reader->counts;

	count_remark(reader->sink, counts->lost,
		     "event was lost: what is shown as held may have been "
		     "freed, and something held may be missing",
		     "events were lost: what is shown as held may have been "
		     "freed, and something held may be missing");
	if (counts->has_lost && !counts->lost)
		reader->sink->remark(
			reader->sink,
			"events were lost, nobody says how many: what is "
			"shown as held may have been freed");
}

void trace_remarks_tell(const struct trace_reader *reader)
{
	const struct trace_counts *counts = &reader->counts;
	struct sink *sink = reader->sink;

	tell_sum(reader);
	tell_lost(reader);
	if (counts->allocations && !counts->freed && !counts->unknown)
		sink->remark(sink, "no free is in the trace: all that it "
				   "allocates shows as held");
	count_remark(sink, counts->unknown,
		     "free of what was allocated before the trace began",
		     "frees of what was allocated before the trace began");
	count_remark(sink, counts->replaced,
		     "allocation where something was held already: the free "
		     "of that is not in the trace",
		     "allocations where something was held already: the "
		     "frees of that are not in the trace");
	count_remark(sink, counts->split,
		     "free of a part of an allocation: each block that is "
		     "left is counted",
		     "frees of a part of an allocation: each block that is "
		     "left is counted");
	count_remark(sink, counts->failed,
		     "allocation failed and is not counted",
		     "allocations failed and are not counted");
	count_remark(sink, counts->hidden,
		     "allocation has no address and is not counted: the "
		     "kernel could not hash it yet",
		     "allocations have no address and are not counted: the "
		     "kernel could not hash it yet");
	count_remark(sink, counts->beyond,
		     "allocation was not followed: too many are held at once",
		     "allocations were not followed: too many are held at "
		     "once");
	count_remark(sink, reader->stacks.beyond,
		     "allocation is shown without its stack: too many "
		     "different ones",
		     "allocations are shown without their stack: too many "
		     "different ones");
	count_remark(sink, reader->facts.beyond,
		     "allocation is shown without its fields: too many "
		     "different ones",
		     "allocations are shown without their fields: too many "
		     "different ones");
}
