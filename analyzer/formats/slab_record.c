/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/slab_record.h"

#include "formats/frame_text.h"
#include "model/stack_class.h"

bool slab_record_open(struct slab_record *record, const struct slab_line *line,
		      uint64_t number, bool cut)
{
	bool named = !span_equal(line->symbol, slab_line_not_available);

	record->line = number;
	record->cut = cut;
	record->kept_length = 0;
	record->stack.length = 0;
	slab_facts_init(&record->facts, named);
	if (named && !stack_text_add(&record->stack, line->symbol))
		return false;
	record->symbol_length = record->stack.length;
	/* What may stand behind an age that was cut says less than it. */
	return slab_line_count(line, &record->count) &&
	       slab_record_add_facts(record, line->facts) &&
	       !(cut && slab_facts_end_in_age(line->facts));
}

/* A copy that outlives the block; false: it does not fit. */
static bool keep(struct slab_record *record, struct span *text)
{
	char *at = record->kept + record->kept_length;

	if (text->length > sizeof(record->kept) - record->kept_length)
		return false;
	if (text->length)
		memcpy(at, text->at, text->length);
	record->kept_length += text->length;
	text->at = at;
	return true;
}

bool slab_record_add_facts(struct slab_record *record, struct span text)
{
	return keep(record, &text) && slab_facts_add(&record->facts, text);
}

bool slab_record_is_wrapped(const struct slab_record *record, struct span text)
{
	return record->stack.length == record->symbol_length &&
	       slab_facts_is_start(text);
}

/* Whether line, behind its indentation, is what the kernel prints there. */
static bool is_plain_frame(const struct slab_record *record, struct span frame)
{
	return frame.length && (unsigned char)frame.at[0] > '9' &&
	       span_end(frame)[-1] > ' ' && !frame_text_has_odd_space(frame) &&
	       !slab_record_is_wrapped(record, frame);
}

const char *slab_record_add_plain_frames(struct slab_record *record,
					 const char *at, const char *end,
					 uint64_t *lines)
{
	static const struct span indent = {"        ", 8};
	uint64_t count = 0;

	while (end - at > 9 && memcmp(at, indent.at, indent.length) == 0) {
		const char *newline =
			memchr(at + 8, '\n', (size_t)(end - at - 8));

		if (!newline ||
		    !is_plain_frame(record, span_between(at + 8, newline)))
			break;
		/* One space of the eight is the one that a frame has. */
		if (!stack_text_add_line(&record->stack,
					 span_between(at + 7, newline + 1)))
			break;
		at = newline + 1;
		count++;
	}
	*lines += count;
	return at;
}

struct span slab_record_symbol(const struct slab_record *record)
{
	if (!record->symbol_length)
		return slab_line_not_available;
	return (struct span){record->stack.bytes, record->symbol_length - 1};
}

/*
 * The frames. The first of them is the symbol, or the allocator's part that was
 * inlined nowhere, kstrdup(), which the symbol follows. The walk skips a fixed
 * number of frames, though: behind a tail call the symbol is not among them.
 */
static struct span stack_of(const struct slab_record *record)
{
	struct span whole = stack_text_span(&record->stack);
	struct span symbol = {whole.at, record->symbol_length};
	struct span frames = span_skip(whole, symbol.length);

	if (!frames.length)
		return whole;
	if (record->cut || span_starts_with(frames, symbol) ||
	    span_find(frames, symbol))
		return frames;
	return whole;
}

/* The text of field, where somebody wants it. */
static struct span wanted(const struct sink *sink, enum record_field field,
			  struct span text)
{
	return sink->wanted & 1u << field ? text : (struct span){0};
}

bool slab_record_deliver(const struct slab_record *record, struct span cache,
			 struct sink *sink, struct error *err)
{
	const struct slab_facts *facts = &record->facts;
	const struct record delivered = {
		.stack = stack_of(record),
		.count = record->count,
		.alloc_ts_ns = TS_NONE,
		.pfn = PFN_NONE,
		.line = record->line,
		.evidence = EVIDENCE_OBJECT,
		.unfinished = record->cut,
		.objects = &facts->objects,
		.fields =
			{
				[FIELD_CACHE] = cache,
				[FIELD_PID] =
					wanted(sink, FIELD_PID, facts->pid),
				[FIELD_CPU] =
					wanted(sink, FIELD_CPU, facts->cpus),
				[FIELD_NODE] =
					wanted(sink, FIELD_NODE, facts->nodes),
			},
	};

	return sink->record(sink, &delivered, err);
}
