/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/proposal_entry.h"

#include "gate/judged_rows.h"

/* The kernel has names of 511 bytes; of longer ones so much is enough. */
#define NAME_LENGTH_MAX 512

/* A maximum must be less, to be read as it was written. */
#define MAXIMUM_END ((uint64_t)1 << 53)

static bool is_plain(char c)
{
	return c > ' ' && c < 0x7f && c != '#' && c != '*';
}

bool proposal_pattern(struct span name, struct arena *arena, struct span *ret)
{
	size_t length =
		name.length < NAME_LENGTH_MAX ? name.length : NAME_LENGTH_MAX;
	char *text = arena_alloc(arena, length + 1);
	size_t i;

	if (!text)
		return false;
	for (i = 0; i < length; i++)
		text[i] = is_plain(name.at[i]) ? name.at[i] : '?';
	if (length < name.length)
		text[length++] = '*';
	*ret = (struct span){text, length};
	/* A name cannot be left out, nor be taken for any frames. */
	if (!name.length)
		*ret = SPAN("*");
	else if (span_equal(name, SPAN("...")))
		*ret = SPAN("?..");
	return true;
}

static bool add_frame(const struct frame *frame, struct arena *arena,
		      struct suppression *entry)
{
	struct span *pattern = &entry->frames[entry->frame_count++];

	*pattern = SPAN("0x*");
	return frame_is_address(frame) ||
	       proposal_pattern(frame->name, arena, pattern);
}

/*
 * Of a function its name is enough; an address is another one in each boot, so
 * it is told by who called it.
 */
static bool add_frames(const struct stack *stack, bool all, struct arena *arena,
		       struct suppression *entry)
{
	size_t i;

	for (i = judged_first_frame(stack);
	     i < stack->frame_count &&
	     entry->frame_count < SUPPRESSION_FRAMES_MAX;
	     i++) {
		if (!add_frame(&stack->frames[i], arena, entry))
			return false;
		if (!all && !frame_is_address(&stack->frames[i]))
			break;
	}
	if (!entry->frame_count)
		entry->frames[entry->frame_count++] = SPAN("...");
	return true;
}

static bool add_name(struct span name, struct arena *arena, struct span *ret)
{
	return !name.length || proposal_pattern(name, arena, ret);
}

/*
 * A function may take pages, and objects: a category or a cache tells. Where
 * neither is one, any category does, for an entry must not fit everything.
 */
static bool add_row(const struct finding *finding, const struct report_row *row,
		    struct arena *arena, struct suppression *entry)
{
	bool objects = report_is_on_objects(finding->report);

	if (!objects && !row->mixed)
		entry->category = span_of(category_info(row->category)->name);
	else if (!objects || !row->detail.length)
		entry->category = SPAN("?*");
	return add_frames(row->stack, finding->subject == GATE_STACK, arena,
			  entry) &&
	       add_name(row->module, arena, &entry->module) &&
	       (!objects || add_name(row->detail, arena, &entry->cache));
}

bool proposal_entry_make(const struct finding *finding,
			 const struct report_row *row, struct arena *arena,
			 struct suppression *ret, struct error *err)
{
	struct suppression entry = {
		.reason = SPAN("to be replaced: say why this may grow"),
	};
	bool made = true;

	switch (finding->subject) {
	case GATE_STACK:
	case GATE_FUNCTION:
		made = add_row(finding, row, arena, &entry);
		break;
	case GATE_MODULE:
		made = add_name(finding->module, arena, &entry.module);
		break;
	case GATE_CATEGORY:
		entry.category = span_of(finding->category);
		break;
	case GATE_UNACCOUNTED:
		entry.unaccounted = true;
		break;
	}
	if (!made)
		return error_no_memory(err);
	*ret = entry;
	return true;
}

bool proposal_entry_equal(const struct suppression *a,
			  const struct suppression *b)
{
	size_t i;

	if (a->frame_count != b->frame_count ||
	    a->unaccounted != b->unaccounted ||
	    !span_equal(a->module, b->module) ||
	    !span_equal(a->category, b->category) ||
	    !span_equal(a->cache, b->cache))
		return false;
	for (i = 0; i < a->frame_count; i++)
		if (!span_equal(a->frames[i], b->frames[i]))
			return false;
	return true;
}

/* Up to the next of 16 to 32 steps in each power of two. */
static uint64_t round_up(uint64_t value, uint64_t end)
{
	unsigned shift = 0;

	while (value >> shift >= 32)
		shift++;
	value = (value + ((uint64_t)1 << shift) - 1) >> shift << shift;
	return value < end ? value : end - 1;
}

void proposal_entry_measure(struct suppression *entry, bool unsized,
			    int64_t bytes, int64_t records)
{
	uint64_t kib = bytes > 0 ? ((uint64_t)bytes - 1) / 1024 + 1 : 0;

	entry->has_bytes = bytes > 0;
	entry->max_bytes = round_up(kib, MAXIMUM_END / 1024) * 1024;
	entry->has_records = unsized || bytes <= 0;
	entry->max_records = entry->has_records && records > 0
				     ? round_up((uint64_t)records, MAXIMUM_END)
				     : entry->has_records;
}
