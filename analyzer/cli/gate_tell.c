/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the gate says on standard error, and writes. */
#include "base/quote.h"
#include "cli/gate_run.h"
#include "cli/proposal_file.h"
#include "output/finding_text.h"
#include "output/suppression_text.h"

/* Of suppressions in one state; a file can have thousands. */
#define TOLD_MAX 20

static void tell_findings(const struct gate_run *run, struct cli *cli)
{
	char text[FINDING_TEXT_CAPACITY];
	size_t i;

	for (i = 0; i < run->result.finding_count; i++) {
		const struct finding *finding = &run->result.findings[i];

		if (finding->state == FINDING_SUPPRESSED)
			continue;
		console_error(
			&cli->console, "%s",
			finding_text(finding, run->input.iterations, text));
	}
}

/* Those that are exceeded are findings. */
static void tell_suppressions(const struct gate_run *run, struct cli *cli,
			      enum suppression_state state)
{
	char title[FINDING_TEXT_CAPACITY], text[FINDING_TEXT_CAPACITY];
	const char *name = suppression_state_name(state);
	size_t told = 0, i;

	for (i = 0; i < run->result.suppression_count; i++) {
		const struct suppression *entry = &run->result.suppressions[i];

		if (entry->state != state || told++ >= TOLD_MAX)
			continue;
		console_warn(&cli->console, "%s: suppression %s: %s: %s",
			     entry->origin, name,
			     suppression_title(entry, title),
			     suppression_text(entry, text));
	}
	if (told > TOLD_MAX)
		console_warn(&cli->console, "%zu more suppressions %s",
			     told - TOLD_MAX, name);
}

/* Whether every rule that somebody asked for could be judged. */
static bool tell_unjudged(const struct gate_run *run, struct cli *cli)
{
	bool all = true;
	size_t i;

	for (i = 0; i < run->result.rule_count; i++) {
		const struct gate_rule *rule = &run->result.rules[i];
		bool asked = !gate_rule_is_default(rule);
		char text[QUOTE_CAPACITY];

		if (!rule->unjudged)
			continue;
		quote_text(rule->text, QUOTE_LIMIT, text, sizeof(text));
		(asked ? console_error : console_warn)(
			&cli->console, "rule '%s' (%s) cannot be judged: %s",
			text, rule->origin,
			rule->unjudged_reason ? rule->unjudged_reason
					      : "the captures do not tell");
		all &= !asked;
	}
	return all;
}

/* A name that is written wrong would be a rule that always holds. */
static void tell_unmatched(const struct gate_run *run, struct cli *cli)
{
	size_t i;

	for (i = 0; i < run->result.rule_count; i++) {
		const struct gate_rule *rule = &run->result.rules[i];
		char text[QUOTE_CAPACITY];

		if (rule->matched || rule->unjudged || !rule->pattern.length ||
		    gate_rule_is_default(rule))
			continue;
		quote_text(rule->text, QUOTE_LIMIT, text, sizeof(text));
		console_warn(&cli->console,
			     "rule '%s' (%s): nothing that is judged in these "
			     "captures is like it",
			     text, rule->origin);
	}
}

/* What is not known may have grown. */
static bool tell_doubt(const struct gate_run *run, struct cli *cli)
{
	if (!run->doubt || run->result.failing)
		return true;
	console_error(&cli->console,
		      "no rule is broken by what is known, but %s", run->doubt);
	return false;
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static size_t count_findings(const struct gate_result *result,
			     enum finding_state state)
{
	size_t count = 0, i;

	for (i = 0; i < result->finding_count; i++)
		count += result->findings[i].state == state;
	return count;
}

static size_t count_broken(const struct gate_result *result)
{
	size_t count = 0, i;

	for (i = 0; i < result->rule_count; i++)
		count += result->rules[i].broken > 0;
	return count;
}

static size_t count_unjudged(const struct gate_result *result)
{
	size_t count = 0, i;

	for (i = 0; i < result->rule_count; i++)
		count += result->rules[i].unjudged;
	return count;
}

/* "failed: 9 findings, 2 of 3 rules broken, 1 suppression exceeded" */
static void tell_failure(const struct gate_result *result, struct cli *cli)
{
	size_t broken = count_broken(result);
	size_t exceeded = count_findings(result, FINDING_EXCEEDED);
	char rules[64] = "", suppressions[64] = "";

	if (broken)
		snprintf(rules, sizeof(rules), ", %zu of %zu rule%s broken",
			 broken, result->rule_count,
			 plural(result->rule_count));
	if (exceeded)
		snprintf(suppressions, sizeof(suppressions),
			 ", %zu suppression%s exceeded", exceeded,
			 plural(exceeded));
	console_error(&cli->console, "failed: %zu finding%s%s%s",
		      result->failing, plural(result->failing), rules,
		      suppressions);
}

static void tell_sum(const struct gate_result *result, struct cli *cli,
		     bool decided)
{
	size_t suppressed = count_findings(result, FINDING_SUPPRESSED);
	size_t unjudged = count_unjudged(result);
	size_t held = result->rule_count - unjudged;
	char others[64] = "", findings[64] = "";

	if (result->failing) {
		tell_failure(result, cli);
		return;
	}
	if (unjudged)
		snprintf(others, sizeof(others), ", %zu not judged", unjudged);
	if (suppressed)
		snprintf(findings, sizeof(findings),
			 ", %zu finding%s suppressed", suppressed,
			 plural(suppressed));
	console_warn(&cli->console, "%s: %zu rule%s held%s%s",
		     decided ? "passed" : "undecided", held, plural(held),
		     others, findings);
}

/* False: it could not be written. */
static bool propose(const struct gate_run *run, struct cli *cli)
{
	const char *path = cli->settings->gate.proposal;
	struct gate_rules proposal = {0};
	char quoted[QUOTE_PATH_CAPACITY];
	struct error err = {0};
	bool passes = false;
	bool done = proposal_make(&run->rules, &run->input, &proposal, &passes,
				  &err) &&
		    proposal_file_write(path, &proposal, &err);

	quote_path(path, quoted);
	if (done)
		console_warn(&cli->console, "%s: %zu suppression%s written",
			     quoted, proposal.suppression_count,
			     plural(proposal.suppression_count));
	else
		console_error(&cli->console, "%s", err.text);
	if (done && !passes)
		console_warn(&cli->console,
			     "%s: not enough: some of what was found is beyond "
			     "any maximum, or entries are too many",
			     quoted);
	gate_rules_deinit(&proposal);
	return done;
}

int gate_run_tell(const struct gate_run *run, struct cli *cli, int status)
{
	bool decided;

	if (run->result.enforced) {
		tell_findings(run, cli);
		tell_suppressions(run, cli, SUPPRESSION_USED);
		tell_suppressions(run, cli, SUPPRESSION_EXPIRED);
		tell_suppressions(run, cli, SUPPRESSION_UNUSED);
		tell_unmatched(run, cli);
		decided = tell_unjudged(run, cli);
		decided &= tell_doubt(run, cli);
		tell_sum(&run->result, cli, decided);
		if (!decided)
			status = STATUS_TROUBLE;
		if (status == STATUS_DONE && run->result.failing)
			status = STATUS_YES;
	}
	if (cli->settings->gate.proposal && !propose(run, cli))
		status = STATUS_TROUBLE;
	return status;
}
