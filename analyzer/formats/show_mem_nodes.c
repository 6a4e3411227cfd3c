/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/show_mem_nodes.h"

#include "formats/show_mem_fields.h"

/* As in formats/zoneinfo. */
#define PROTECTIONS_MAX 10

/* ---- whose line it is ---- */

/* "Node 0 "; without NUMA it is left out before zones. */
static bool take_node(struct span *line, struct counter_scope *scope)
{
	struct span rest = *line, number = SPAN("0");
	bool named = span_take(&rest, SPAN("Node "));

	if (named && (!span_take_digits(&rest, &number) || number.length > 9 ||
		      !span_take_blanks(&rest)))
		return false;
	*line = rest;
	return counter_scope_add(scope, SPAN("node ")) &&
	       counter_scope_add(scope, number);
}

/* "DMA32", which ends with end. */
static bool take_zone(struct span *line, struct span end,
		      struct counter_scope *scope)
{
	static const char *const zones[] = {
		"DMA32", "DMA", "Normal", "HighMem", "Movable", "Device",
	};
	size_t i;

	for (i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		struct span rest = *line;

		if (!span_take(&rest, span_of(zones[i])) ||
		    !span_take(&rest, end))
			continue;
		*line = rest;
		return counter_scope_add(scope, SPAN(" zone ")) &&
		       counter_scope_add(scope, span_of(zones[i]));
	}
	return false;
}

static bool take_scope(struct span *line, struct span end,
		       struct counter_scope *scope)
{
	struct span rest = *line;

	*scope = (struct counter_scope){0};
	if (!take_node(&rest, scope) || !take_zone(&rest, end, scope))
		return false;
	*line = rest;
	return true;
}

/* ---- amounts ---- */

/* Whether all is there up to the end; kernels put a flag behind the fields. */
static bool is_whole(struct span line)
{
	struct show_mem_field field;

	while (show_mem_take_field(&line, &field))
		if (!field.kib &&
		    !span_equal(field.label, SPAN("pages_scanned")))
			return false;
	for (;;) {
		span_take_blanks(&line);
		if (!line.length)
			return true;
		if (!span_take(&line, SPAN("all_unreclaimable? yes")) &&
		    !span_take(&line, SPAN("all_unreclaimable? no")) &&
		    !show_mem_take_field(&line, &field))
			return false;
	}
}

static void add_fields(struct show_mem_report *report, struct span scope,
		       struct span line,
		       void (*add)(struct show_mem_report *report,
				   struct span scope,
				   const struct show_mem_field *field))
{
	struct show_mem_field field;

	do {
		while (show_mem_take_field(&line, &field))
			add(report, scope, &field);
		span_take_blanks(&line);
	} while (span_take(&line, SPAN("all_unreclaimable? yes")) ||
		 span_take(&line, SPAN("all_unreclaimable? no")));
}

enum show_mem_line show_mem_take_node(struct show_mem_report *report,
				      struct span line)
{
	struct counter_scope scope = {0};

	if (!span_starts_with(line, SPAN("Node ")) ||
	    !take_node(&line, &scope) ||
	    !span_starts_with(line, SPAN("active_anon:")))
		return SHOW_MEM_OTHER;
	if (!is_whole(line))
		return SHOW_MEM_DAMAGED;
	report->has_nodes = true;
	add_fields(report, counter_scope_span(&scope), line, show_mem_add_node);
	return SHOW_MEM_TAKEN;
}

enum show_mem_line show_mem_take_zone(struct show_mem_report *report,
				      struct span line)
{
	struct counter_scope scope;

	if (!take_scope(&line, SPAN(" "), &scope) ||
	    !span_starts_with(line, SPAN("free:")))
		return SHOW_MEM_OTHER;
	if (!is_whole(line))
		return SHOW_MEM_DAMAGED;
	report->zone = scope;
	add_fields(report, counter_scope_span(&scope), line, show_mem_add_zone);
	return SHOW_MEM_TAKEN;
}

enum show_mem_line show_mem_take_reserve(struct show_mem_report *report,
					 struct span line)
{
	uint64_t pages[PROTECTIONS_MAX];
	unsigned count = 0, i;

	if (!span_take(&line, SPAN("lowmem_reserve[]:")))
		return SHOW_MEM_OTHER;
	while (count < PROTECTIONS_MAX && span_take_blanks(&line) &&
	       line.length && span_take_u64(&line, &pages[count]))
		count++;
	if (line.length || !count || !report->zone.length)
		return SHOW_MEM_DAMAGED;
	for (i = 0; i < count; i++) {
		char name[] = "protection 0";

		name[sizeof(name) - 2] = (char)('0' + i);
		show_mem_add(report, "zoneinfo",
			     counter_scope_span(&report->zone), name, pages[i],
			     COUNTER_PAGES);
	}
	return SHOW_MEM_TAKEN;
}

/* ---- free blocks ---- */

struct blocks {
	uint64_t count[ORDER_MAX + 1];
	unsigned orders;
	uint64_t page_kib;
};

