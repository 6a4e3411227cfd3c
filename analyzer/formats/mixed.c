/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text that may hold dumps of any format, one behind or between the others:
 * a kernel log, a serial console, a bug report, `tail -n +1 *`. Which lines
 * are of which format is worked out where texts are read, in input/.
 */
#include "formats/format.h"

static const char *const paths[] = {NULL};

const struct format format_mixed = {
	.name = "mixed",
	.title = "several of these in one text: a log, a bug report",
	.state_size = 1,
	.paths = paths,
	.mixed = true,
};
