/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names for frames that the kernel printed as bare addresses: where there are
 * any, and only then, the lists of symbols are read that can tell them.
 */
#ifndef PAGEOWL_CLI_FRAME_NAMES_H
#define PAGEOWL_CLI_FRAME_NAMES_H

#include "cli/reading.h"

/*
 * The readings, OLD before NEW, are chosen and no report is made of them yet.
 * Asked are the capture's own kallsyms, the file that --kallsyms names, OLD's
 * kallsyms for NEW, and --system-map, in this order. Says what was done and
 * what cannot be.
 */
bool frame_names_fill(struct cli *cli, struct reading *readings, size_t count,
		      struct error *err);

/* The same for a capture that came after OLD, which has its names already. */
bool frame_names_fill_later(struct cli *cli, struct reading *old,
			    struct reading *later, struct error *err);

#endif
