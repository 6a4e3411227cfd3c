/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl help: commands, and the words that tables of the program define. */
#include <string.h>

#include "base/quote.h"
#include "cli/help.h"
#include "cli/settings.h"
#include "gate/gate_rules.h"
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

static void list_subjects(FILE *out)
{
	static const char *const titles[GATE_SUBJECT_COUNT] = {
		[GATE_STACK] = "one stack; of objects, in one slab cache",
		[GATE_FUNCTION] = "all stacks of one blamed function, module "
				  "and category",
		[GATE_MODULE] = "all stacks of a module, pages and objects, "
				"less what went",
		[GATE_CATEGORY] = "all that is in a category, by stacks, less "
				  "what went",
		[GATE_UNACCOUNTED] = "memory in no counter, of the whole "
				     "machine; no PATTERN",
	};
	unsigned i;

	for (i = 0; i < GATE_SUBJECT_COUNT; i++)
		fprintf(out, "  %-13s %s\n",
			gate_subject_name((enum gate_subject)i), titles[i]);
}

static void list_default_rules(FILE *out)
{
	struct gate_rules rules = {0};
	struct error err = {0};
	size_t i;

	if (gate_rules_add_defaults(&rules, &err))
		for (i = 0; i < rules.rule_count; i++)
			fprintf(out, "  %.*s\n",
				(int)rules.rules[i].text.length,
				rules.rules[i].text.at);
	gate_rules_deinit(&rules);
}

static void list_rules(FILE *out)
{
	fputs("A rule is SUBJECT: LIMIT, or SUBJECT=PATTERN: LIMIT and LIMIT. "
	      "Without a\n"
	      "PATTERN ('*' is any text, '?' any one byte) each thing of its "
	      "kind is judged.\n"
	      "\n"
	      "Subjects:\n",
	      out);
	list_subjects(out);
	fputs("\n"
	      "Limits, which may be reached; of those that \"and\" joins all "
	      "must be "
	      "passed:\n"
	      "  512K, 16M     bytes\n"
	      "  300 pages     pages of the machine\n"
	      "  100 objects   allocations, or objects in slab caches\n"
	      "  20%           a share of what OLD held\n"
	      "Each but the share may end in \"per iteration\" "
	      "(--iterations); of pages and\n"
	      "objects it may have a fraction then.\n"
	      "\n"
	      "Default rules, where rules are wanted and none is given, or for "
	      "\"default\":\n",
	      out);
	list_default_rules(out);
	fputs("\n"
	      "Words of a file; those below suppress say what is known to "
	      "grow, "
	      "and how far:\n"
	      "  fail-over     a rule, or default\n"
	      "  iterations    how often a workload ran between OLD and NEW\n"
	      "  suppress      begins an entry\n"
	      "  frames        functions, the blamed one, its caller, ...: "
	      "patterns\n"
	      "  module        a pattern of its name\n"
	      "  category      the same; alone, the category as a whole, too\n"
	      "  cache         of objects, a pattern of its name\n"
	      "  unaccounted   the memory in no counter; no value\n"
	      "  maximum       8M, 4000 objects, or both with \"and\"; must be "
	      "there\n"
	      "  expires       the last day: 2027-06-30\n"
	      "  reason        why it may grow; must be there\n"
	      "\n"
	      "Examples:\n"
	      "  pageowl diff --fail-over='function: 1M and 20%' before.gz "
	      "after.gz\n"
	      "  pageowl diff --rules=nightly.rules --iterations=100 before.gz "
	      "after.gz\n",
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
	{"rules", "Rules of diff (--fail-over, --rules):", list_rules},
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
	.operands = "[COMMAND|formats|keys|categories|verdicts|rules]",
	.operand_most = 1,
	.summary = "how a command is used, and what its words mean",
	.examples = {"pageowl help diff", "pageowl help verdicts"},
	.options = options,
	.run = run_help,
};