/* "4*4kB (UM) "; each is twice as large as the one before. */
static bool take_order(struct span *line, struct blocks *blocks,
		       uint64_t *total_kib)
{
	uint64_t count, kib, part;

	if (blocks->orders > ORDER_MAX || !span_take_u64(line, &count) ||
	    !span_take(line, SPAN("*")) || !span_take_u64(line, &kib) ||
	    !span_take(line, SPAN("kB")) || !span_take_blanks(line))
		return false;
	if (!blocks->orders)
		blocks->page_kib = kib;
	if (kib > UINT32_MAX || kib != blocks->page_kib << blocks->orders ||
	    __builtin_mul_overflow(count, kib, &part) ||
	    __builtin_add_overflow(*total_kib, part, total_kib))
		return false;
	blocks->count[blocks->orders++] = count;
	if (span_take(line, SPAN("("))) {
		while (line->length && line->at[0] >= 'A' && line->at[0] <= 'Z')
			*line = span_skip(*line, 1);
		return span_take(line, SPAN(")")) && span_take_blanks(line);
	}
	return true;
}

/* The sum at its end tells that nothing of it was lost. */
static bool take_blocks(struct span line, struct blocks *ret)
{
	uint64_t sum = 0, told;

	while (!span_starts_with(line, SPAN("=")))
		if (!take_order(&line, ret, &sum))
			return false;
	span_take(&line, SPAN("= "));
	return ret->orders && span_take_u64(&line, &told) &&
	       span_equal(line, SPAN("kB")) && told == sum;
}

/* Pages of 4 KiB to 256 KiB. */
static bool is_page(uint64_t kib)
{
	return kib >= 4 && kib <= 256 && !(kib & (kib - 1));
}

enum show_mem_line show_mem_take_blocks(struct show_mem_report *report,
					struct span line)
{
	struct counter_scope scope;
	struct blocks blocks = {0};
	unsigned order;

	if (!take_scope(&line, SPAN(": "), &scope) || !line.length ||
	    !span_is_digit(line.at[0]))
		return SHOW_MEM_OTHER;
	if (!take_blocks(line, &blocks) || !is_page(blocks.page_kib))
		return SHOW_MEM_DAMAGED;
	report->page_size = blocks.page_kib * 1024;
	for (order = 0; order < blocks.orders; order++) {
		struct counter_scope name = {0};

		counter_scope_add(&name, SPAN("order "));
		counter_scope_add_number(&name, order);
		counter_scope_add(&name, (struct span){"", 1});
		show_mem_add(report, "buddyinfo", counter_scope_span(&scope),
			     name.bytes, blocks.count[order], COUNTER_NUMBER);
	}
	return SHOW_MEM_TAKEN;
}

/* ---- the pool of huge pages ---- */

static bool take_amount(struct span *line, struct span label, uint64_t *ret)
{
	span_take_blanks(line);
	return span_take(line, label) && span_take_u64(line, ret);
}

enum show_mem_line show_mem_take_huge(struct show_mem_report *report,
				      struct span line)
{
	struct counter_scope scope = {0};
	uint64_t total, left, surplus, kib, pool;
	struct span own;

	if (!span_starts_with(line, SPAN("Node ")) ||
	    !take_node(&line, &scope) ||
	    !span_starts_with(line, SPAN("hugepages_total=")))
		return SHOW_MEM_OTHER;
	if (!take_amount(&line, SPAN("hugepages_total="), &total) ||
	    !take_amount(&line, SPAN("hugepages_free="), &left) ||
	    !take_amount(&line, SPAN("hugepages_surp="), &surplus) ||
	    !take_amount(&line, SPAN("hugepages_size="), &kib) ||
	    !span_equal(line, SPAN("kB")) ||
	    __builtin_mul_overflow(total, kib, &pool))
		return SHOW_MEM_DAMAGED;
	counter_scope_add(&scope, SPAN(" hugepages "));
	counter_scope_add_number(&scope, kib);
	counter_scope_add(&scope, SPAN("kB"));
	own = counter_scope_span(&scope);
	show_mem_add(report, "show_mem", own, "total", total, COUNTER_NUMBER);
	show_mem_add(report, "show_mem", own, "free", left, COUNTER_NUMBER);
	show_mem_add(report, "show_mem", own, "surplus", surplus,
		     COUNTER_NUMBER);
	show_mem_add(report, "total", SPAN(""), "Hugetlb", pool, COUNTER_KIB);
	return SHOW_MEM_TAKEN;
}

/* ---- the lists of CPUs ---- */

/* What each has in use is what it has on its list: "free_pcp" since 4.1. */
enum show_mem_line show_mem_take_lists(struct show_mem_report *report,
				       struct span line)
{
	struct counter_scope scope;
	struct span digits;
	const char *used;
	uint64_t pages;

	if (take_scope(&line, SPAN(" "), &scope)) {
		if (!span_equal(line, SPAN("per-cpu:")))
			return SHOW_MEM_OTHER;
		report->zone = scope;
		return SHOW_MEM_TAKEN;
	}
	if (!span_take(&line, SPAN("CPU")) || !span_take_blanks(&line) ||
	    !span_take_digits(&line, &digits) ||
	    !span_take(&line, SPAN(": hi:")) || !report->zone.length)
		return SHOW_MEM_OTHER;
	used = span_find(line, SPAN("usd:"));
	if (!used)
		return SHOW_MEM_DAMAGED;
	line = span_between(used + 4, span_end(line));
	span_take_blanks(&line);
	if (!span_take_u64(&line, &pages) || line.length)
		return SHOW_MEM_DAMAGED;
	show_mem_add(report, "zoneinfo", counter_scope_span(&report->zone),
		     "free_pcp", pages, COUNTER_PAGES);
	return SHOW_MEM_TAKEN;
}
