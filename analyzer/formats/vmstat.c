/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/vmstat: "nr_free_pages 176660" (mm/vmstat.c; 2.6 has it, too). Rows
 * that begin with nr_ are pages for the most part, but nr_kernel_stack is KiB
 * and others are events: none has a unit here.
 */
#include "formats/counter_text.h"

/* False: line is no row at all. */
static bool take_name(struct span *line, struct span *ret)
{
	struct span name;
	size_t i;

	if (!span_take_word(line, &name) || !span_take_blanks(line))
		return false;
	for (i = 0; i < name.length; i++)
		if (!(name.at[i] >= 'a' && name.at[i] <= 'z') &&
		    !(name.at[i] >= 'A' && name.at[i] <= 'Z') &&
		    !(span_is_digit(name.at[i]) && i) && name.at[i] != '_')
			return false;
	*ret = name;
	return line->length && span_is_digit(line->at[0]);
}

static bool decides(struct span line, struct span rest)
{
	struct span name;
	uint64_t value;

	(void)rest;
	return take_name(&line, &name) && span_take_u64(&line, &value) &&
	       !line.length && span_starts_with(name, SPAN("nr_"));
}

/* All kernels have this row; zoneinfo has it, too, but not at the margin. */
static const char *vmstat_sniff(struct span head)
{
	return counter_text_find(head, "vmstat", SPAN("nr_dirty "), decides);
}

static bool vmstat_precedes(struct span line)
{
	struct span name;
	uint64_t value;

	return take_name(&line, &name) && span_take_u64(&line, &value) &&
	       !line.length;
}

static bool vmstat_line(struct counter_text *text, struct span line)
{
	struct span name;
	uint64_t value;

	if (!take_name(&line, &name))
		return counter_text_stray(text, "\"<name> <number>\"");
	if (!span_take_u64(&line, &value) || line.length)
		return counter_text_skip(text, "\"<name> <number>\"");
	return counter_text_give(text, SPAN(""), name, value, COUNTER_NUMBER);
}

static bool vmstat_block(void *state, struct span lines, struct sink *sink,
			 struct error *err)
{
	return counter_text_block(state, "vmstat", vmstat_line, lines, sink,
				  err);
}

static const char *const paths[] = {"proc/vmstat", "vmstat", NULL};

const struct format format_vmstat = {
	.name = "vmstat",
	.title = "/proc/vmstat",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.sniff = vmstat_sniff,
	.precedes = vmstat_precedes,
	.block = vmstat_block,
	.finish = counter_text_finish,
};
