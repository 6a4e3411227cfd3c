/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What rules say to a difference as SARIF 2.1.0, which code hosts and editors
 * show. There are no dates in it: the same captures give the same bytes.
 */
#include "output/bounded_line.h"
#include "output/finding_text.h"
#include "output/suppression_text.h"
#include "output/output.h"
#include "output/quantity.h"
#include "output/sarif_place.h"
#include "output/sarif_result.h"
#include "output/sarif_rules.h"

/* GitHub refuses a log that has more in a run. */
#define RESULTS_MOST 25000

static void put_tool(struct json_writer *json)
{
	json_open_object(json, "tool");
	json_open_object(json, "driver");
	json_string(json, "name", SPAN("pageowl"));
	json_string(json, "version", SPAN(PAGEOWL_VERSION));
	json_string(json, "semanticVersion", SPAN(PAGEOWL_VERSION));
	sarif_rules_write(json);
	json_close_object(json);
	json_close_object(json);
}

/* ---- what was looked at ---- */

static size_t capture_count(const struct report *report)
{
	return report->axis ? report->axis->count : 2;
}

static const char *capture_path(const struct report *report, size_t index)
{
	return report->axis ? report->axis->captures[index].path
			    : report->sides[index].path;
}

/* No artifact may be there twice. */
static bool is_first(const struct report *report, size_t index)
{
	size_t i;

	for (i = 0; i < index; i++)
		if (strcmp(capture_path(report, i),
			   capture_path(report, index)) == 0)
			return false;
	return true;
}

static void put_artifact(struct json_writer *json, const char *path)
{
	json_open_object(json, NULL);
	if (strcmp(path, "-") == 0)
		sarif_message_write(json, "description",
				    SPAN("standard input"));
	else
		sarif_file_write(json, "location", span_of(path), NULL);
	json_open_flat_array(json, "roles");
	json_string(json, NULL, SPAN("analysisTarget"));
	json_close_array(json);
	json_close_object(json);
}

static void put_artifacts(struct json_writer *json, const struct report *report)
{
	size_t i;

	json_open_array(json, "artifacts");
	for (i = 0; i < capture_count(report); i++)
		if (is_first(report, i))
			put_artifact(json, capture_path(report, i));
	json_close_array(json);
}

static void put_bases(struct json_writer *json)
{
	json_open_object(json, "originalUriBaseIds");
	json_open_object(json, SARIF_SOURCE_ROOT);
	sarif_message_write(json, "description",
			    SPAN("The top of the source tree that the kernel "
				 "was built from."));
	json_close_object(json);
	json_close_object(json);
}

/* ---- what there is to know of the run ---- */

static void put_notification(struct json_writer *json, const char *level,
			     struct span text, const char *origin)
{
	json_open_object(json, NULL);
	json_string(json, "level", span_of(level));
	sarif_message_write(json, "message", text);
	if (sarif_origin_is_place(origin)) {
		json_open_array(json, "locations");
		json_open_object(json, NULL);
		sarif_origin_write(json, origin);
		json_close_object(json);
		json_close_array(json);
	}
	json_close_object(json);
}

static void put_unjudged(struct json_writer *json, const struct gate_rule *rule)
{
	const char *reason = rule->unjudged_reason;
	bool given = !gate_rule_is_default(rule);
	char text[FINDING_TEXT_CAPACITY];
	struct bounded_line line;

	bounded_line_init(&line, text, sizeof(text));
	bounded_line_put(&line, "the rule '");
	bounded_line_quote(&line, rule->text);
	bounded_line_put(&line, "' was not judged: ");
	bounded_line_quote(&line, reason ? span_of(reason)
					 : SPAN("the captures do not tell"));
	put_notification(json, given ? "warning" : "note", span_of(text),
			 rule->origin);
}

/* Of those that did their work the results tell. */
static void put_idle(struct json_writer *json,
		     const struct suppression *suppression)
{
	bool expired = suppression->state == SUPPRESSION_EXPIRED;
	char text[2 * FINDING_TEXT_CAPACITY], words[FINDING_TEXT_CAPACITY];
	struct bounded_line line;

	if (!expired && suppression->state != SUPPRESSION_UNUSED)
		return;
	bounded_line_init(&line, text, sizeof(text));
	bounded_line_put(&line, "%s suppression: %s: ",
			 suppression_state_name(suppression->state),
			 suppression_title(suppression, words));
	bounded_line_put(&line, "%s", suppression_text(suppression, words));
	put_notification(json, expired ? "warning" : "note", span_of(text),
			 suppression->origin);
}

