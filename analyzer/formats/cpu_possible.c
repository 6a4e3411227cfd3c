/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /sys/devices/system/cpu/possible (drivers/base/cpu.c): the CPUs that there is
 * per-cpu memory for, be they there or not: "0-127", "0,2-3".
 */
#include "formats/counter_text.h"

/* Far more than any kernel has room for. */
#define CPUS_MAX 65536

/* "5", "2-3"; each is above the last one. */
static bool take_range(struct span *line, uint64_t *next, uint64_t *count)
{
	uint64_t first, last;

	if (!span_take_u64(line, &first))
		return false;
	last = first;
	if (span_take(line, SPAN("-")) && !span_take_u64(line, &last))
		return false;
	if (first < *next || last < first || last >= CPUS_MAX)
		return false;
	*next = last + 1;
	*count += last - first + 1;
	return true;
}

static bool cpu_possible_line(struct counter_text *text, struct span line)
{
	uint64_t next = 0, count = 0;
	bool taken;

	do
		taken = take_range(&line, &next, &count);
	while (taken && span_take(&line, SPAN(",")));
	/* "0-12" of "0-127" is a list, too. */
	if (!taken || line.length || !counter_text_has_end(text))
		return counter_text_skip(text, "a list of CPUs");
	return counter_text_give(text, SPAN(""), SPAN("possible"), count,
				 COUNTER_NUMBER);
}

static bool cpu_possible_block(void *state, struct span lines,
			       struct sink *sink, struct error *err)
{
	return counter_text_single(state, "cpu_possible", cpu_possible_line,
				   lines, sink, err);
}

static const char *const paths[] = {"sys/devices/system/cpu/possible", NULL};

const struct format format_cpu_possible = {
	.name = "cpu_possible",
	.title = "/sys/devices/system/cpu/possible",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.block = cpu_possible_block,
	.finish = counter_text_finish,
};
