/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help texts, written from the tables of commands and options. */
#ifndef PAGEOWL_CLI_HELP_H
#define PAGEOWL_CLI_HELP_H

#include "cli/command.h"

void help_write_summary(FILE *out);
void help_write_command(const struct command *command, FILE *out);
void help_write_version(FILE *out);

#endif
