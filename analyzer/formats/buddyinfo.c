/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/buddyinfo: "Node 0, zone    DMA32      1      1      0 …", the free
 * blocks of each order (mm/vmstat.c, frag_show_print(); 2.6 has it, too). How
 * many orders there are is the kernel's: 11 on most, 14 with 64 KiB pages. A
 * row is too long for mail: numbers alone are the rest of the row before.
 */
#include "formats/free_blocks.h"

#define EXPECTED "\"Node <number>, zone <name> <number>...\""

/*
 * The rows of pagetypeinfo that tell of blocks have the same shape, and six
 * numbers.
 */
#define ORDERS_DECIDE 7

struct buddyinfo {
	struct counter_text text;
	struct counter_scope scope; /* of the row read last */
	unsigned next;		    /* order that it goes on with; 0: none */
};

static bool decides(struct span line, struct span rest)
{
	struct counter_scope scope = {0};
	struct free_blocks blocks;

	(void)rest;
	/* Lines of zoneinfo end behind the zone. */
	return free_blocks_take_zone(&line, &scope) &&
	       free_blocks_parse(line, false, &blocks) &&
	       blocks.orders >= ORDERS_DECIDE;
}

static const char *buddyinfo_sniff(struct span head)
{
	return counter_text_find(head, "buddyinfo", SPAN(", zone"), decides);
}

static bool is_number(struct span line)
{
	span_take_blanks(&line);
	return line.length && span_is_digit(line.at[0]);
}

static bool buddyinfo_line(struct counter_text *text, struct span line)
{
	struct buddyinfo *state = (struct buddyinfo *)text;
	struct free_blocks blocks;

	if (state->next && is_number(line)) {
		if (free_blocks_parse(line, false, &blocks))
			return free_blocks_give(
				text, counter_scope_span(&state->scope),
				&blocks, &state->next);
		state->next = 0;
		return counter_text_skip(text, EXPECTED);
	}
	state->next = 0;
	state->scope.length = 0;
	if (!span_starts_with(line, SPAN("Node ")))
		return counter_text_stray(text, EXPECTED);
	if (!free_blocks_take_zone(&line, &state->scope) ||
	    !free_blocks_parse(line, false, &blocks))
		return counter_text_skip(text, EXPECTED);
	return free_blocks_give(text, counter_scope_span(&state->scope),
				&blocks, &state->next);
}

static bool buddyinfo_block(void *context, struct span lines, struct sink *sink,
			    struct error *err)
{
	struct buddyinfo *state = context;

	return counter_text_block(&state->text, "buddyinfo", buddyinfo_line,
				  lines, sink, err);
}

static const char *const paths[] = {"proc/buddyinfo", "buddyinfo", NULL};

const struct format format_buddyinfo = {
	.name = "buddyinfo",
	.title = "/proc/buddyinfo: free blocks by order",
	.state_size = sizeof(struct buddyinfo),
	.paths = paths,
	.counts = true,
	.sniff = buddyinfo_sniff,
	.block = buddyinfo_block,
	.finish = counter_text_finish,
};
