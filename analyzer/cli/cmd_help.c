/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl help: commands, and the words that tables of the program define. */
#include <string.h>

#include "base/quote.h"
#include "cli/help.h"
#include "cli/settings.h"
#include "model/report.h"

static void list_formats(FILE *out)
{
	size_t i;

	for (i = 0; formats[i]; i++)
		fprintf(out, "  %-17s %s\n", formats[i]->name,
			formats[i]->title);
}

static void list_keys(FILE *out)
{
	const struct group_key *key;

	for (key = group_keys; key->name; key++)
		fprintf(out, "  %-12s %s\n", key->name, key->title);
	fputs("\nWhat has no value is shown as \"-\"; --only=KEY= chooses "
	      "it.\n",
	      out);
}

static void list_categories(FILE *out)
{
	unsigned i;

	for (i = 0; i < CATEGORY_COUNT; i++) {
		const struct category_info *info =
			category_info((enum category)i);

		fprintf(out, "  %s%s%s%s\n        %s\n", info->name,
			info->counter ? " (" : "",
			info->counter ? info->counter : "",
			info->counter ? ")" : "", info->title);
	}
}

static void list_verdicts(FILE *out)
{
	unsigned i;

	for (i = 0; i < VERDICT_COUNT; i++) {
		const struct verdict_info *info = verdict_info((enum verdict)i);

		fprintf(out, "  %-18s  %s\n", info->name, info->title);
	}
	fputs("\n"
	      "kept   pages of NEW that are as old as OLD, over such pages of "
	      "OLD: near 1\n"
	      "       means that "
	      "nothing was freed. Unknown (-) where OLD held "
	      "nothing, without\n"
	      "       allocation times (kernels before 5.11), and between "
	      "boots.\n"
	      "fresh  share of NEW's pages that were allocated while NEW was "
	      "being read:\n"
	      "       near 1 means that pages are replaced all the time.\n"
	      "\n"
	      "Objects of slab caches have no times but ages. If nothing was "
	      "freed, the oldest\n"
	      "object and the sum of all ages have grown by the time between "
	      "the captures:\n"
	      "with 0.9 of that they accumulate, with less they turn over. So "
	      "do those that\n"
	      "were all made while NEW was taken, or live for less than a "
	      "second. Without\n"
	      "CONFIG_HZ (--hz) or the captures' times, and between boots, "
	      "growth is \"grew\".\n"
	      "\n"
	      "Two captures cannot tell a leak from a cache that is filling "
	      "up: both\n"
	      "accumulate. Growth of user memory, caches, what can be "
	      "reclaimed and\n"
	      "debugging overhead is called \"grew\": it is seldom a leak.\n",
	      out);
}

struct topic {
	const char *name;
	const char *title;
	void (*list)(FILE *out);
};

static const struct topic topics[] = {
	{"formats",
	 "Formats of input, found by content (--format):", list_formats},
	{"keys", "Keys of --by, --only and --not:", list_keys},
	{"categories",
	 "What memory is used for, and the counter of /proc/meminfo that "
	 "has it:",
	 list_categories},
	{"verdicts", "Verdicts of diff:", list_verdicts},
};
#define TOPIC_COUNT (sizeof(topics) / sizeof(topics[0]))

static int refuse(struct cli *cli, const char *word)
{
	char quoted[QUOTE_CAPACITY];

	quote_text(span_of(word), QUOTE_LIMIT, quoted, sizeof(quoted));
	console_error(&cli->console,
		      "no help on '%s'; 'pageowl help' lists what there is",
		      quoted);
	return STATUS_TROUBLE;
}

static int run_help(struct cli *cli)
{
	const char *word = cli->operands[0];
	const struct command *command;
	size_t i;

	if (!word) {
		help_write_summary(cli->console.out);
		return STATUS_DONE;
	}
	for (i = 0; i < TOPIC_COUNT; i++) {
		if (strcmp(topics[i].name, word) != 0)
			continue;
		fprintf(cli->console.out, "%s\n\n", topics[i].title);
		topics[i].list(cli->console.out);
		return STATUS_DONE;
	}
	command = command_named(word);
	if (!command)
		return refuse(cli, word);
	help_write_command(command, cli->console.out);
	return STATUS_DONE;
}

static const struct cli_option *const options[] = {
	general_options,
	NULL,
};

const struct command command_help = {
	.name = "help",
	.operands = "[COMMAND|formats|keys|categories|verdicts]",
	.operand_most = 1,
	.summary = "how a command is used, and what its words mean",
	.examples = {"pageowl help diff", "pageowl help verdicts"},
	.options = options,
	.run = run_help,
};
