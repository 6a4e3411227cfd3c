/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kmem events of pages (include/trace/events/kmem.h): what was allocated and
 * not freed within the trace.
 *
 *   mm_page_alloc: page=%p pfn=0x%lx order=%d migratetype=%d gfp_flags=%s
 *   mm_page_free: page=%p pfn=0x%lx order=%d
 *   mm_page_free_batched: page=%p pfn=0x%lx order=0
 *
 * pfn= is decimal up to 5.13. An allocation that failed has page=(null) and a
 * pfn of 0 or -1. A page that is freed in a batch has both events, unless only
 * one of them was asked for; order=0 of a batch is not that of the page.
 *
 * mm_page_alloc_zone_locked and mm_page_pcpu_drain tell how pages move between
 * the lists of processors and those of zones: nobody allocates or frees them
 * thereby. Contiguous ranges (CMA) are allocated without an event.
 *
 * split_page() makes many of one allocation, which are freed one by one: what
 * is left of it is kept as blocks.
 */
#include "formats/trace_blocks.h"
#include "formats/trace_reader.h"
#include "model/stack_class.h"

struct trace_pages {
	struct trace_reader reader; /* first: the reader hands it back */
	uint64_t orders;	    /* bit i: 2^i pages were allocated */
	bool has_free;		    /* mm_page_free was seen */
};

/* A page as an event names it. */
struct page {
	uint64_t key;
	uint64_t pfn; /* PFN_NONE: only the address of its struct page */
	unsigned order;
};

enum page_state { PAGE_GOOD, PAGE_NONE, PAGE_BAD };

static bool take_number(struct span text, uint64_t *ret)
{
	return (span_take_hex(&text, ret) || span_take_u64(&text, ret)) &&
	       !text.length;
}

/*
 * No page frame has such a number: addresses that are hashed, or of 32 bits,
 * are no blocks of pages.
 */
#define OF_ADDRESS ((uint64_t)1 << 63)

/* An error pointer and a number of -1 are what a failure leaves. */
static enum page_state read_page(const struct trace_fields *fields,
				 struct page *ret, const char **ret_expected)
{
	struct span pfn = fields->values[TRACE_PFN];
	enum trace_address address;
	uint64_t number;

	*ret_expected = "\"order=<number>\"";
	if (!take_number(fields->values[TRACE_ORDER], &number) ||
	    number > TRACE_ORDER_MAX)
		return PAGE_BAD;
	ret->order = (unsigned)number;
	address = trace_address(fields->values[TRACE_PAGE], &ret->key);
	if (address == TRACE_ADDRESS_NULL || span_equal(pfn, SPAN("-1")) ||
	    span_equal(pfn, SPAN("18446744073709551615")) ||
	    span_equal(pfn, SPAN("0xffffffffffffffff")))
		return PAGE_NONE;
	*ret_expected = "\"pfn=<number>\"";
	ret->pfn = PFN_NONE;
	if (!pfn.length) {
		ret->key |= OF_ADDRESS;
		return address == TRACE_ADDRESS_KNOWN ? PAGE_GOOD : PAGE_BAD;
	}
	/* 2^52 pages are all that 64 bits address. */
	if (!take_number(pfn, &number) || number >> 52)
		return PAGE_BAD;
	*ret_expected = "\"pfn=<multiple of 2^order>\"";
	if (number & (((uint64_t)1 << ret->order) - 1))
		return PAGE_BAD;
	ret->pfn = number;
	ret->key = trace_block_key(number);
	return PAGE_GOOD;
}

static unsigned evidence_of(struct span gfp)
{
	unsigned evidence = 0;

	if (span_find(gfp, SPAN("RECLAIMABLE")))
		evidence |= EVIDENCE_RECLAIMABLE;
	if (span_find(gfp, SPAN("MOVABLE")))
		evidence |= EVIDENCE_MOVABLE;
	return evidence;
}

/*
 * What is in the way was freed, but the event of that is lost; perf script does
 * not tell of lost events unless it is asked to.
 */
static void make_way(struct trace_pages *state, const struct page *page)
{
	struct trace_reader *reader = &state->reader;

	if (page->pfn == PFN_NONE)
		return;
	reader->counts.replaced += trace_blocks_evict(
		&reader->live, state->orders, page->pfn, page->order);
	state->orders |= (uint64_t)1 << page->order;
}

static bool take_allocation(struct trace_pages *state,
			    const struct trace_line *line, uint64_t *ret_key)
{
	struct trace_fields fields;
	const char *expected;
	enum page_state found;
	struct page page;

	trace_fields_split(line->fields, &fields);
	found = read_page(&fields, &page, &expected);
	if (found == PAGE_BAD)
		trace_reader_damage(&state->reader, expected);
	state->reader.counts.failed += found == PAGE_NONE;
	if (found != PAGE_GOOD)
		return true;
	make_way(state, &page);
	*ret_key = page.key;
	return trace_reader_allocate(&state->reader, line, &fields, page.key,
				     (uint64_t)1 << page.order,
				     evidence_of(fields.values[TRACE_GFP]));
}

