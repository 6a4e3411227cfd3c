/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Source lines for the frames of captures. Late: an output is run once to no
 * purpose but to learn which frames it shows, and these are asked for at once.
 */
#ifndef PAGEOWL_CLI_SOURCE_LINES_H
#define PAGEOWL_CLI_SOURCE_LINES_H

#include "cli/reading.h"

/*
 * Where rows are named, or chosen, by the source of their blamed frame: find
 * it for all stacks. Before rows are made.
 */
bool source_lines_of_rows(struct cli *cli, struct reading *readings,
			  size_t count, struct error *err);

/*
 * The same for a capture between OLD and NEW, for which this was done; what
 * has no line is told of these alone.
 */
bool source_lines_of_passing(struct cli *cli, const struct reading *old,
			     struct reading *passing, struct error *err);

/* One of the outputs, with what it writes. */
struct rendering {
	bool (*write)(const void *report, const struct output_options *show,
		      FILE *file, struct error *err);
	const void *report;
};

/* Find the lines of what is shown, and show it. */
bool source_lines_write(struct cli *cli, struct reading *readings, size_t count,
			const struct rendering *rendering,
			const struct output_options *show, struct error *err);

#endif
