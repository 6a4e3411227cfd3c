/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The symbolizer that the settings of a run ask for. */
#ifndef PAGEOWL_CLI_SYMBOL_SETUP_H
#define PAGEOWL_CLI_SYMBOL_SETUP_H

#include "cli/settings.h"
#include "symbolize/symbolizer.h"

/* release is of the kernel, or NULL, and is borrowed. NULL: no memory. */
struct symbolizer *symbol_setup(struct cli *cli, const char *release);

/* Whether a kernel or a folder was named: then silence would not do. */
bool symbols_are_asked_for(const struct settings *settings);

/* Warn of what the symbolizer has found to say since *told warnings were. */
void symbols_warn(struct cli *cli, const struct symbolizer *symbolizer,
		  size_t *told);

/*
 * The same when nothing more is asked, and with --verbose of the files that it
 * used.
 */
void symbols_say(struct cli *cli, struct symbolizer *symbolizer, size_t *told);

#endif
