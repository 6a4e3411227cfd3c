/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/trace_remarks.h"

#include "formats/count_remark.h"
#include "formats/trace_reader.h"

struct sentence {
	size_t length;
	char text[160];
};

/* All parts are short: see below. */
static void add(struct sentence *sentence, struct span part)
{
	if (part.length >= sizeof(sentence->text) - sentence->length)
		return;
	memcpy(sentence->text + sentence->length, part.at, part.length);
	sentence->length += part.length;
	sentence->text[sentence->length] = '\0';
}

/* "12 allocations of pages, 10 of them freed within the trace" */
static void tell_sum(const struct trace_reader *reader, const char *noun)
{
	struct sentence sentence = {0};
	char digits[SPAN_U64_DIGITS];

	add(&sentence, reader->counts.allocations == 1
			       ? SPAN("allocation of ")
			       : SPAN("allocations of "));
	add(&sentence, span_of(noun));
	add(&sentence, SPAN(", "));
	add(&sentence, span_from_u64(reader->counts.freed, digits));
	add(&sentence, SPAN(" of them freed within the trace"));
	count_remark(reader->sink, reader->counts.allocations, sentence.text,
		     sentence.text);
}

/* "12 frees of pages that were allocated before the trace began, or not traced"
 */
static void tell_unknown(const struct trace_reader *reader, const char *noun)
{
	struct sentence sentence = {0};

	add(&sentence,
	    reader->counts.unknown == 1 ? SPAN("free of ") : SPAN("frees of "));
	add(&sentence, span_of(noun));
	add(&sentence, SPAN(" that were allocated before the trace began, or "
			    "not traced"));
	count_remark(reader->sink, reader->counts.unknown, sentence.text,
		     sentence.text);
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

void trace_remarks_tell(const struct trace_reader *reader, const char *noun)
{
	const struct trace_counts *counts = &reader->counts;
	struct sink *sink = reader->sink;

	tell_sum(reader, noun);
	tell_lost(reader);
	if (counts->allocations && !counts->freed && !counts->unknown)
		sink->remark(sink, counts->replaced
					   ? "no free is in the trace: what it "
					     "allocates shows as held until "
					     "something else lies there"
					   : "no free is in the trace: all "
					     "that it allocates shows as "
					     "held");
	tell_unknown(reader, noun);
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
	count_remark(sink, counts->beyond_cpus,
		     "stack was left out: it is of a processor beyond the "
		     "65536th",
		     "stacks were left out: they are of processors beyond the "
		     "65536th");
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
