/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /proc/pagetypeinfo: not read yet. */
#include "formats/format.h"

static bool pagetypeinfo_block(void *state, struct span lines,
			       struct sink *sink, struct error *err)
{
	(void)state;
	(void)lines;
	(void)sink;
	(void)err;
	return true;
}

static bool pagetypeinfo_finish(void *state, enum ending ending,
				struct sink *sink, struct error *err)
{
	(void)state;
	(void)ending;
	(void)sink;
	(void)err;
	return true;
}

static const char *const paths[] = {"proc/pagetypeinfo", "pagetypeinfo", NULL};

/* Its rows of block types are of the same shape. */
static const char *const inner[] = {"buddyinfo", NULL};

const struct format format_pagetypeinfo = {
	.name = "pagetypeinfo",
	.title = "/proc/pagetypeinfo",
	.state_size = 1,
	.paths = paths,
	.inner = inner,
	.counts = true,
	.block = pagetypeinfo_block,
	.finish = pagetypeinfo_finish,
};
