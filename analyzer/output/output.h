/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rendering a report. A further output is one more file and one more line in
 * outputs.c. All text of captures is untrusted and escaped here.
 */
#ifndef PAGEOWL_OUTPUT_OUTPUT_H
#define PAGEOWL_OUTPUT_OUTPUT_H

#include <stdio.h>

#include "base/error.h"
#include "model/account_report.h"
#include "model/contents.h"
#include "model/process_report.h"

struct output_options {
	size_t top; /* rows to show; 0: all */
	bool top_given;
	uint64_t min_bytes; /* leave out rows that are smaller */
	bool full;	    /* whole stacks */
	bool verbose;	    /* both sides of what agrees, too */
	bool formula;	    /* of `account`: each sum term by term */
	bool kib;	    /* amounts of counters as the kernel has them */
	bool colour;
	size_t width; /* columns; 0: do not cut */
	/*
	 * Told of each frame whose source line is shown where there is one, so
	 * that only these are looked for; or NULL.
	 */
	void (*ask_frame)(void *context, const struct frame *frame);
	void *ask_context;
};

/* What a command answers. */
enum output_answer {
	ANSWER_NONE, /* it has no --output */
	ANSWER_TOP,
	ANSWER_DIFF,
	ANSWER_CONTENTS,
	ANSWER_ACCOUNT,
	ANSWER_PROCESSES,
	ANSWER_CHECK, /* of `capture --check`, which renders it itself */
};

struct output {
	const char *name;  /* value of --output */
	const char *title; /* one line for --help */
	/* It shows report->gate: judge, even where no rule was given. */
	bool judges;
	bool compares; /* write is for reports of two captures only */
	/*
	 * Write report to file; the caller flushes and checks it. An output
	 * that has no form for a kind of answer has NULL in its place.
	 */
	bool (*write)(const struct report *report,
		      const struct output_options *options, FILE *file,
		      struct error *err);
	/* The same with what a capture holds. */
	bool (*contents)(const struct contents *contents,
			 const struct output_options *options, FILE *file,
			 struct error *err);
	/* The same with where all of MemTotal is. */
	bool (*account)(const struct account_report *report,
			const struct output_options *options, FILE *file,
			struct error *err);
	/* The same with what processes cost. */
	bool (*processes)(const struct process_report *report,
			  const struct output_options *options, FILE *file,
			  struct error *err);
};

/* All outputs, the default first, ended by NULL. */
extern const struct output *const outputs[];

const struct output *output_named(const char *name);

/* Whether there is a form for what a command answers. */
bool output_has_form(const struct output *output, enum output_answer answer);

#define OUTPUT_NAMES_CAPACITY 256

/*
 * "text, json or csv": what has a form for an answer; ANSWER_NONE: all. ret has
 * OUTPUT_NAMES_CAPACITY bytes.
 */
const char *output_names(enum output_answer answer, char *ret);

/*
 * The next row of report that programs are to be told of, as --top and --min
 * have it; NULL: there is none. Zeroed is at the start.
 */
struct row_cursor {
	size_t at, shown;
};

const struct report_row *output_next_row(const struct report *report,
					 const struct output_options *options,
					 struct row_cursor *cursor);

/* Tell options->ask_frame of the blamed frame of a row, or of all frames of its
 * stack, before their places are looked at. */
void output_ask_blamed(const struct output_options *options,
		       const struct report_row *row);
void output_ask_stack(const struct output_options *options,
		      const struct report_row *row);

/* Whether rows of a size are left out by options->min_bytes. */
bool output_is_small(const struct report *report,
		     const struct output_options *options,
		     const struct delta *growth, const struct tally *sides[2]);

/* The same of a row of processes: of its size, or of its growth either way. */
bool output_is_small_process(const struct process_row *row,
			     const struct output_options *options);

#endif
