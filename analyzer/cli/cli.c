/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From argv to a command that runs. */
#define _GNU_SOURCE /* getopt_long */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "cli/help.h"
#include "cli/settings.h"

#define OPTIONS_MAX 64

/* The tables of a command in the form of getopt_long(). */
struct parser {
	struct option longs[OPTIONS_MAX + 1];
	const struct cli_option *options[OPTIONS_MAX];
	char shorts[2 * OPTIONS_MAX + 2];
	size_t count;
};

enum parsed {
	PARSED,
	PARSED_HELP,
	PARSED_VERSION,
	PARSED_NOT,
};

static void parser_init(struct parser *parser, const struct command *command)
{
	const struct cli_option *const *table, *option;
	char *letter = parser->shorts;

	memset(parser, 0, sizeof(*parser));
	*letter++ = ':'; /* tell a missing argument from an unknown option */
	for (table = command->options; *table; table++) {
		for (option = *table; option->name; option++) {
			size_t i = parser->count++;

			parser->options[i] = option;
			parser->longs[i] = (struct option){
				option->name,
				option->argument ? required_argument
						 : no_argument,
				NULL, 256 + (int)i};
			if (!option->letter)
				continue;
			*letter++ = option->letter;
			if (option->argument)
				*letter++ = ':';
		}
	}
}

static const struct cli_option *find_option(const struct parser *parser,
					    int code)
{
	size_t i;

	if (code >= 256)
		return parser->options[code - 256];
	for (i = 0; i < parser->count; i++)
		if (parser->options[i]->letter == code)
			return parser->options[i];
	return NULL;
}

/* How many options begin like "--word" or "--word=value". */
static size_t count_matches(const struct parser *parser, const char *word)
{
	size_t length = strcspn(word + 2, "="), count = 0, i;

	for (i = 0; i < parser->count; i++)
		count += strncmp(parser->options[i]->name, word + 2, length) ==
			 0;
	return count;
}

static const char *option_problem(const struct parser *parser, int code,
				  const char *word)
{
	if (code == ':')
		return "no value for";
	if (word[0] != '-' || word[1] != '-')
		return "unknown option";
	switch (count_matches(parser, word)) {
	case 0:
		return "unknown option";
	case 1:
		return "no value can be given in";
	default:
		return "several options begin like";
	}
}

static enum parsed refuse_option(struct cli *cli, const struct command *command,
				 const struct parser *parser, int code,
				 const char *word)
{
	char quoted[QUOTE_CAPACITY], letter[3] = {'-', (char)optopt, '\0'};
	const char *problem = option_problem(parser, code, word);

	/* Within "-abc" only getopt knows the letter. */
	if (word[0] != '-' || word[1] != '-')
		word = letter;
	quote_text(span_of(word), QUOTE_LIMIT, quoted, sizeof(quoted));
	console_error(&cli->console, "%s '%s'; see 'pageowl help %s'", problem,
		      quoted, command->name);
	return PARSED_NOT;
}

/* "'pageowl top' and 'pageowl diff'": which have a form of an output. */
static void name_commands(const struct output *output, char *ret,
			  size_t capacity)
{
	const struct command *found[8];
	size_t count = 0, used = 0, i;

	for (i = 0; commands[i]; i++)
		if (commands[i]->answer != ANSWER_NONE && count < 8 &&
		    output_has_form(output, commands[i]->answer))
			found[count++] = commands[i];
	ret[0] = '\0';
	for (i = 0; i < count && used < capacity; i++)
		used += (size_t)snprintf(ret + used, capacity - used,
					 "%s'pageowl %s'",
					 i == 0		  ? ""
					 : i + 1 == count ? " and "
							  : ", ",
					 found[i]->name);
}

