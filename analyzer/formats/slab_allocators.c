/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /proc/slab_allocators, until Linux 5.1: not read yet. */
#include "formats/format.h"

static bool slab_allocators_block(void *state, struct span lines,
				  struct sink *sink, struct error *err)
{
	(void)state;
	(void)lines;
	(void)sink;
	(void)err;
	return true;
}

static bool slab_allocators_finish(void *state, enum ending ending,
				   struct sink *sink, struct error *err)
{
	(void)state;
	(void)ending;
	(void)sink;
	(void)err;
	return true;
}

static const char *const paths[] = {"proc/slab_allocators", "slab_allocators",
				    NULL};

const struct format format_slab_allocators = {
	.name = "slab_allocators",
	.title = "/proc/slab_allocators, until Linux 5.1",
	.state_size = 1,
	.paths = paths,
	.noun = "object",
	.unit = UNIT_OBJECT,
	.identity = 1u << FIELD_CACHE,
	.block = slab_allocators_block,
	.finish = slab_allocators_finish,
};