static void put_configuration(struct json_writer *json,
			      const struct gate_result *gate)
{
	size_t i;

	json_open_array(json, "toolConfigurationNotifications");
	for (i = 0; i < gate->rule_count; i++)
		if (gate->rules[i].unjudged)
			put_unjudged(json, &gate->rules[i]);
	for (i = 0; i < gate->suppression_count; i++)
		put_idle(json, &gate->suppressions[i]);
	json_close_array(json);
}

static void put_warnings(struct json_writer *json, const struct report *report)
{
	unsigned i;

	for (i = 0; report && i < report->warning_count; i++)
		put_notification(json, "warning", span_of(report->warnings[i]),
				 NULL);
}

static size_t result_count(const struct gate_result *gate)
{
	return gate->finding_count < RESULTS_MOST ? gate->finding_count
						  : RESULTS_MOST;
}

/* Those that fail stand first: the least of them are left out. */
static void put_left_out(struct json_writer *json,
			 const struct gate_result *gate)
{
	size_t more = gate->finding_count - result_count(gate);
	char text[128], count[QUANTITY_CAPACITY];

	if (!more)
		return;
	snprintf(text, sizeof(text),
		 "%s more finding%s left out: a log has room for %u results",
		 quantity_count(more, count), more == 1 ? " is" : "s are",
		 RESULTS_MOST);
	put_notification(json, "warning", span_of(text), NULL);
}

static void put_invocation(struct json_writer *json,
			   const struct report *report)
{
	json_open_array(json, "invocations");
	json_open_object(json, NULL);
	json_bool(json, "executionSuccessful", true);
	json_open_array(json, "toolExecutionNotifications");
	put_warnings(json, report);
	put_warnings(json, report->objects);
	put_left_out(json, report->gate);
	json_close_array(json);
	put_configuration(json, report->gate);
	json_close_object(json);
	json_close_array(json);
}

/* SARIF has no place for how the user's rules are written. */
static void put_rules(struct json_writer *json, const struct gate_result *gate)
{
	size_t i;

	json_open_array(json, "rules");
	for (i = 0; i < gate->rule_count; i++) {
		const struct gate_rule *rule = &gate->rules[i];

		json_open_flat_object(json, NULL);
		json_string(json, "text", rule->text);
		json_optional(json, "origin", rule->origin);
		json_u64(json, "broken", rule->broken);
		json_bool(json, "judged", !rule->unjudged);
		json_close_object(json);
	}
	json_close_array(json);
}

static void put_properties(struct json_writer *json,
			   const struct report *report)
{
	json_open_object(json, "properties");
	json_optional(json, "kernel", report->sides[1].kernel);
	json_u64_if(json, "iterations", report->iterations != 0,
		    report->iterations);
	json_u64(json, "failing", report->gate->failing);
	put_rules(json, report->gate);
	json_close_object(json);
}

static void put_run(struct json_writer *json, const struct report *report,
		    const struct output_options *options)
{
	size_t i;

	json_open_object(json, NULL);
	put_tool(json);
	put_invocation(json, report);
	put_bases(json);
	put_artifacts(json, report);
	json_open_array(json, "results");
	for (i = 0; i < result_count(report->gate); i++)
		sarif_result_write(json, report, &report->gate->findings[i],
				   options);
	json_close_array(json);
	put_properties(json, report);
	json_close_object(json);
}

static bool write_sarif(const struct report *report,
			const struct output_options *options, FILE *file,
			struct error *err)
{
	struct json_writer json = {.file = file};

	if (!report->gate)
		return error_set(err, ERROR_USAGE,
				 "'--output=sarif' tells what rules say to a "
				 "difference; use it with 'pageowl diff', "
				 "without '--by'");
	json_open_object(&json, NULL);
	json_string(&json, "$schema",
		    SPAN("https://json.schemastore.org/sarif-2.1.0.json"));
	json_string(&json, "version", SPAN("2.1.0"));
	json_open_array(&json, "runs");
	put_run(&json, report, options);
	json_close_array(&json);
	json_close_object(&json);
	return true;
}

const struct output output_sarif = {
	.name = "sarif",
	.title = "what rules say to a diff, as SARIF 2.1.0 for code hosts",
	.judges = true,
	.compares = true,
	.write = write_sarif,
};
