/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /proc/uptime (fs/proc/uptime.c): "28.38 27.89", up and idle, in seconds. */
#include "formats/counter_text.h"

static bool uptime_line(struct counter_text *text, struct span line)
{
	uint64_t up_ns, idle_ns;

	/* The second number is there to tell that the first is whole. */
	if (!counter_text_take_seconds(&line, &up_ns) ||
	    !span_take(&line, SPAN(" ")) ||
	    !counter_text_take_seconds(&line, &idle_ns) || line.length)
		return counter_text_skip(text, "\"<seconds> <seconds>\"");
	return counter_text_give(text, SPAN(""), SPAN("uptime"), up_ns,
				 COUNTER_NS);
}

static bool uptime_block(void *state, struct span lines, struct sink *sink,
			 struct error *err)
{
	return counter_text_single(state, "uptime", uptime_line, lines, sink,
				   err);
}

static const char *const paths[] = {"proc/uptime", "uptime", NULL};

const struct format format_uptime = {
	.name = "uptime",
	.title = "/proc/uptime",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.block = uptime_block,
	.finish = counter_text_finish,
};
