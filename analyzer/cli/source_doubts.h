/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has stayed without a source line, and what that is for the reader. */
#ifndef PAGEOWL_CLI_SOURCE_DOUBTS_H
#define PAGEOWL_CLI_SOURCE_DOUBTS_H

#include "cli/reading.h"

/*
 * Where rows are named, or chosen, by source: say how many stacks have none.
 * wanted: it was looked for. False: two captures cannot be compared so.
 */
bool source_doubts_of_rows(struct cli *cli, struct reading *readings,
			   size_t count, bool wanted, struct error *err);

/*
 * Say for which modules no file was found, of frames that are shown, where
 * files were named at all.
 */
void source_doubts_of_shown(struct cli *cli, const struct reading *readings,
			    size_t count, struct frame *const *frames,
			    size_t frame_count);

#endif
