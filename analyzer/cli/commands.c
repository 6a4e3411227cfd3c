/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/command.h"

extern const struct command command_top;
extern const struct command command_diff;
extern const struct command command_ps;
extern const struct command command_account;
extern const struct command command_contents;
extern const struct command command_capture;
extern const struct command command_symbolize;
extern const struct command command_help;

const struct command *const commands[] = {
	&command_top,	    &command_diff,     &command_account,
	&command_ps,	    &command_contents, &command_capture,
	&command_symbolize, &command_help,     NULL,
};

const struct command *command_named(const char *name)
{
	size_t i;

	for (i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}
