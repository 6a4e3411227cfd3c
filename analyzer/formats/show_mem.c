/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory as OOM and allocation failures report it in a log: not read yet. */
#include "formats/format.h"

static bool show_mem_block(void *state, struct span lines, struct sink *sink,
			   struct error *err)
{
	(void)state;
	(void)lines;
	(void)sink;
	(void)err;
	return true;
}

static bool show_mem_finish(void *state, enum ending ending, struct sink *sink,
			    struct error *err)
{
	(void)state;
	(void)ending;
	(void)sink;
	(void)err;
	return true;
}

static const char *const paths[] = {NULL};

const struct format format_show_mem = {
	.name = "show_mem",
	.title = "memory as OOM and allocation failures report it in a log",
	.state_size = 1,
	.paths = paths,
	.counts = true,
	.reported = true,
	.second_hand = true,
	.block = show_mem_block,
	.finish = show_mem_finish,
};
