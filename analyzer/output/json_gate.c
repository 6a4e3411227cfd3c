/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_gate.h"

#include "output/finding_text.h"

static const char *measure_name(enum gate_measure measure)
{
	static const char *const names[] = {
		[GATE_BYTES] = "bytes",
		[GATE_PAGES] = "pages",
		[GATE_RECORDS] = "records",
		[GATE_PERCENT] = "percent",
	};

	return names[measure];
}

static const char *state_name(enum finding_state state)
{
	static const char *const names[] = {
		[FINDING_FAILS] = "fails",
		[FINDING_SUPPRESSED] = "suppressed",
		[FINDING_EXCEEDED] = "exceeded",
	};

	return names[state];
}

static void limits(struct json_writer *json, const struct gate_rule *rule)
{
	size_t i;

	json_open_array(json, "limits");
	for (i = 0; i < rule->limit_count; i++) {
		const struct gate_limit *limit = &rule->limits[i];

		json_open_flat_object(json, NULL);
		json_string(json, "measure",
			    span_of(measure_name(limit->measure)));
		json_number_if(json, "amount", true, limit->amount);
		json_bool(json, "per_iteration", limit->per_iteration);
		json_close_object(json);
	}
	json_close_array(json);
}

static void rules(struct json_writer *json, const struct gate_result *gate)
{
	size_t i;

	json_open_array(json, "rules");
	for (i = 0; i < gate->rule_count; i++) {
		const struct gate_rule *rule = &gate->rules[i];

		json_open_object(json, NULL);
		json_string(json, "text", rule->text);
		json_optional(json, "origin", rule->origin);
		json_string(json, "subject",
			    span_of(gate_subject_name(rule->subject)));
		json_optional_span(json, "pattern", rule->pattern);
		limits(json, rule);
		json_u64(json, "broken", rule->broken);
		json_bool(json, "unjudged", rule->unjudged);
		json_optional(json, "unjudged_reason", rule->unjudged_reason);
		json_close_object(json);
	}
	json_close_array(json);
}

/* null of what is not known. */
static void amount(struct json_writer *json, const char *name, bool known,
		   int64_t value)
{
	if (known)
		json_i64(json, name, value);
	else
		json_null(json, name);
}

/* Records where the subject has any: a remainder has bytes alone. */
static bool has_records(const struct finding *finding)
{
	return finding->report && !finding->report->sides[0].stacks_only;
}

static void growth(struct json_writer *json, const struct finding *finding,
		   uint64_t iterations)
{
	bool known = finding->bytes_known, counted = has_records(finding);

	json_open_flat_object(json, "growth");
	amount(json, "bytes", known, finding->bytes);
	amount(json, "records", counted, finding->records);
	json_close_object(json);
	amount(json, "before_bytes", known, finding->before_bytes);
	amount(json, "after_bytes", known, finding->after_bytes);
	if (!iterations) {
		json_null(json, "per_iteration");
		return;
	}
	json_open_flat_object(json, "per_iteration");
	json_number_if(json, "bytes", known,
		       (double)finding->bytes / (double)iterations);
	json_number_if(json, "records", counted,
		       (double)finding->records / (double)iterations);
	json_close_object(json);
}

static void source(struct json_writer *json, const struct finding *finding)
{
	const struct source_place *place = NULL;

	if (finding->row && finding->row->stack)
		place = stack_place(finding->row->stack);
	if (!place || !place->file.length) {
		json_null(json, "source");
		return;
	}
	json_open_flat_object(json, "source");
	json_string(json, "file", place->file);
	json_u64_if(json, "line", place->line != 0, place->line);
	json_close_object(json);
}

static void finding(struct json_writer *json, const struct finding *finding,
		    uint64_t iterations)
{
	char text[FINDING_TEXT_CAPACITY];

	json_open_object(json, NULL);
	json_string(json, "subject",
		    span_of(gate_subject_name(finding->subject)));
	json_string(json, "state", span_of(state_name(finding->state)));
	json_string(json, "title", span_of(finding_title(finding, text)));
	json_string(json, "text",
		    span_of(finding_text(finding, iterations, text)));
	json_optional_span(json, "function", finding->function);
	json_optional_span(json, "module", finding->module);
	json_optional_span(json, "cache", finding->cache);
	json_optional(json, "category", finding->category);
	json_u64(json, "stacks", finding->rows);
	growth(json, finding, iterations);
	json_optional(json, "verdict", finding_verdict(finding));
	source(json, finding);
	if (finding->rule)
		json_string(json, "rule", finding->rule->text);
	else
		json_null(json, "rule");
	json_optional(json, "suppression",
		      finding->suppression ? finding->suppression->origin
					   : NULL);
	json_string(json, "fingerprint", span_of(finding->fingerprint));
	json_close_object(json);
}

static void findings(struct json_writer *json, const struct report *report,
		     const struct output_options *options)
{
	const struct gate_result *gate = report->gate;
	size_t i;

	json_open_array(json, "findings");
	for (i = 0; i < gate->finding_count; i++) {
		if (gate->findings[i].row)
			output_ask_blamed(options, gate->findings[i].row);
		finding(json, &gate->findings[i], report->iterations);
	}
	json_close_array(json);
}

static void suppression(struct json_writer *json,
			const struct suppression *entry)
{
	size_t i;

	json_open_object(json, NULL);
	json_optional(json, "origin", entry->origin);
	json_open_flat_array(json, "frames");
	for (i = 0; i < entry->frame_count; i++)
		json_string(json, NULL, entry->frames[i]);
	json_close_array(json);
	json_optional_span(json, "module", entry->module);
	json_optional_span(json, "category", entry->category);
	json_optional_span(json, "cache", entry->cache);
	json_bool(json, "unaccounted", entry->unaccounted);
	json_open_flat_object(json, "maximum");
	json_u64_if(json, "bytes", entry->has_bytes, entry->max_bytes);
	json_u64_if(json, "records", entry->has_records, entry->max_records);
	json_close_object(json);
	json_optional_span(json, "expires", entry->expires);
	json_optional_span(json, "reason", entry->reason);
	json_string(json, "state",
		    span_of(suppression_state_name(entry->state)));
	json_u64(json, "stacks", entry->rows);
	json_open_flat_object(json, "growth");
	json_i64(json, "bytes", entry->bytes);
	json_i64(json, "records", entry->records);
	json_close_object(json);
	json_close_object(json);
}

void json_gate_write(struct json_writer *json, const struct report *report,
		     const struct output_options *options)
{
	const struct gate_result *gate = report->gate;
	size_t i;

	if (!gate)
		return;
	json_open_object(json, "gate");
	json_bool(json, "enforced", gate->enforced);
	json_u64(json, "failing", gate->failing);
	json_u64_if(json, "iterations", report->iterations != 0,
		    report->iterations);
	rules(json, gate);
	findings(json, report, options);
	json_open_array(json, "suppressions");
	for (i = 0; i < gate->suppression_count; i++)
		suppression(json, &gate->suppressions[i]);
	json_close_array(json);
	json_close_object(json);
}
