/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/buddyinfo: "Node 0, zone    DMA32      1      1      0 …", the free
 * blocks of each order (mm/vmstat.c, frag_show_print(); 2.6 has it, too). How
 * many orders there are is the kernel's: 11 on most, 14 with 64 KiB pages.
 */
#include "formats/counter_text.h"

#define EXPECTED "\"Node <number>, zone <name> <number>...\""

/* "node 0 zone DMA32"; line is left with the numbers. */
static bool take_scope(struct span *line, struct counter_scope *scope)
{
	struct span zone;
	uint64_t node;

	return span_take(line, SPAN("Node ")) && span_take_u64(line, &node) &&
	       span_take(line, SPAN(", zone")) && span_take_blanks(line) &&
	       span_take_word(line, &zone) && counter_text_is_clean(zone) &&
	       counter_scope_add(scope, SPAN("node ")) &&
	       counter_scope_add_number(scope, node) &&
	       counter_scope_add(scope, SPAN(" zone ")) &&
	       counter_scope_add(scope, zone);
}

/* The blocks of each order; 0: something else stands there. */
static unsigned take_blocks(struct span line, uint64_t ret[ORDER_MAX + 1])
{
	unsigned orders = 0;

	while (span_take_blanks(&line) && line.length) {
		if (orders > ORDER_MAX || !span_take_u64(&line, &ret[orders]))
			return 0;
		orders++;
	}
	return line.length ? 0 : orders;
}

static bool decides(struct span line, struct span rest)
{
	struct counter_scope scope = {0};
	uint64_t blocks[ORDER_MAX + 1];

	(void)rest;
	/* Lines of zoneinfo end behind the zone. */
	return take_scope(&line, &scope) && take_blocks(line, blocks) >= 4;
}

static const char *buddyinfo_sniff(struct span head)
{
	/* /proc/pagetypeinfo has rows of the same shape for block types. */
	if (span_find(head, SPAN("Page block order: ")))
		return NULL;
	return counter_text_find(head, "buddyinfo", SPAN(", zone"), decides);
}

static bool buddyinfo_line(struct counter_text *text, struct span line)
{
	struct counter_scope scope = {0};
	uint64_t blocks[ORDER_MAX + 1];
	unsigned orders, order;

	if (!span_starts_with(line, SPAN("Node ")))
		return counter_text_stray(text, EXPECTED);
	if (!take_scope(&line, &scope))
		return counter_text_skip(text, EXPECTED);
	orders = take_blocks(line, blocks);
	if (!orders)
		return counter_text_skip(text, EXPECTED);
	for (order = 0; order < orders; order++) {
		struct counter_scope name = {0};

		counter_scope_add(&name, SPAN("order "));
		counter_scope_add_number(&name, order);
		if (!counter_text_give(text, counter_scope_span(&scope),
				       counter_scope_span(&name), blocks[order],
				       COUNTER_NUMBER))
			return false;
	}
	return true;
}

static bool buddyinfo_block(void *state, struct span lines, struct sink *sink,
			    struct error *err)
{
	return counter_text_block(state, "buddyinfo", buddyinfo_line, lines,
				  sink, err);
}

static const char *const paths[] = {"proc/buddyinfo", "buddyinfo", NULL};

const struct format format_buddyinfo = {
	.name = "buddyinfo",
	.title = "/proc/buddyinfo: free blocks by order",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.sniff = buddyinfo_sniff,
	.block = buddyinfo_block,
	.finish = counter_text_finish,
};
