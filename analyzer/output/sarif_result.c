/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/sarif_result.h"

#include "output/bounded_line.h"
#include "output/finding_text.h"
#include "output/sarif_place.h"
#include "output/sarif_rules.h"

static const struct stack *stack_of(const struct finding *finding)
{
	return finding->row ? finding->row->stack : NULL;
}

/* ---- where ---- */

static void put_note(struct json_writer *json, const char *note)
{
	if (note)
		sarif_message_write(json, "message", span_of(note));
}

/*
 * Where the source is known, there: else in the capture that shows it, since
 * that is what was looked at, and consumers want some file.
 */
static void put_file(struct json_writer *json, const struct report *report,
		     const struct finding *finding)
{
	const struct stack *stack = stack_of(finding);
	const struct source_place *place = stack ? stack_place(stack) : NULL;
	const char *capture = report->sides[1].path;

	if (place && place->file.length) {
		sarif_physical_write(json, place->file, SARIF_SOURCE_ROOT,
				     place->line);
		put_note(json, finding->rows > 1
				       ? "where the largest of the stacks "
					 "allocates"
				       : NULL);
	} else if (strcmp(capture, "-") != 0) {
		sarif_physical_write(json, span_of(capture), NULL, 0);
		put_note(json, "the capture that shows it; no source line is "
			       "known");
	}
}

static void put_locations(struct json_writer *json, const struct report *report,
			  const struct finding *finding)
{
	json_open_array(json, "locations");
	json_open_object(json, NULL);
	put_file(json, report, finding);
	sarif_logical_write(json, finding->function, finding->module);
	json_close_object(json);
	json_close_array(json);
}

/* The rule, where it is written down. */
static void put_rule_place(struct json_writer *json,
			   const struct finding *finding)
{
	const char *origin = finding->rule ? finding->rule->origin : NULL;

	if (!sarif_origin_is_place(origin))
		return;
	json_open_array(json, "relatedLocations");
	json_open_object(json, NULL);
	sarif_origin_write(json, origin);
	put_note(json, "the rule");
	json_close_object(json);
	json_close_array(json);
}

/* ---- stacks ---- */

static void put_frame(struct json_writer *json, const struct frame *frame,
		      size_t index)
{
	bool inlined =
		frame->place_count && frame_place_is_inlined(frame, index);

	json_open_object(json, NULL);
	json_open_object(json, "location");
	sarif_frame_write(json, frame, index);
	sarif_message_write(json, "message",
			    inlined ? SPAN("inlined") : frame->text);
	json_close_object(json);
	if (frame->module.length)
		json_string(json, "module", frame->module);
	json_close_object(json);
}

static void put_frames(struct json_writer *json, const struct stack *stack)
{
	size_t i, j;

	json_open_array(json, "frames");
	for (i = 0; i < stack->frame_count; i++) {
		const struct frame *frame = &stack->frames[i];

		put_frame(json, frame, 0);
		for (j = 1; j < frame->place_count; j++)
			put_frame(json, frame, j);
	}
	json_close_array(json);
}

static void put_stack(struct json_writer *json, const struct finding *finding)
{
	const struct stack *stack = stack_of(finding);
	char text[64];
	struct bounded_line line;

	if (!stack)
		return;
	bounded_line_init(&line, text, sizeof(text));
	if (finding->rows > 1)
		bounded_line_put(&line, "the largest of %zu stacks",
				 finding->rows);
	else
		bounded_line_put(&line, "the stack that allocated it");
	json_open_array(json, "stacks");
	json_open_object(json, NULL);
	sarif_message_write(json, "message", span_of(text));
	put_frames(json, stack);
	json_close_object(json);
	json_close_array(json);
}

/* ---- the rest ---- */

/*
 * SARIF wants the array in all results or in none. Where it is not needed it
 * is left out: some readers take an empty one for a suppression.
 */
static void put_suppressions(struct json_writer *json,
			     const struct gate_result *gate,
			     const struct finding *finding)
{
	const struct suppression *suppression = finding->suppression;

	if (gate->finding_count == gate->failing)
		return;
	json_open_array(json, "suppressions");
	if (finding->state == FINDING_SUPPRESSED && suppression) {
		json_open_object(json, NULL);
		json_string(json, "kind", SPAN("external"));
		json_string(json, "status", SPAN("accepted"));
		if (suppression->reason.length)
			json_string(json, "justification", suppression->reason);
		if (sarif_origin_is_place(suppression->origin)) {
			json_open_flat_object(json, "location");
			sarif_origin_write(json, suppression->origin);
			json_close_object(json);
		}
		json_close_object(json);
	}
	json_close_array(json);
}

/*
 * GitHub's code scanning follows a result from run to run by the second of them
 * alone. Where it is not there the action that uploads makes one of the line of
 * source: of a finding without a line there is none, and several findings of
 * one line would be one.
 */
static void put_fingerprint(struct json_writer *json,
			    const struct finding *finding)
{
	json_open_flat_object(json, "partialFingerprints");
	json_string(json, "pageowl/v1", span_of(finding->fingerprint));
	json_string(json, "primaryLocationLineHash",
		    span_of(finding->fingerprint));
	json_close_object(json);
}

static void put_names(struct json_writer *json, const struct finding *finding)
{
	json_string(json, "subject",
		    span_of(gate_subject_name(finding->subject)));
	if (finding->rule) {
		json_string(json, "rule", finding->rule->text);
		json_optional(json, "origin", finding->rule->origin);
	}
	if (finding->suppression)
		json_optional(json, "suppression",
			      finding->suppression->origin);
	json_optional_span(json, "function", finding->function);
	json_optional_span(json, "module", finding->module);
	json_optional(json, "category", finding->category);
	json_optional_span(json, "cache", finding->cache);
}

static void put_bytes(struct json_writer *json, const char *name, bool known,
		      int64_t bytes)
{
	if (known)
		json_i64(json, name, bytes);
	else
		json_null(json, name);
}

/* As docs/json.md calls them. */
static void put_numbers(struct json_writer *json, const struct finding *finding)
{
	bool known = finding->bytes_known;
	double kept, fresh;

	json_u64(json, "stacks", finding->rows);
	put_bytes(json, "bytes", known, finding->bytes);
	put_bytes(json, "bytes_before", known, finding->before_bytes);
	put_bytes(json, "bytes_after", known, finding->after_bytes);
	if (finding->report)
		json_i64(json, "records", finding->records);
	else
		json_null(json, "records");
	json_optional(json, "verdict", finding_verdict(finding));
	finding_shares(finding, &kept, &fresh);
	json_share(json, "kept", kept);
	json_share(json, "fresh", fresh);
}

void sarif_result_write(struct json_writer *json, const struct report *report,
			const struct finding *finding,
			const struct output_options *options)
{
	char text[FINDING_TEXT_CAPACITY];

	if (finding->row)
		output_ask_stack(options, finding->row);
	finding_text(finding, report->iterations, text);
	json_open_object(json, NULL);
	json_string(json, "ruleId", span_of(sarif_rule_id(finding)));
	json_u64(json, "ruleIndex", sarif_rule_index(finding));
	/* Where no rule was asked for, nothing fails. */
	json_string(json, "level",
		    report->gate->enforced ? SPAN("error") : SPAN("warning"));
	sarif_message_write(json, "message", span_of(text));
	put_locations(json, report, finding);
	put_rule_place(json, finding);
	put_stack(json, finding);
	put_fingerprint(json, finding);
	put_suppressions(json, report->gate, finding);
	json_open_object(json, "properties");
	put_names(json, finding);
	put_numbers(json, finding);
	json_close_object(json);
	json_close_object(json);
}
