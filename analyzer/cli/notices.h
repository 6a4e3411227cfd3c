/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to say of a capture that was read, on standard error. */
#ifndef PAGEOWL_CLI_NOTICES_H
#define PAGEOWL_CLI_NOTICES_H

#include "base/quote.h"
#include "cli/reading.h"

/* path NULL: remarks name what they are of. */
void notice_remarks(struct console *console, const char *path,
		    const struct remark *remark);

/*
 * What was lost of the sources that are shown, what they leave out by their
 * nature, and with --verbose what was decided. last: no other capture is to
 * be told of, so that what holds for all of them is said.
 */
void notice_shown(struct cli *cli, const struct reading *reading, bool last);

#endif
