/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/sarif_rules.h"

struct sarif_rule {
	const char *id; /* without a '/', behind which SARIF has sub-rules */
	const char *name;
	const char *title;   /* one sentence */
	const char *details; /* what it means */
	const char *help;    /* what to do */
};

#define HELP_KNOWN                                                        \
	"If the growth is known and bounded, write it into a rules file " \
	"as a suppression with a maximum and a reason: 'pageowl diff "    \
	"--write-suppressions=FILE OLD NEW' proposes one for each finding."

/* In the order of enum gate_subject. */
static const struct sarif_rule rules[] = {
	[GATE_STACK] =
		{
			.id = "pageowl-stack",
			.name = "StackGrew",
			.title = "Memory of one call stack grew beyond a "
				 "limit.",
			.details = "Memory that one call stack allocated grew "
				   "between two captures, in a way that can "
				   "be a leak, by more than a rule allows.",
			.help = "See what frees the memory on the paths that "
				"the stack shows. " HELP_KNOWN,
		},
	[GATE_FUNCTION] =
		{
			.id = "pageowl-function",
			.name = "FunctionGrew",
			.title = "Memory that one function allocates grew "
				 "beyond a limit.",
			.details = "Memory that a function allocated, over all "
				   "its callers, grew between two captures, in "
				   "a way that can be a leak, by more than a "
				   "rule allows.",
			.help = "The stack of the result is the one that grew "
				"most; 'pageowl diff --full --function=NAME "
				"OLD NEW' shows all. " HELP_KNOWN,
		},
	[GATE_MODULE] =
		{
			.id = "pageowl-module",
			.name = "ModuleGrew",
			.title = "Memory that one kernel module holds grew "
				 "beyond a limit.",
			.details = "Memory that the stacks of a module hold "
				   "grew between two captures, what was freed "
				   "taken off, by more than a rule allows.",
			.help = "'pageowl diff --only=module=NAME OLD NEW' "
				"shows its stacks. " HELP_KNOWN,
		},
	[GATE_CATEGORY] =
		{
			.id = "pageowl-category",
			.name = "CategoryGrew",
			.title = "Memory of one kind grew beyond a limit.",
			.details = "Memory of one category, as slab or driver, "
				   "grew between two captures by more than a "
				   "rule allows. Not all growth is a leak: "
				   "caches fill.",
			.help = "'pageowl diff --all --only=category=NAME OLD "
				"NEW' shows its stacks. " HELP_KNOWN,
		},
	[GATE_UNACCOUNTED] =
		{
			.id = "pageowl-unaccounted",
			.name = "UnaccountedGrew",
			.title = "Memory in no counter grew beyond a limit.",
			.details = "Memory that no counter of the kernel "
				   "covers, which code took straight from the "
				   "page allocator, grew between two captures "
				   "by more than a rule allows.",
			.help = "'pageowl account OLD NEW' shows who holds "
				"it. " HELP_KNOWN,
		},
	[GATE_SUBJECT_COUNT] =
		{
			.id = "pageowl-exceeded",
			.name = "SuppressionExceeded",
			.title = "Known growth exceeds the maximum of its "
				 "suppression.",
			.details = "A suppression accepts growth up to a "
				   "maximum, and what it covers grew by more.",
			.help = "See whether it is the growth that was known. "
				"If it is, raise the maximum in the rules "
				"file.",
		},
};

static void put_text(struct json_writer *json, const char *name,
		     const char *text)
{
	json_open_flat_object(json, name);
	json_string(json, "text", span_of(text));
	json_close_object(json);
}

static void put_rule(struct json_writer *json, const struct sarif_rule *rule)
{
	json_open_object(json, NULL);
	json_string(json, "id", span_of(rule->id));
	json_string(json, "name", span_of(rule->name));
	put_text(json, "shortDescription", rule->title);
	put_text(json, "fullDescription", rule->details);
	put_text(json, "help", rule->help);
	json_open_flat_object(json, "defaultConfiguration");
	json_string(json, "level", SPAN("error"));
	json_close_object(json);
	json_open_object(json, "properties");
	json_open_flat_array(json, "tags");
	json_string(json, NULL, SPAN("kernel"));
	json_string(json, NULL, SPAN("memory-leak"));
	json_close_array(json);
	json_close_object(json);
	json_close_object(json);
}

void sarif_rules_write(struct json_writer *json)
{
	size_t i;

	json_open_array(json, "rules");
	for (i = 0; i <= GATE_SUBJECT_COUNT; i++)
		put_rule(json, &rules[i]);
	json_close_array(json);
}

unsigned sarif_rule_index(const struct finding *finding)
{
	return finding->state == FINDING_EXCEEDED ? GATE_SUBJECT_COUNT
						  : finding->subject;
}

const char *sarif_rule_id(const struct finding *finding)
{
	return rules[sarif_rule_index(finding)].id;
}
