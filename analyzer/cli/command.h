/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands. One file and one line in commands.c each. Option tables serve
 * the parser, the help texts and the test that holds the manual against both.
 */
#ifndef PAGEOWL_CLI_COMMAND_H
#define PAGEOWL_CLI_COMMAND_H

#include "cli/console.h"
#include "output/output.h"

enum {
	STATUS_DONE = 0,
	STATUS_YES = 1,
	STATUS_TROUBLE = 2,
};

struct settings;

struct cli_option {
	const char *name;     /* long, without dashes; NULL ends a table */
	char letter;	      /* or 0 */
	const char *argument; /* its name in help texts; NULL: none */
	/* One line, or lines divided by newlines; NULL: the outputs that the
	 * command has. */
	const char *help;
	/* value is NULL where argument is. */
	bool (*set)(struct settings *settings, const char *value,
		    struct error *err);
};

struct cli {
	struct console console;
	const char *const *operands; /* after the options, ended by NULL */
	size_t operand_count;
	const struct settings *settings;
};

struct command {
	const char *name;
	const char *operands;		    /* "OLD NEW" */
	size_t operand_least, operand_most; /* SIZE_MAX: any number */
	const char *summary;		    /* one line */
	const char *details; /* lines for `pageowl help COMMAND`, or NULL */
	const char *examples[2];
	const struct cli_option *const *options; /* tables, ended by NULL */
	enum output_answer answer; /* what --output is to have a form for */
	int (*run)(struct cli *cli);
};

/* All commands, ended by NULL. */
extern const struct command *const commands[];

const struct command *command_named(const char *name);

/* The whole program; argv as main() has it. */
int cli_main(int argc, char **argv, FILE *out, FILE *err);

#endif
