/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workflow commands of GitHub Actions, which make annotations of findings: one
 * a line, "::error file=mm/slub.c,line=12,title=…::message". docs/reports.md
 */
#include "output/bounded_line.h"
#include "output/finding_text.h"
#include "output/suppression_text.h"
#include "output/output.h"

/* As the runner undoes it: '%' and line ends; in a property ':' and ',' too. */
static void put_escaped(FILE *file, const char *text, bool property)
{
	for (; *text; text++) {
		bool special = *text == '%' || *text == '\r' || *text == '\n' ||
			       (property && (*text == ':' || *text == ','));

		if (special)
			fprintf(file, "%%%02X", (unsigned char)*text);
		else
			putc(*text, file);
	}
}

static void put_place(FILE *file, const struct finding *finding)
{
	const struct source_place *place = NULL;
	struct bounded_line line;
	char path[FINDING_TEXT_CAPACITY];

	if (finding->row && finding->row->stack)
		place = stack_place(finding->row->stack);
	if (!place || !place->file.length)
		return;
	bounded_line_init(&line, path, sizeof(path));
	bounded_line_quote(&line, place->file);
	fputs("file=", file);
	put_escaped(file, path, true);
	if (place->line)
		fprintf(file, ",line=%u", place->line);
	putc(',', file);
}

static void put_command(FILE *file, const char *command,
			const struct finding *finding, const char *title,
			const char *message)
{
	fprintf(file, "::%s ", command);
	if (finding)
		put_place(file, finding);
	fputs("title=", file);
	put_escaped(file, title, true);
	fputs("::", file);
	put_escaped(file, message, false);
	putc('\n', file);
}

/* Where no rule was asked for, nothing fails: then it is a warning. */
static const char *command_of(const struct gate_result *gate,
			      const struct finding *finding)
{
	if (finding->state == FINDING_SUPPRESSED)
		return "notice";
	return gate->enforced ? "error" : "warning";
}

static void write_finding(FILE *file, const struct report *report,
			  const struct output_options *options,
			  const struct finding *finding)
{
	char title[FINDING_TEXT_CAPACITY], text[FINDING_TEXT_CAPACITY];

	if (finding->row)
		output_ask_blamed(options, finding->row);
	put_command(file, command_of(report->gate, finding), finding,
		    finding_title(finding, title),
		    finding_text(finding, report->iterations, text));
}

/* What is exceeded is a finding already; what is used needs no word. */
static void write_suppression(FILE *file, const struct suppression *suppression)
{
	char title[FINDING_TEXT_CAPACITY], what[FINDING_TEXT_CAPACITY];
	char text[2 * FINDING_TEXT_CAPACITY];
	struct bounded_line line;

	if (suppression->state != SUPPRESSION_UNUSED &&
	    suppression->state != SUPPRESSION_EXPIRED)
		return;
	bounded_line_init(&line, title, sizeof(title));
	bounded_line_put(&line, "%s suppression",
			 suppression_state_name(suppression->state));
	/* It is quoted already. */
	if (suppression->origin)
		bounded_line_put(&line, ": %s", suppression->origin);
	bounded_line_init(&line, text, sizeof(text));
	bounded_line_put(&line, "%s", suppression_title(suppression, what));
	bounded_line_put(&line, ": %s", suppression_text(suppression, what));
	put_command(file, "warning", NULL, title, text);
}

/* A rule that cannot be judged must not look like one that holds. */
static void write_unjudged(FILE *file, const struct gate_rule *rule)
{
	char title[FINDING_TEXT_CAPACITY];
	struct bounded_line line;

	if (!rule->unjudged)
		return;
	bounded_line_init(&line, title, sizeof(title));
	bounded_line_put(&line, "not judged: ");
	bounded_line_quote(&line, rule->text);
	put_command(file, "warning", NULL, title,
		    rule->unjudged_reason ? rule->unjudged_reason
					  : "the captures do not tell");
}

static bool write_github(const struct report *report,
			 const struct output_options *options, FILE *file,
			 struct error *err)
{
	const struct gate_result *gate = report->gate;
	size_t i;

	if (!gate)
		return error_set(err, ERROR_USAGE,
				 "'--output=github' tells what rules say to a "
				 "difference; use it with 'pageowl diff', "
				 "without '--by'");
	for (i = 0; i < gate->finding_count; i++)
		write_finding(file, report, options, &gate->findings[i]);
	for (i = 0; i < gate->suppression_count; i++)
		write_suppression(file, &gate->suppressions[i]);
	for (i = 0; i < gate->rule_count; i++)
		write_unjudged(file, &gate->rules[i]);
	return true;
}

const struct output output_github = {
	.name = "github",
	.title = "annotations of GitHub Actions, of what broke a rule",
	.judges = true,
	.compares = true,
	.write = write_github,
};
