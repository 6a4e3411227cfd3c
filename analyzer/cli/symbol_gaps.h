/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For what of a machine no debug information was found: in so many words. */
#ifndef PAGEOWL_CLI_SYMBOL_GAPS_H
#define PAGEOWL_CLI_SYMBOL_GAPS_H

#include "base/span.h"
#include "symbolize/symbolizer.h"

#define SYMBOL_GAPS_NAMES    64
#define SYMBOL_GAPS_CAPACITY 2048

/* Zeroed is empty; names are borrowed of symbolizers. */
struct symbol_gaps {
	bool kernel;
	const char *modules[SYMBOL_GAPS_NAMES];
	size_t module_count; /* beyond those that have a place, too */
};

/* "bpf", "__builtin__ftrace": made while the kernel ran, of no file. */
bool symbol_gaps_is_made(struct span module);

/*
 * Add what a symbolizer was asked for without finding a file: only what wants
 * says (module NULL: the kernel), or all where it is NULL.
 */
void symbol_gaps_add(struct symbol_gaps *gaps, struct symbolizer *symbolizer,
		     bool (*wants)(void *context, const char *module),
		     void *context);

bool symbol_gaps_any(const struct symbol_gaps *gaps);

/*
 * "no debug information was found for the kernel, otter and 3 more (--vmlinux,
 * --debug-dir)"; empty without any.
 */
void symbol_gaps_text(const struct symbol_gaps *gaps,
		      char ret[SYMBOL_GAPS_CAPACITY]);

#endif
