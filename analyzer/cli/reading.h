/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One capture read for a command, and what there is to say about it. */
#ifndef PAGEOWL_CLI_READING_H
#define PAGEOWL_CLI_READING_H

#include "cli/settings.h"
#include "input/capture.h"
#include "model/row_set.h"

/* Zeroed is valid to close. */
struct reading {
	struct capture capture;
	struct snapshot snapshot;
	struct row_set set;
	const struct format *format;
	bool read;	     /* snapshot is filled */
	bool began_measured; /* snapshot.began_ns comes from proc/uptime */
	uint64_t began_ns;   /* T0 to count against; TS_NONE: learn it */
};

/*
 * Read the capture at path; NULL is the live machine. before_ns is the cut of
 * an older capture, or NULL: its own. Says what was lost. On failure err has
 * the text with the path in it.
 */
bool reading_open(struct reading *reading, struct cli *cli, const char *path,
		  const uint64_t *before_ns, struct error *err);
void reading_close(struct reading *reading);

/* Describe the capture; its rows must have been made. */
void reading_side(const struct reading *reading,
		  const struct settings *settings, struct report_side *ret);

/* Whether --strict makes what was lost a failure. */
bool reading_is_lossy(const struct reading *reading);

/* Fill in what reports of all commands share; keys is room for the names. */
void reading_report(const struct settings *settings, struct report *report,
		    const char *keys[GROUP_KEYS_MAX + 1]);

/* Render report as the settings say; returns the exit status. */
int reading_show(struct cli *cli, struct report *report, bool lossy);

#endif
