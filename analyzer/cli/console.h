/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything that is said on standard error, and what is known of the
 * terminal. Messages follow GNU and git: "pageowl: FILE:LINE: expected …".
 */
#ifndef PAGEOWL_CLI_CONSOLE_H
#define PAGEOWL_CLI_CONSOLE_H

#include <stdio.h>
#include <time.h>

#include "input/ingest.h"

enum colour_when {
	COLOUR_AUTO,
	COLOUR_ALWAYS,
	COLOUR_NEVER,
};

struct console {
	struct progress_sink progress; /* first: ingest hands it back */
	FILE *out, *err;
	bool quiet;	     /* warnings are not said, errors are */
	bool shows_progress; /* standard error is a terminal */
	bool progress_shown; /* a progress line stands there now */
	struct timespec started, reported;
	char subject[64]; /* what is being read, escaped */
};

void console_init(struct console *console, FILE *out, FILE *err);

__attribute__((format(printf, 2, 3))) void console_error(
	struct console *console, const char *format, ...);

__attribute__((format(printf, 2, 3))) void console_warn(struct console *console,
							const char *format,
							...);

/* Start the progress line of one input. */
void console_begin(struct console *console, const char *subject);

/* Say what is being waited for, at once, on a terminal alone. */
void console_wait(struct console *console, const char *text);

/* Take the progress line away. */
void console_end(struct console *console);

/* Whether to colour standard output. */
bool console_colours(const struct console *console, enum colour_when when);

/* Columns of the terminal that standard output is; 0: it is none. */
size_t console_width(const struct console *console);

/* Flush standard output; false when it cannot be written. */
bool console_flush(struct console *console);

#endif
