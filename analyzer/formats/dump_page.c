/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dump_page() in a log, with the owner of the page: not read yet. */
#include "formats/format.h"

static bool dump_page_block(void *state, struct span lines, struct sink *sink,
			    struct error *err)
{
	(void)state;
	(void)lines;
	(void)sink;
	(void)err;
	return true;
}

static bool dump_page_finish(void *state, enum ending ending, struct sink *sink,
			     struct error *err)
{
	(void)state;
	(void)ending;
	(void)sink;
	(void)err;
	return true;
}

static const char *const paths[] = {NULL};

const struct format format_dump_page = {
	.name = "dump_page",
	.title = "dump_page() in a log, with the owner of the page",
	.state_size = 1,
	.paths = paths,
	.reported = true,
	.block = dump_page_block,
	.finish = dump_page_finish,
};
