/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Captures read for a command: what is said of them, and which of their
 * sources is shown.
 */
#ifndef PAGEOWL_CLI_READING_H
#define PAGEOWL_CLI_READING_H

#include "cli/settings.h"
#include "input/capture.h"
#include "model/row_set.h"

/* Zeroed is valid to close. */
struct reading {
	bool processes; /* set before: their files are wanted, too */
	struct capture capture;
	/* Chosen by reading_choose(): */
	struct capture_source *shown;
	struct capture_source *objects; /* beside it; or NULL */
	struct row_set set, object_set;
	const char *others[CAPTURE_SOURCES_MAX + 1];
};

/*
 * Read the capture at path; NULL is the live machine. before_ns is the cut of
 * an older capture, or NULL: its own. Says what was lost. On failure err has
 * the text with the path in it.
 */
bool reading_open(struct reading *reading, struct cli *cli, const char *path,
		  const uint64_t *before_ns, struct error *err);
void reading_close(struct reading *reading);

/* Whether anything in it was known; if not, an error that says so. */
bool reading_is_known(const struct reading *reading, struct error *err);

/* T0 of the capture, or TS_NONE. */
uint64_t reading_began(const struct reading *reading);

/* ---- source_choice.c ---- */

/*
 * Choose what is shown: the source that was asked for, else the richest one
 * that all of them have.
 */
bool reading_choose(struct reading *readings, size_t count, struct cli *cli,
		    struct error *err);

/* ---- report_sides.c ---- */

/* Describe the source that is shown; its rows must have been made. */
void reading_side(const struct reading *reading,
		  const struct settings *settings, struct report_side *ret);

/* The same of the objects beside it. */
void reading_object_side(const struct reading *reading,
			 struct report_side *ret);

/* Whether --strict makes what was lost a failure. */
bool reading_is_lossy(const struct reading *reading);

/* Fill in what reports of all commands share; keys is room for the names. */
void reading_report(const struct settings *settings, struct report *report,
		    const char *keys[GROUP_KEYS_MAX + 1]);

/*
 * Arrange and render report, and the objects beside it, as the settings say;
 * returns the exit status.
 */
int reading_show(struct cli *cli, struct reading *readings, size_t count,
		 struct report *report);

#endif