/* Not every output has a form for what every command answers. */
static bool check_output(const struct command *command,
			 const struct settings *settings, struct error *err)
{
	char names[256], here[OUTPUT_NAMES_CAPACITY];

	if (output_has_form(settings->output, command->answer))
		return true;
	name_commands(settings->output, names, sizeof(names));
	return error_set(err, ERROR_USAGE,
			 "'--output=%s' is for %s; here use %s",
			 settings->output->name, names,
			 output_names(command->answer, here));
}

static enum parsed parse(struct cli *cli, const struct command *command,
			 int argc, char **argv, struct settings *settings)
{
	const struct cli_option *option;
	struct parser parser;
	struct error err;
	int code;

	parser_init(&parser, command);
	opterr = 0;
	optind = 0; /* getopt starts over: tests run commands in process */
	while ((code = getopt_long(argc, argv, parser.shorts, parser.longs,
				   NULL)) != -1) {
		if (code == '?' || code == ':')
			return refuse_option(cli, command, &parser, code,
					     argv[optind - 1]);
		option = find_option(&parser, code);
		if (!option->set)
			return option->letter == 'V' ? PARSED_VERSION
						     : PARSED_HELP;
		if (!option->set(settings, optarg, &err)) {
			console_error(&cli->console, "%s", err.text);
			return PARSED_NOT;
		}
	}
	if (!settings_agree(settings, &err) ||
	    !check_output(command, settings, &err)) {
		console_error(&cli->console, "%s", err.text);
		return PARSED_NOT;
	}
	cli->operands = (const char *const *)argv + optind;
	cli->operand_count = (size_t)(argc - optind);
	return PARSED;
}

static void refuse_operands(struct cli *cli, const struct command *command)
{
	bool open = command->operand_most == SIZE_MAX;
	size_t count = open ? command->operand_least : command->operand_most;

	console_error(&cli->console,
		      "'pageowl %s' takes %s%zu operand%s, %s; see 'pageowl "
		      "help %s'",
		      command->name,
		      open		       ? "at least "
		      : command->operand_least ? ""
					       : "at most ",
		      count, count == 1 ? "" : "s", command->operands,
		      command->name);
}

static int run(struct cli *cli, const struct command *command, int argc,
	       char **argv)
{
	struct settings settings;
	int status = STATUS_TROUBLE;

	settings_init(&settings);
	switch (parse(cli, command, argc, argv, &settings)) {
	case PARSED_HELP:
		help_write_command(command, cli->console.out);
		status = STATUS_DONE;
		break;
	case PARSED_VERSION:
		help_write_version(cli->console.out);
		status = STATUS_DONE;
		break;
	case PARSED_NOT:
		break;
	case PARSED:
		if (cli->operand_count < command->operand_least ||
		    cli->operand_count > command->operand_most) {
			refuse_operands(cli, command);
			break;
		}
		cli->settings = &settings;
		cli->console.quiet = settings.quiet;
		status = command->run(cli);
	}
	settings_deinit(&settings);
	return status;
}

int cli_main(int argc, char **argv, FILE *out, FILE *err)
{
	const struct command *command = NULL;
	char quoted[QUOTE_CAPACITY];
	struct cli cli = {0};
	int status;

	console_init(&cli.console, out, err);
	if (argc < 2) {
		help_write_summary(err);
		return STATUS_TROUBLE;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
		help_write_version(out);
		return console_flush(&cli.console) ? STATUS_DONE
						   : STATUS_TROUBLE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		command = command_named("help");
	else
		command = command_named(argv[1]);
	if (!command) {
		quote_text(span_of(argv[1]), QUOTE_LIMIT, quoted,
			   sizeof(quoted));
		console_error(&cli.console,
			      "'%s' is no command; 'pageowl help' lists them",
			      quoted);
		return STATUS_TROUBLE;
	}
	status = run(&cli, command, argc - 1, argv + 1);
	/* What failed has said so, a full disk too. */
	if (status != STATUS_TROUBLE && !console_flush(&cli.console))
		status = STATUS_TROUBLE;
	return status;
}
