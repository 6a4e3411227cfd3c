/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of the gate of `pageowl diff`. */
#include "cli/option_value.h"
#include "cli/settings.h"

static bool set_fail_over(struct settings *settings, const char *value,
			  struct error *err)
{
	struct error why = {0};

	if (gate_rules_add(&settings->gate.rules, span_of(value), NULL, &why))
		return true;
	if (why.code != ERROR_USAGE) {
		*err = why;
		return false;
	}
	return option_refuse("rule", "fail-over", value, why.text, err);
}

static bool set_rules(struct settings *settings, const char *value,
		      struct error *err)
{
	struct gate_settings *gate = &settings->gate;

	if (!value[0])
		return option_refuse("name", "rules", value,
				     "use that of a file of rules", err);
	if (gate->file_count == RULES_FILES_MAX)
		return error_set(err, ERROR_USAGE, "more than %d of '--rules'",
				 RULES_FILES_MAX);
	gate->files[gate->file_count++] = value;
	return true;
}

static bool set_iterations(struct settings *settings, const char *value,
			   struct error *err)
{
	uint64_t count;

	if (!option_take_count("iterations", value, UINT64_MAX, &count, err))
		return false;
	if (!count)
		return option_refuse("number", "iterations", value,
				     "use 1 or more", err);
	settings->gate.iterations = count;
	return true;
}

static bool set_write_suppressions(struct settings *settings, const char *value,
				   struct error *err)
{
	/* Standard output has the report. */
	if (!value[0] || strcmp(value, "-") == 0)
		return option_refuse("name", "write-suppressions", value,
				     "use that of a new file", err);
	settings->gate.proposal = value;
	return true;
}

bool settings_gate_agrees(const struct settings *settings, struct error *err)
{
	const struct gate_settings *gate = &settings->gate;
	const char *option = NULL;

	if (gate->rules.rule_count)
		option = "--fail-over";
	else if (gate->file_count)
		option = "--rules";
	else if (gate->iterations)
		option = "--iterations";
	else if (gate->proposal)
		option = "--write-suppressions";
	return !option || !settings->grouping.count ||
	       error_set(err, ERROR_USAGE,
			 "'%s' is for stacks, of which '--by' makes other "
			 "rows; leave one of them out",
			 option);
}

const struct cli_option gate_options[] = {
	{"fail-over", 0, "RULE",
	 "exit with 1 when growth breaks RULE: 'function: 512K',\n"
	 "'module=x: 64K', 'stack: 0.9 objects per\n"
	 "iteration', default, ...;\n"
	 "may be repeated",
	 set_fail_over},
	{"rules", 0, "FILE",
	 "rules and suppressions (docs/rules.md); may be\n"
	 "repeated",
	 set_rules},
	{"iterations", 0, "N", "how often a workload ran between OLD and NEW",
	 set_iterations},
	{"write-suppressions", 0, "FILE",
	 "propose suppressions with which this would pass",
	 set_write_suppressions},
	{0},
};
