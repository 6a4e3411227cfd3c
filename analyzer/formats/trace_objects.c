/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kmem events of slab objects (include/trace/events/kmem.h): what was
 * allocated and not freed within the trace.
 *
 *   kmalloc: call_site=%pS ptr=%p bytes_req=%zu bytes_alloc=%zu gfp_flags=%s
 *            node=%d accounted=%s
 *   kfree: call_site=%pS ptr=%p
 *
 * kmem_cache_alloc is the same; up to 6.0 there are kmalloc_node and
 * kmem_cache_alloc_node, which alone have node=. call_site is an address up to
 * 5.3. name= is in kmem_cache_free since 5.12, in kmem_cache_alloc of the
 * newest kernels.
 *
 * krealloc() that moves an object is a kmalloc and a kfree; one that does not
 * is no event. kmem_cache_alloc_bulk() has an event for each object, and so has
 * kmem_cache_free_bulk(), but not kfree_bulk() and kfree_rcu() of some kernels,
 * whose objects then look as if they were held. A kmalloc() beyond two pages is
 * an object here and pages in trace_pages.
 */
#include "formats/count_remark.h"
#include "formats/trace_reader.h"
#include "model/stack_class.h"

static bool is_allocation(struct span event)
{
	return span_equal(event, SPAN("kmalloc")) ||
	       span_equal(event, SPAN("kmem_cache_alloc")) ||
	       span_equal(event, SPAN("kmalloc_node")) ||
	       span_equal(event, SPAN("kmem_cache_alloc_node"));
}

static bool is_free(struct span event)
{
	return span_equal(event, SPAN("kfree")) ||
	       span_equal(event, SPAN("kmem_cache_free"));
}

/*
 * Where a page has 4 KiB, kmalloc() takes pages for what is beyond. Other
 * caches may have larger objects.
 */
#define CACHED_BYTES 8192

static void mark_large(struct trace_reader *reader, struct span event,
		       uint64_t key, uint64_t bytes)
{
	struct trace_entry *entry;

	if (bytes <= CACHED_BYTES || !span_starts_with(event, SPAN("kmalloc")))
		return;
	entry = trace_live_find(&reader->live, key);
	if (entry)
		entry->large = true;
}

static bool take_allocation(struct trace_reader *reader,
			    const struct trace_line *line, uint64_t *ret_key)
{
	struct trace_fields fields;
	struct span number;
	uint64_t key = 0, bytes;

	trace_fields_split(line->fields, &fields);
	number = fields.values[TRACE_BYTES_ALLOC];
	switch (trace_address(fields.values[TRACE_PTR], &key)) {
	case TRACE_ADDRESS_KNOWN:
		break;
	case TRACE_ADDRESS_NULL:
		reader->counts.failed++;
		return true;
	case TRACE_ADDRESS_HIDDEN:
		reader->counts.hidden++;
		return true;
	case TRACE_ADDRESS_BAD:
		trace_reader_damage(reader, "\"ptr=<address>\"");
		return true;
	}
	if ((!span_take_u64(&number, &bytes) &&
	     !span_take_hex(&number, &bytes)) ||
	    number.length) {
		trace_reader_damage(reader, "\"bytes_alloc=<number>\"");
		return true;
	}
	*ret_key = key;
	if (!trace_reader_allocate(reader, line, &fields, key, bytes,
				   EVIDENCE_OBJECT))
		return false;
	mark_large(reader, line->event, key, bytes);
	return true;
}

static void take_free(struct trace_reader *reader,
		      const struct trace_line *line)
{
	struct trace_fields fields;
	uint64_t key = 0;

	trace_fields_split(line->fields, &fields);
	switch (trace_address(fields.values[TRACE_PTR], &key)) {
	case TRACE_ADDRESS_KNOWN:
		break;
	case TRACE_ADDRESS_NULL:
	case TRACE_ADDRESS_HIDDEN:
		return;
	case TRACE_ADDRESS_BAD:
		trace_reader_damage(reader, "\"ptr=<address>\"");
		return;
	}
	if (trace_reader_free(reader, key))
		reader->counts.freed++;
	else
		reader->counts.unknown++;
}

static bool take_event(struct trace_reader *reader,
		       const struct trace_line *line, uint64_t *ret_key)
{
	if (line->event.length < 5 || line->event.at[0] != 'k')
		return true;
	if (is_allocation(line->event))
		return take_allocation(reader, line, ret_key);
	if (is_free(line->event))
		take_free(reader, line);
	return true;
}

static bool trace_objects_block(void *state, struct span lines,
				struct sink *sink, struct error *err)
{
	return trace_reader_block(state, take_event, lines, sink, err);
}

static void fill_record(const struct trace_entry *entry, struct record *record)
{
	(void)entry;
	(void)record;
}

static uint64_t count_large(const struct trace_live *live)
{
	uint64_t count = 0;
	size_t i;

	for (i = 0; i < live->capacity; i++)
		count += live->slots[i].large;
	return count;
}

static bool trace_objects_finish(void *context, enum ending ending,
				 struct sink *sink, struct error *err)
{
	struct trace_reader *reader = context;
	uint64_t large = count_large(&reader->live);

	(void)ending;
	if (!trace_reader_finish(reader, "objects", fill_record, sink, err))
		return false;
	count_remark(sink, large,
		     "object of kmalloc() is larger than 8 KiB: it lies in no "
		     "slab cache, "
		     "and its pages are counted as pages, too",
		     "objects of kmalloc() are larger than 8 KiB: they lie in "
		     "no slab "
		     "cache, and their pages are counted as pages, too");
	return true;
}

static const char *const paths[] = {NULL};

const struct format format_trace_objects = {
	.name = "trace_objects",
	.title = "kmem events of slab objects, in the same text",
	.state_size = sizeof(struct trace_reader),
	.paths = paths,
	.reported = true,
	.noun = "object",
	.unit = UNIT_BYTE,
	.identity = 1u << FIELD_CACHE,
	.block = trace_objects_block,
	.finish = trace_objects_finish,
};
