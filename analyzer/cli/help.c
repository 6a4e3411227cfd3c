/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <string.h>

#include "base/text_scan.h"
#include "input/inflate.h"
#include "input/unpack.h"
#include "symbolize/symbolizer.h"

/* Where the text of an option begins. */
#define TEXT_COLUMN 26
#define LAST_COLUMN 79

void help_write_summary(FILE *out)
{
	size_t i;

	fputs("pageowl: which call stack holds, or leaks, the memory of a "
	      "Linux machine\n\n",
	      out);
	for (i = 0; commands[i]; i++)
		fprintf(out, "  pageowl %-9s %s\n", commands[i]->name,
			commands[i]->operands);
	fputs("\n", out);
	for (i = 0; commands[i]; i++)
		fprintf(out, "  %-9s %s\n", commands[i]->name,
			commands[i]->summary);
	fputs("\n"
	      "'pageowl help COMMAND' lists options; 'pageowl --version' "
	      "tells the version.\n"
	      "\n"
	      "Examples:\n"
	      "  sudo pageowl top\n"
	      "  pageowl diff before.gz after.gz\n",
	      out);
}

/* Break a list where its line would pass the last column. */
static void wrap(char *list)
{
	size_t begin = 0, i, space = 0;

	for (i = 0; list[i]; i++) {
		if (list[i] == ' ')
			space = i;
		if (i - begin < LAST_COLUMN - TEXT_COLUMN || space <= begin)
			continue;
		list[space] = '\n';
		begin = space + 1;
	}
}

static void write_option(const struct cli_option *option,
			 enum output_answer answer, FILE *out)
{
	char names[OUTPUT_NAMES_CAPACITY];
	const char *line = option->help, *newline;
	int used = 0, room;

	if (!line) {
		output_names(answer, names);
		wrap(names);
		line = names;
	}
	if (option->letter)
		used = fprintf(out, "  -%c, ", option->letter);
	else
		used = fprintf(out, "      ");
	used += fprintf(out, "--%s%s%s", option->name,
			option->argument ? "=" : "",
			option->argument ? option->argument : "");
	while (line) {
		newline = strchr(line, '\n');
		room = used < TEXT_COLUMN ? TEXT_COLUMN - used : 2;
		fprintf(out, "%*s%.*s\n", room, "",
			(int)(newline ? newline - line : (long)strlen(line)),
			line);
		line = newline ? newline + 1 : NULL;
		used = 0;
	}
}

void help_write_command(const struct command *command, FILE *out)
{
	const struct cli_option *const *table, *option;
	size_t i;

	fprintf(out, "Usage: pageowl %s [OPTION...] %s\n", command->name,
		command->operands);
	fprintf(out, "%s\n", command->summary);
	if (command->details)
		fprintf(out, "\n%s\n", command->details);
	fputs("\n", out);
	for (table = command->options; *table; table++)
		for (option = *table; option->name; option++)
			write_option(option, command->answer, out);
	fputs("\nExamples:\n", out);
	for (i = 0; i < 2; i++)
		fprintf(out, "  %s\n", command->examples[i]);
}

void help_write_version(FILE *out)
{
	fprintf(out,
		"pageowl %s\n"
		"inflate: %s, archives: %s, scan: %s, source lines: %s\n"
		"License GPL-3.0-or-later; no warranty, to the extent "
		"permitted by law.\n",
		PAGEOWL_VERSION, inflate_backend(), unpack_backend(),
		text_scan_best()->name,
		symbolizer_is_built() ? "libbfd" : "none");
}
