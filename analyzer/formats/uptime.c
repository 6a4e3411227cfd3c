/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /proc/uptime (fs/proc/uptime.c): "28.38 27.89", up and idle, in seconds. */
#include "formats/counter_text.h"

#define NS_PER_SECOND 1000000000u

/* "28.38"; digits below the nanosecond are refused, no kernel prints them. */
static bool take_seconds(struct span *line, uint64_t *ret_ns)
{
	uint64_t seconds, part = 0, unit = NS_PER_SECOND;
	struct span digits;
	size_t i;

	if (!span_take_u64(line, &seconds) || !span_take(line, SPAN(".")) ||
	    !span_take_digits(line, &digits) || digits.length > 9)
		return false;
	for (i = 0; i < digits.length; i++)
		unit /= 10;
	span_take_u64(&digits, &part);
	return !__builtin_mul_overflow(seconds, NS_PER_SECOND, &seconds) &&
	       !__builtin_add_overflow(seconds, part * unit, ret_ns);
}

static bool uptime_line(struct counter_text *text, struct span line)
{
	uint64_t up_ns, idle_ns;

	/* The second number is there to tell that the first is whole. */
	if (!take_seconds(&line, &up_ns) || !span_take(&line, SPAN(" ")) ||
	    !take_seconds(&line, &idle_ns) || line.length)
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
