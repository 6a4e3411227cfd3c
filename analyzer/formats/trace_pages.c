/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kmem events of pages: perf script, trace-cmd, trace_pipe: not read yet. */
#include "formats/format.h"

static bool trace_pages_block(void *state, struct span lines, struct sink *sink,
			      struct error *err)
{
	(void)state;
	(void)lines;
	(void)sink;
	(void)err;
	return true;
}

static bool trace_pages_finish(void *state, enum ending ending,
			       struct sink *sink, struct error *err)
{
	(void)state;
	(void)ending;
	(void)sink;
	(void)err;
	return true;
}

static const char *const paths[] = {NULL};

const struct format format_trace_pages = {
	.name = "trace_pages",
	.title = "kmem events of pages: perf script, trace-cmd, trace_pipe",
	.state_size = 1,
	.paths = paths,
	.reported = true,
	.block = trace_pages_block,
	.finish = trace_pages_finish,
};
