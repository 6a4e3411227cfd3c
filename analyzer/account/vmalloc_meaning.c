/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/vmalloc_meaning.h"

/*
 * Up to 4.3 it was the size of address ranges, and VmallocChunk that of the
 * largest free one. Both were 0 from then on, as looking them up took long;
 * 5.3 made VmallocUsed the pages that vmalloc() took.
 */
static enum vmalloc_meaning meaning_of(const struct budget_reader *reader)
{
	uint64_t used, chunk = 0;

	if (reader->of_node)
		return reader->zones[ZONE_VMALLOC].known ? VMALLOC_PAGES
							 : VMALLOC_ABSENT;
	if (!budget_reader_row(reader, "VmallocUsed", &used))
		return VMALLOC_ABSENT;
	budget_reader_row(reader, "VmallocChunk", &chunk);
	if (chunk)
		return VMALLOC_AREAS;
	return used ? VMALLOC_PAGES : VMALLOC_UNCOUNTED;
}

bool vmalloc_is_counted(const struct budget_reader *reader)
{
	return reader->vmalloc == VMALLOC_PAGES ||
	       (reader->facts->has_vmallocinfo && !reader->of_node);
}

/* What the part is now made of, or why there is none. */
static void tell_meaning(struct budget_reader *reader)
{
	bool known = reader->facts->has_vmallocinfo;
	uint64_t used;

	switch (reader->vmalloc) {
	case VMALLOC_PAGES:
		break;
	case VMALLOC_AREAS:
		budget_note(reader,
			    known ? "VmallocUsed of this kernel is address "
				    "space, not memory: vmallocinfo tells what "
				    "vmalloc() took"
				  : "VmallocUsed of this kernel is address "
				    "space, not memory: what vmalloc() took is "
				    "in the remainder; /proc/vmallocinfo would "
				    "tell");
		if (!known && budget_reader_row(reader, "VmallocUsed", &used))
			budget_doubt(reader, sum_kib(used));
		break;
	case VMALLOC_ABSENT:
		budget_note(reader,
			    known ? "the file has no VmallocUsed: vmallocinfo "
				    "tells what vmalloc() took"
				  : "the file has no VmallocUsed: what "
				    "vmalloc() took is in the remainder; "
				    "/proc/vmallocinfo would tell");
		break;
	case VMALLOC_UNCOUNTED:
		budget_note(reader, known ? "the kernel does not count "
					    "VmallocUsed: vmallocinfo tells "
					    "what vmalloc() took"
					  : "the kernel does not count "
					    "VmallocUsed: what vmalloc() took "
					    "is in the remainder; "
					    "/proc/vmallocinfo would tell");
		break;
	}
}

static void settle(struct budget_reader *reader, enum stack_place place,
		   const char *source)
{
	reader->stacks = place;
	budget_note_source(reader,
			   place == STACKS_IN_VMALLOC
				   ? "kernel stacks are memory of vmalloc(): "
				   : "kernel stacks are no memory of "
				     "vmalloc(): ",
			   source);
}

/* Whether less was taken by vmalloc() than stacks need. */
static bool lacks_room(const struct budget_reader *reader, uint64_t stacks)
{
	int64_t used =
		budget_pages_kib(reader, reader->zones[ZONE_VMALLOC].pages);
	uint64_t row;

	if (reader->vmalloc != VMALLOC_PAGES)
		return false;
	if (!reader->of_node && budget_reader_row(reader, "VmallocUsed", &row))
		used = sum_kib(row);
	return used < sum_kib(stacks);
}

static void decide_stacks(struct budget_reader *reader)
{
	const struct budget_facts *facts = reader->facts;
	uint64_t stacks;

	if (!budget_reader_row(reader, "KernelStack", &stacks))
		return;
	if (facts->stacks != STACKS_UNKNOWN)
		settle(reader, facts->stacks,
		       facts->stacks_from ? facts->stacks_from : "stacks");
	else if (reader->vmalloc == VMALLOC_AREAS)
		settle(reader, STACKS_IN_PAGES, "the kernel is too old");
	else if (!vmalloc_is_counted(reader))
		reader->stacks = STACKS_UNKNOWN; /* nobody needs to know */
	else if (lacks_room(reader, stacks))
		settle(reader, STACKS_IN_PAGES,
		       "vmalloc() took less than KernelStack says");
	else
		settle(reader, STACKS_IN_VMALLOC,
		       "taken for granted, nothing in the capture tells");
}

void vmalloc_meaning_decide(struct budget_reader *reader)
{
	reader->vmalloc = meaning_of(reader);
	if (!reader->of_node)
		tell_meaning(reader);
	decide_stacks(reader);
	reader->budget->stacks_in_vmalloc =
		reader->stacks == STACKS_IN_VMALLOC &&
		vmalloc_is_counted(reader);
}
