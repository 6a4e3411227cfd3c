/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernel/debug/kmemleak, and its reports in logs: not read yet. */
#include "formats/format.h"

static bool kmemleak_block(void *state, struct span lines, struct sink *sink,
			   struct error *err)
{
	(void)state;
	(void)lines;
	(void)sink;
	(void)err;
	return true;
}

static bool kmemleak_finish(void *state, enum ending ending, struct sink *sink,
			    struct error *err)
{
	(void)state;
	(void)ending;
	(void)sink;
	(void)err;
	return true;
}

static const char *const paths[] = {"sys/kernel/debug/kmemleak", NULL};

const struct format format_kmemleak = {
	.name = "kmemleak",
	.title = "kernel/debug/kmemleak, and its reports in logs",
	.state_size = 1,
	.paths = paths,
	.reported = true,
	.noun = "object",
	.unit = UNIT_BYTE,
	.block = kmemleak_block,
	.finish = kmemleak_finish,
};
