/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What rules say to a difference as JUnit XML, which servers of continuous
 * integration show: a case for each finding, and for each rule that none
 * broke. There are no times in it: the same captures give the same bytes.
 */
#include "output/bounded_line.h"
#include "output/finding_text.h"
#include "output/suppression_text.h"
#include "output/junit_names.h"
#include "output/output.h"
#include "output/quantity.h"
#include "output/xml_writer.h"

struct junit {
	struct xml_writer xml;
	const struct report *report;
	const struct gate_result *gate;
	const struct output_options *options;
	char text[FINDING_TEXT_CAPACITY]; /* of one line; used again */
};

struct junit_counts {
	size_t tests, failures, errors, skipped;
};

/* A broken rule is told by its findings. */
static bool has_case(const struct gate_rule *rule)
{
	return rule->unjudged || !rule->broken;
}

static struct junit_counts count_cases(const struct gate_result *gate)
{
	struct junit_counts counts = {0};
	size_t i;

	for (i = 0; i < gate->rule_count; i++) {
		const struct gate_rule *rule = &gate->rules[i];

		counts.tests += has_case(rule);
		counts.errors += rule->unjudged && !gate_rule_is_default(rule);
		counts.skipped += rule->unjudged && gate_rule_is_default(rule);
	}
	for (i = 0; i < gate->finding_count; i++) {
		bool skipped = gate->findings[i].state == FINDING_SUPPRESSED;

		counts.tests++;
		counts.skipped += skipped;
		counts.failures += !skipped;
	}
	return counts;
}

static void put_counts(struct xml_writer *xml,
		       const struct junit_counts *counts)
{
	xml_attribute(xml, "name", SPAN("pageowl"));
	xml_attribute_u64(xml, "tests", counts->tests);
	xml_attribute_u64(xml, "failures", counts->failures);
	xml_attribute_u64(xml, "errors", counts->errors);
	xml_attribute_u64(xml, "skipped", counts->skipped);
}

static void put_property(struct xml_writer *xml, const char *name,
			 struct span value)
{
	xml_open(xml, "property");
	xml_attribute(xml, "name", span_of(name));
	xml_attribute(xml, "value", value);
	xml_close(xml);
}

/* Which captures it is about. */
static void put_properties(struct junit *junit)
{
	const struct report *report = junit->report;
	char digits[SPAN_U64_DIGITS];

	xml_open(&junit->xml, "properties");
	put_property(&junit->xml, "pageowl", SPAN(PAGEOWL_VERSION));
	put_property(&junit->xml, "old", span_of(report->sides[0].path));
	put_property(&junit->xml, "new", span_of(report->sides[1].path));
	if (report->sides[1].kernel)
		put_property(&junit->xml, "kernel",
			     span_of(report->sides[1].kernel));
	if (report->iterations)
		put_property(&junit->xml, "iterations",
			     span_from_u64(report->iterations, digits));
	xml_close(&junit->xml);
}

/* ---- rules ---- */

static void put_rule(struct junit *junit, const struct gate_rule *rule)
{
	const char *reason = rule->unjudged_reason;
	struct bounded_line line;

	if (!has_case(rule))
		return;
	bounded_line_init(&line, junit->text, sizeof(junit->text));
	bounded_line_quote(&line, rule->text);
	xml_open(&junit->xml, "testcase");
	xml_attribute(&junit->xml, "classname", SPAN("pageowl.rules"));
	xml_attribute(&junit->xml, "name", span_of(junit->text));
	if (rule->unjudged) {
		xml_open(&junit->xml,
			 gate_rule_is_default(rule) ? "skipped" : "error");
		xml_attribute(&junit->xml, "message",
			      reason ? span_of(reason)
				     : SPAN("the captures do not tell"));
		xml_close(&junit->xml);
	}
	xml_close(&junit->xml);
}

/* ---- findings ---- */

static const char *amount(int64_t bytes, char *ret)
{
	return bytes < 0 ? quantity_growth(bytes, ret)
			 : quantity_bytes((uint64_t)bytes, ret);
}

static void put_line(struct junit *junit)
{
	xml_text(&junit->xml, span_of(junit->text));
	xml_newline(&junit->xml);
}

static void put_held(struct junit *junit, const struct finding *finding)
{
	char before[QUANTITY_CAPACITY], after[QUANTITY_CAPACITY];
	const char *verdict = finding_verdict(finding);
	struct bounded_line line;

	bounded_line_init(&line, junit->text, sizeof(junit->text));
	if (finding->bytes_known)
		bounded_line_put(&line, "held %s before, %s after",
				 amount(finding->before_bytes, before),
				 amount(finding->after_bytes, after));
	if (verdict)
		bounded_line_put(&line, "%s%s", line.length ? "; " : "",
				 verdict);
	if (line.length)
		put_line(junit);
}

static void put_place(struct bounded_line *line,
		      const struct source_place *place)
{
	if (!place->file.length)
		return;
	bounded_line_put(line, "  at ");
	bounded_line_quote(line, place->file);
	if (place->line)
		bounded_line_put(line, ":%u", place->line);
}

/* A line for the frame, after those of what was inlined into it. */
static void put_frame(struct junit *junit, const struct frame *frame)
{
	size_t i, count = frame->place_count ? frame->place_count : 1;
	struct bounded_line line;

	for (i = 0; i < count; i++) {
		const struct source_place *place =
			frame->place_count ? &frame->places[i] : NULL;
		bool inlined = frame_place_is_inlined(frame, i);

		bounded_line_init(&line, junit->text, sizeof(junit->text));
		bounded_line_put(&line, "    ");
		bounded_line_quote(&line,
				   inlined ? place->function : frame->text);
		if (inlined)
			bounded_line_put(&line, " (inlined)");
		if (place)
			put_place(&line, place);
		put_line(junit);
	}
}

