/* SPDX-License-Identifier: GPL-3.0-or-later */
/* objects remaining in a cache, as SLUB reports them in a log: not read yet. */
#include "formats/format.h"

static bool slub_report_block(void *state, struct span lines, struct sink *sink,
			      struct error *err)
{
	(void)state;
	(void)lines;
	(void)sink;
	(void)err;
	return true;
}

static bool slub_report_finish(void *state, enum ending ending,
			       struct sink *sink, struct error *err)
{
	(void)state;
	(void)ending;
	(void)sink;
	(void)err;
	return true;
}

static const char *const paths[] = {NULL};

const struct format format_slub_report = {
	.name = "slub_report",
	.title = "objects remaining in a cache, as SLUB reports them in a log",
	.state_size = 1,
	.paths = paths,
	.reported = true,
	.noun = "object",
	.unit = UNIT_OBJECT,
	.identity = 1u << FIELD_CACHE,
	.block = slub_report_block,
	.finish = slub_report_finish,
};
