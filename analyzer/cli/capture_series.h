/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes captures for `pageowl capture`, one or a series, and tells of them. */
#ifndef PAGEOWL_CLI_CAPTURE_SERIES_H
#define PAGEOWL_CLI_CAPTURE_SERIES_H

#include "cli/settings.h"

/* Returns the exit status. */
int capture_series_run(struct cli *cli);

#endif
