/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/log_stack.h"

#include "formats/frame_text.h"

/* As many lines of others may stand between two frames. */
#define FOREIGN_MAX 8

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

bool log_line_opens_other(struct span line)
{
	static const struct span starts[] = {
		{"Call Trace:", 11},	    {"Call trace:", 11}, /* arm64 */
		{"Backtrace:", 10}, /* 32-bit ARM */
		{"Backtrace for ", 14},	    {"------------[ cut here ]", 24},
		{"---[ end trace ", 15},    {"BUG: ", 5},
		{"WARNING: ", 9},	    {"Modules linked in:", 18},
		{"Mem-Info:", 9},	    {"unreferenced object ", 20},
		{"Allocated by task ", 18}, /* KASAN */
		{"Freed by task ", 14},	    {"Linux version ", 14},
	};
	size_t i;

	for (i = 0; i < COUNT_OF(starts); i++)
		if (span_starts_with(line, starts[i]))
			return true;
	return false;
}

/* "** 12 printk messages dropped **", "printk: 12 messages dropped" … */
bool log_line_tells_loss(struct span line)
{
	uint64_t ignored;

	span_take(&line, SPAN("printk: "));
	span_take(&line, SPAN("** "));
	return span_take_u64(&line, &ignored) &&
	       (span_take(&line, SPAN(" printk messages dropped")) ||
		span_take(&line, SPAN(" messages dropped")) ||
		span_take(&line, SPAN(" messages suppressed")));
}

void log_stack_open(struct log_stack *stack)
{
	stack->open = true;
	stack->foreign = 0;
	stack->text.length = 0;
}

bool log_stack_take(struct log_stack *stack, struct span line)
{
	struct log_frame frame;

	if (!stack->open || frame_text_is_blank(line))
		return false;
	if (!log_line_opens_other(line) && log_frame_parse(line, &frame)) {
		stack->foreign = 0;
		stack->open = log_frame_add(&stack->text, &frame);
		return stack->open;
	}
	if (log_line_opens_other(line) || ++stack->foreign > FOREIGN_MAX)
		stack->open = false;
	return false;
}