static void put_stack(struct junit *junit, const struct finding *finding)
{
	const struct stack *stack = finding->row ? finding->row->stack : NULL;
	struct bounded_line line;
	size_t i;

	if (!stack)
		return;
	bounded_line_init(&line, junit->text, sizeof(junit->text));
	if (finding->rows > 1)
		bounded_line_put(&line,
				 "the largest of %zu stacks:", finding->rows);
	else
		bounded_line_put(&line, "stack:");
	put_line(junit);
	for (i = 0; i < stack->frame_count; i++)
		put_frame(junit, &stack->frames[i]);
}

/* "failure", "skipped": a server may show the message or what is inside. */
static void put_verdict(struct junit *junit, const struct finding *finding)
{
	struct xml_writer *xml = &junit->xml;
	bool fails = finding->state != FINDING_SUPPRESSED;

	finding_text(finding, junit->report->iterations, junit->text);
	xml_open(xml, fails ? "failure" : "skipped");
	xml_attribute(xml, "message", span_of(junit->text));
	if (fails) {
		xml_attribute(
			xml, "type",
			finding->state == FINDING_EXCEEDED
				? SPAN("exceeded")
				: span_of(gate_subject_name(finding->subject)));
		put_line(junit);
		put_held(junit, finding);
		put_stack(junit, finding);
	}
	xml_close(xml);
}

static void put_finding(struct junit *junit, const struct finding *finding,
			const struct junit_name *name)
{
	const struct source_place *place = NULL;

	if (finding->row)
		output_ask_stack(junit->options, finding->row);
	if (finding->row && finding->row->stack)
		place = stack_place(finding->row->stack);
	xml_open(&junit->xml, "testcase");
	xml_attribute(&junit->xml, "classname", span_of(name->class));
	xml_attribute(&junit->xml, "name", span_of(name->name));
	if (place && place->file.length)
		xml_attribute(&junit->xml, "file", place->file);
	if (place && place->file.length && place->line)
		xml_attribute_u64(&junit->xml, "line", place->line);
	put_verdict(junit, finding);
	xml_close(&junit->xml);
}

/* ---- what else there is to know ---- */

/* "unused nightly.rules:7: module churn: nothing that grew is like it" */
static void put_suppression(struct junit *junit,
			    const struct suppression *suppression)
{
	const char *state = suppression_state_name(suppression->state);

	xml_text(&junit->xml, span_of(state));
	xml_text(&junit->xml, SPAN(" "));
	if (suppression->origin) {
		xml_text(&junit->xml, span_of(suppression->origin));
		xml_text(&junit->xml, SPAN(": "));
	}
	suppression_title(suppression, junit->text);
	xml_text(&junit->xml, span_of(junit->text));
	xml_text(&junit->xml, SPAN(": "));
	suppression_text(suppression, junit->text);
	put_line(junit);
}

static void put_suppressions(struct junit *junit)
{
	size_t i;

	if (!junit->gate->suppression_count)
		return;
	xml_open(&junit->xml, "system-out");
	for (i = 0; i < junit->gate->suppression_count; i++)
		put_suppression(junit, &junit->gate->suppressions[i]);
	xml_close(&junit->xml);
}

static void put_warnings_of(struct junit *junit, const struct report *report)
{
	unsigned i;

	for (i = 0; i < report->warning_count; i++) {
		xml_text(&junit->xml, span_of(report->warnings[i]));
		xml_newline(&junit->xml);
	}
}

static void put_warnings(struct junit *junit)
{
	const struct report *report = junit->report;
	const struct report *objects = report->objects;

	if (!report->warning_count && (!objects || !objects->warning_count))
		return;
	xml_open(&junit->xml, "system-err");
	put_warnings_of(junit, report);
	if (objects)
		put_warnings_of(junit, objects);
	xml_close(&junit->xml);
}

static void put_suite(struct junit *junit, const struct junit_name *names)
{
	struct junit_counts counts = count_cases(junit->gate);
	size_t i;

	xml_begin(&junit->xml);
	xml_open(&junit->xml, "testsuites");
	put_counts(&junit->xml, &counts);
	xml_open(&junit->xml, "testsuite");
	put_counts(&junit->xml, &counts);
	put_properties(junit);
	for (i = 0; i < junit->gate->rule_count; i++)
		put_rule(junit, &junit->gate->rules[i]);
	for (i = 0; i < junit->gate->finding_count; i++)
		put_finding(junit, &junit->gate->findings[i], &names[i]);
	put_suppressions(junit);
	put_warnings(junit);
	xml_close(&junit->xml);
	xml_close(&junit->xml);
}

static bool write_junit(const struct report *report,
			const struct output_options *options, FILE *file,
			struct error *err)
{
	struct junit junit = {
		.xml = {.file = file},
		.report = report,
		.gate = report->gate,
		.options = options,
	};
	struct arena arena = {0};
	struct junit_name *names;
	bool done;

	if (!report->gate)
		return error_set(err, ERROR_USAGE,
				 "'--output=junit' tells what rules say to a "
				 "difference; use it with 'pageowl diff', "
				 "without '--by'");
	done = junit_names_make(report->gate, &arena, &names, err);
	if (done)
		put_suite(&junit, names);
	arena_deinit(&arena);
	return done;
}

const struct output output_junit = {
	.name = "junit",
	.title = "what rules say to a diff, as JUnit XML for CI servers",
	.judges = true,
	.compares = true,
	.write = write_junit,
};
