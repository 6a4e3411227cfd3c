/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kmem events of slab objects, in the same text: not read yet. */
#include "formats/format.h"

static bool trace_objects_block(void *state, struct span lines,
				struct sink *sink, struct error *err)
{
	(void)state;
	(void)lines;
	(void)sink;
	(void)err;
	return true;
}

static bool trace_objects_finish(void *state, enum ending ending,
				 struct sink *sink, struct error *err)
{
	(void)state;
	(void)ending;
	(void)sink;
	(void)err;
	return true;
}

static const char *const paths[] = {NULL};

const struct format format_trace_objects = {
	.name = "trace_objects",
	.title = "kmem events of slab objects, in the same text",
	.state_size = 1,
	.paths = paths,
	.reported = true,
	.noun = "object",
	.unit = UNIT_BYTE,
	.block = trace_objects_block,
	.finish = trace_objects_finish,
};
