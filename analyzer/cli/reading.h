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

struct symbolizer;

/* Zeroed is valid to close. */
struct reading {
	struct capture capture;
	/* Chosen by reading_choose(): */
	struct capture_source *shown;
	struct capture_source *objects; /* beside it; or NULL */
	struct row_set set, object_set;
	const char *others[CAPTURE_SOURCES_MAX + 1];
	bool shows_counters;
	bool unusable;	    /* a source has not one record that could be used */
	bool passing_lossy; /* captures between it and NEW have lost some */
	char no_dump[512];  /* of the live machine: why it has no page_owner */
	/* Made when the first source line is looked for; of an older capture
	 * of the same kernel, where there is one. */
	struct symbolizer *symbolizer;
	bool owns_symbolizer;
	size_t warnings_told; /* of it */
	bool gaps_told;	      /* of the first: for what no file was found */
	struct arena places;  /* of frames */
};

/* What a command reads of a capture. Zeroed: stacks and their counters. */
struct reading_want {
	const uint64_t *before_ns; /* the cut of an older capture, or NULL */
	bool processes;		   /* the files of processes, too */
	bool symbols;		   /* kallsyms, too */
	bool processes_only;	   /* these, and whose machine it is */
	/* Stacks are held against counters: T0 is when these were read; and
	 * without stacks there is still something to tell. */
	bool account;
};

/*
 * Read the capture at path; NULL is the live machine. Says what was lost. On
 * failure err has the text with the path in it.
 */
bool reading_open(struct reading *reading, struct cli *cli, const char *path,
		  const struct reading_want *want, struct error *err);
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

/*
 * A log may hold reports of several kinds, which stand beside each other as
 * text: choose the next one, unless something asked for one of them. False:
 * there is none.
 */
bool reading_choose_next(struct reading *reading, struct cli *cli);

/*
 * The same for `account`: sources that tell of all memory who holds it, and
 * the objects in slab caches beside them. Where there is none, shown is NULL.
 */
bool reading_choose_holders(struct reading *readings, size_t count,
			    struct cli *cli, struct error *err);

/* The richest source of holders that can be used, by name; or NULL. */
const char *reading_holders(const struct reading *reading);

/*
 * Why the capture has no source of that name, as its manifest tells; false: it
 * does not.
 */
bool reading_reason(const struct reading *reading, const char *name, char *ret,
		    size_t capacity);

/* ---- report_sides.c ---- */

/* Bytes of a page, as given or as a source tells; 0: not known. */
uint64_t reading_page_size(const struct reading *reading,
			   const struct settings *settings);

/* Describe the source that is shown; its rows must have been made. */
void reading_side(const struct reading *reading,
		  const struct settings *settings, struct report_side *ret);

/* The same of the objects beside it. */
void reading_object_side(const struct reading *reading,
			 struct report_side *ret);

/* Whether anything was lost of what is shown. */
bool reading_is_lossy(const struct reading *reading);

/* The exit status when all was shown: --strict makes a loss a failure. */
int reading_status(struct cli *cli, const struct reading *readings,
		   size_t count);

/* Fill in what reports of all commands share; keys is room for the names. */
void reading_report(const struct settings *settings, struct report *report,
		    const char *keys[GROUP_KEYS_MAX + 1]);

/* Rank a report, and ask the other sources for the same culprits. */
bool reading_arrange(const struct settings *settings, struct reading *readings,
		     size_t count, enum report_sort sort, struct report *report,
		     struct error *err);

/* The same of report and the objects beside it, as --sort has it. */
bool reading_rank(struct cli *cli, struct reading *readings, size_t count,
		  struct report *report, struct error *err);

/* Render a ranked report as the settings say; returns the exit status. */
int reading_show(struct cli *cli, struct reading *readings, size_t count,
		 const struct report *report);

#endif
