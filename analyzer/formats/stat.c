/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/stat (fs/proc/stat.c): "btime 1795336245", the second at which the
 * machine booted, and a few numbers of the like. Times of CPUs and numbers of
 * interrupts are left out.
 */
#include "formats/counter_text.h"

static bool is_one_of(struct span name, const char *const *names)
{
	for (; *names; names++)
		if (span_equal(name, span_of(*names)))
			return true;
	return false;
}

/* page, swap and disk_io are of 2.6 and older. */
static bool is_left_out(struct span name)
{
	static const char *const names[] = {"intr", "softirq",	"page",
					    "swap", "disk_io:", NULL};

	return span_starts_with(name, SPAN("cpu")) || is_one_of(name, names);
}

static bool stat_line(struct counter_text *text, struct span line)
{
	static const char *const names[] = {"btime",	     "processes",
					    "procs_running", "procs_blocked",
					    "ctxt",	     NULL};
	struct span name;
	uint64_t value;

	if (!span_take_word(&line, &name))
		return counter_text_stray(text, "\"<name> <number>\"");
	if (is_left_out(name))
		return true;
	if (!is_one_of(name, names))
		return counter_text_stray(text, "\"<name> <number>\"");
	if (!span_take_blanks(&line) || !span_take_u64(&line, &value) ||
	    line.length)
		return counter_text_skip(text, "\"<name> <number>\"");
	return counter_text_give(text, SPAN(""), name, value, COUNTER_NUMBER);
}

static bool decides(struct span line, struct span rest)
{
	uint64_t value;

	(void)rest;
	return span_take(&line, SPAN("btime ")) &&
	       span_take_u64(&line, &value) && !line.length;
}

static const char *stat_sniff(struct span head)
{
	return counter_text_find(head, "stat", SPAN("btime "), decides);
}

static bool stat_block(void *state, struct span lines, struct sink *sink,
		       struct error *err)
{
	return counter_text_block(state, "stat", stat_line, lines, sink, err);
}

static const char *const paths[] = {"proc/stat", "stat", NULL};

const struct format format_stat = {
	.name = "stat",
	.title = "/proc/stat: when the machine booted",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.sniff = stat_sniff,
	.block = stat_block,
	.finish = counter_text_finish,
};
