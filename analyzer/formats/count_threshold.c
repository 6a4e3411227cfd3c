/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /sys/kernel/debug/page_owner_stacks/count_threshold (6.9 on,
 * mm/page_owner.c): base pages below which show_stacks leaves a stack out.
 * Digits, without a newline behind them.
 */
#include "formats/counter_text.h"

static bool count_threshold_line(struct counter_text *text, struct span line)
{
	uint64_t value;

	if (!span_take_u64(&line, &value) || line.length)
		return counter_text_skip(text, "\"<number>\"");
	return counter_text_give(text, SPAN(""), SPAN("count_threshold"), value,
				 COUNTER_NUMBER);
}

static bool count_threshold_block(void *state, struct span lines,
				  struct sink *sink, struct error *err)
{
	return counter_text_single(state, "count_threshold",
				   count_threshold_line, lines, sink, err);
}

static const char *const paths[] = {
	"sys/kernel/debug/page_owner_stacks/count_threshold",
	"count_threshold",
	NULL,
};

const struct format format_count_threshold = {
	.name = "count_threshold",
	.title = "count_threshold of page_owner_stacks",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.block = count_threshold_block,
	.finish = counter_text_finish,
};