static bool free_blocks(struct trace_pages *state, const struct page *page)
{
	struct trace_counts *counts = &state->reader.counts;
	struct trace_blocks_change change;

	if (!trace_blocks_free(&state->reader.live, &state->orders, page->pfn,
			       page->order, &change, state->reader.err))
		return false;
	counts->unknown += !change.gone;
	counts->freed += change.gone;
	counts->split += change.left != 0;
	/* Each block that is left is an allocation of its own from here on. */
	counts->allocations += change.left;
	counts->beyond += change.beyond;
	return true;
}

static bool take_free(struct trace_pages *state, const struct trace_line *line,
		      bool batched)
{
	struct trace_counts *counts = &state->reader.counts;
	struct trace_fields fields;
	const char *expected;
	enum page_state found;
	struct page page;

	trace_fields_split(line->fields, &fields);
	found = read_page(&fields, &page, &expected);
	if (found == PAGE_BAD)
		trace_reader_damage(&state->reader, expected);
	if (found != PAGE_GOOD)
		return true;
	if (!batched && page.pfn != PFN_NONE)
		return free_blocks(state, &page);
	if (trace_reader_free(&state->reader, page.key))
		counts->freed++;
	else if (page.pfn != PFN_NONE)
		return free_blocks(state, &page);
	else
		counts->unknown++;
	return true;
}

static bool take_event(struct trace_reader *reader,
		       const struct trace_line *line, uint64_t *ret_key)
{
	struct trace_pages *state = (struct trace_pages *)reader;

	if (!span_starts_with(line->event, SPAN("mm_page")))
		return true;
	if (span_equal(line->event, SPAN("mm_page_alloc")))
		return take_allocation(state, line, ret_key);
	/* mm_page_free_direct: the name up to 3.2. */
	if (span_equal(line->event, SPAN("mm_page_free")) ||
	    span_equal(line->event, SPAN("mm_page_free_direct"))) {
		state->has_free = true;
		return take_free(state, line, false);
	}
	if (!state->has_free &&
	    (span_equal(line->event, SPAN("mm_page_free_batched")) ||
	     span_equal(line->event, SPAN("mm_pagevec_free"))))
		return take_free(state, line, true);
	return true;
}

static bool trace_pages_block(void *context, struct span lines,
			      struct sink *sink, struct error *err)
{
	struct trace_pages *state = context;

	return trace_reader_block(&state->reader, take_event, lines, sink, err);
}

/* The order of what is left of a split allocation is that of the block. */
static struct span order_text(unsigned order)
{
	static const char digits[] = "000102030405060708091011121314151617181"
				     "92021222324252627282930";
	unsigned skip = order < 10;

	return (struct span){digits + 2 * order + skip, 2 - skip};
}

static void fill_record(const struct trace_entry *entry, struct record *record)
{
	record->order = (unsigned)__builtin_ctzll(entry->units);
	record->fields[FIELD_ORDER] = order_text(record->order);
}

static bool trace_pages_finish(void *context, enum ending ending,
			       struct sink *sink, struct error *err)
{
	struct trace_pages *state = context;

	(void)ending;
	return trace_reader_finish(&state->reader, "pages", fill_record, sink,
				   err);
}

/* Of pages or of objects: the companion is pushed the same text. */
static bool is_of_memory(struct span event)
{
	static const struct span names[] = {
		{"mm_page_alloc", 13},
		{"mm_page_free", 12},
		{"kmalloc", 7},
		{"kmalloc_node", 12},
		{"kmem_cache_alloc", 16},
		{"kmem_cache_alloc_node", 21},
		{"kmem_cache_free", 15},
		{"kfree", 5},
		{"mm_page_free_batched", 20},
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (span_equal(event, names[i]))
			return true;
	return false;
}

static const char *trace_pages_sniff(struct span head)
{
	return trace_reader_sniff(head, is_of_memory);
}

extern const struct format format_trace_objects;

static const char *const paths[] = {
	"sys/kernel/tracing/trace",
	"sys/kernel/debug/tracing/trace",
	NULL,
};

const struct format format_trace_pages = {
	.name = "trace_pages",
	.title = "kmem events of pages: perf script, trace-cmd, trace_pipe",
	.state_size = sizeof(struct trace_pages),
	.companion = &format_trace_objects,
	.paths = paths,
	.reported = true,
	.unit = UNIT_PAGE,
	.sniff = trace_pages_sniff,
	.block = trace_pages_block,
	.finish = trace_pages_finish,
};
