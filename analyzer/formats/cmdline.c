/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/cmdline (fs/proc/cmdline.c): what the kernel was booted with, which
 * tells the settings of the debug facilities: "page_owner=on slub_debug=U".
 */
#include "formats/counter_text.h"

static bool cmdline_line(struct counter_text *text, struct span line)
{
	if (!counter_text_is_clean(line))
		return counter_text_skip(text, "printable text");
	return counter_text_give_text(text, SPAN(""), SPAN("cmdline"), line);
}

static bool cmdline_block(void *state, struct span lines, struct sink *sink,
			  struct error *err)
{
	return counter_text_single(state, "cmdline", cmdline_line, lines, sink,
				   err);
}

/* No bare name: each process has a file that is called so. */
static const char *const paths[] = {"proc/cmdline", NULL};

const struct format format_cmdline = {
	.name = "cmdline",
	.title = "/proc/cmdline",
	.state_size = sizeof(struct counter_text),
	.paths = paths,
	.counts = true,
	.block = cmdline_block,
	.finish = counter_text_finish,
};
