/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Failing is a value. An error is what stops us: I/O, memory, an unknown
 * format, wrong words on the command line. Damaged input is not an error; it
 * is data, counted as skipped (model/loss.h).
 */
#ifndef PAGEOWL_BASE_ERROR_H
#define PAGEOWL_BASE_ERROR_H

#include <stdbool.h>

enum error_code {
	ERROR_NONE = 0,
	ERROR_MEMORY, /* an allocation failed */
	ERROR_IO,     /* open, read, write */
	ERROR_FORMAT, /* the input is no dump that we know */
	ERROR_USAGE,  /* the command line is wrong */
	ERROR_FULL,   /* the file system has no more room for us */
};

struct error {
	enum error_code code;
	int reason; /* errno of an ERROR_IO, where it is known; else 0 */
	/* One line without a final stop, in the tone of docs/design.md. */
	char text[1024];
};

/*
 * Fill err and return false, so that a function that fails can say
 * `return error_set(err, ERROR_IO, "cannot open '%s': %s", ...)`.
 */
__attribute__((format(printf, 3, 4))) bool error_set(struct error *err,
						     enum error_code code,
						     const char *format, ...);

/* error_set() for what the system refused: reason is its errno. */
__attribute__((format(printf, 3, 4))) bool error_set_io(struct error *err,
							int reason,
							const char *format,
							...);

/* error_set() for a failed allocation: needs no memory, cannot fail. */
bool error_no_memory(struct error *err);

#endif
