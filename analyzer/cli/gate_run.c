/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/gate_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/option_value.h"
#include "cli/proposal_file.h"
#include "cli/text_file.h"
#include "cli/unaccounted.h"
#include "diff/diff.h"

/* The last second of the last year that has four digits. */
#define LAST_SECOND 253402300799u

/* Builds that are to be the same again say what day it is. */
static bool find_day(char ret[sizeof("2026-11-23")], struct error *err)
{
	const char *given = getenv("SOURCE_DATE_EPOCH");
	time_t now = time(NULL);
	struct span rest;
	uint64_t seconds;
	struct tm day;

	if (given) {
		rest = span_of(given);
		if (!span_take_u64(&rest, &seconds) || rest.length ||
		    seconds > LAST_SECOND)
			return error_set(err, ERROR_USAGE,
					 "SOURCE_DATE_EPOCH is no number of "
					 "seconds since 1970");
		now = (time_t)seconds;
	}
	if (!gmtime_r(&now, &day) ||
	    strftime(ret, sizeof("2026-11-23"), "%Y-%m-%d", &day) !=
		    sizeof("2026-11-23") - 1)
		return error_set(err, ERROR_USAGE,
				 "the clock of this machine tells no day");
	return true;
}

static bool add_given(struct gate_rules *rules, const struct gate_rules *given,
		      struct error *err)
{
	size_t i;

	for (i = 0; i < given->rule_count; i++) {
		const struct gate_rule *rule = &given->rules[i];

		if (!(gate_rule_is_default(rule)
			      ? gate_rules_add_defaults(rules, err)
			      : gate_rules_add(rules, rule->text, NULL, err)))
			return false;
	}
	return true;
}

static bool add_file(struct gate_rules *rules, const struct cli *cli,
		     const char *path, struct error *err)
{
	struct arena arena = {0};
	struct span text;
	size_t i;
	bool done;

	for (i = 0; i < cli->operand_count; i++)
		if (strcmp(path, "-") == 0 &&
		    strcmp(cli->operands[i], "-") == 0)
			return error_set(err, ERROR_USAGE,
					 "only one of captures and '--rules' "
					 "can be '-'");
	done = text_file_read(path, &arena, &text, err) &&
	       gate_rules_parse(rules, path, text, err);
	arena_deinit(&arena);
	return done;
}

bool gate_run_open(struct gate_run *run, struct cli *cli, struct error *err)
{
	const struct settings *settings = cli->settings;
	const struct gate_settings *gate = &settings->gate;
	size_t i;

	run->enforced = gate->rules.rule_count || gate->file_count;
	run->judges = run->enforced || gate->proposal ||
		      (settings->output->judges && !settings->grouping.count);
	if ((run->judges && !find_day(run->today, err)) ||
	    !add_given(&run->rules, &gate->rules, err))
		return false;
	for (i = 0; i < gate->file_count; i++)
		if (!add_file(&run->rules, cli, gate->files[i], err))
			return false;
	run->input.iterations =
		gate->iterations ? gate->iterations : run->rules.iterations;
	run->input.today = span_of(run->today);
	if (!run->rules.rule_count &&
	    !gate_rules_add_defaults(&run->rules, err))
		return false;
	return gate_rules_check_iterations(&run->rules, run->input.iterations,
					   err) &&
	       (!gate->proposal || proposal_file_is_new(gate->proposal, err));
}

static bool ask_unaccounted(struct gate_input *input,
			    struct reading readings[2],
			    const struct settings *settings, struct error *err)
{
	struct unaccounted unaccounted;

	if (!unaccounted_of(readings, settings, &unaccounted, err))
		return false;
	input->unaccounted_known = unaccounted.known;
	input->unaccounted_kib[0] = unaccounted.kib[0];
	input->unaccounted_kib[1] = unaccounted.kib[1];
	input->unaccounted_reason = unaccounted.reason;
	return true;
}

/* In the wrong order a leak is what shrinks. */
static bool are_in_order(const struct gate_run *run,
			 const struct report *report, struct error *err)
{
	return !run->enforced || report->boot != BOOT_SAME ||
	       !diff_is_swapped(report) ||
	       error_set(err, ERROR_USAGE,
			 "OLD was taken later than NEW (%.0f s against %.0f s "
			 "of uptime); swap them: rules are about what grew "
			 "since OLD",
			 (double)report->sides[0].began_ns / 1e9,
			 (double)report->sides[1].began_ns / 1e9);
}

/* A record, with its stack, has no more lines. */
#define RECORD_LINES 64

/* Whether the end of a dump is missing: text that is cut has half a record. */
static bool is_cut(const struct snapshot *snapshot)
{
	const struct loss *loss = &snapshot->loss;

	return loss->input[0] || loss->input_told ||
	       (loss->records &&
		loss->last_line + RECORD_LINES > snapshot->lines);
}

static bool has_traces(const struct reading *reading)
{
	return capture_objects((struct capture *)&reading->capture) != NULL;
}

/* Why there may be more growth than is known. */
static const char *doubt_of(const struct reading readings[2],
			    const struct report *report)
{
	const struct report *objects = report->objects;
	struct span cache;

	if (readings[1].capture.cut || is_cut(report->sides[1].snapshot) ||
	    (objects && is_cut(objects->sides[1].snapshot)))
		return "NEW is not whole";
	if (report->sides[1].unit == UNIT_PAGE && !objects &&
	    has_traces(&readings[0]) != has_traces(&readings[1]))
		return "only one of the captures has traces of slab objects: "
		       "these were not compared";
	if ((objects || report_is_on_objects(report)) &&
	    capture_untraced(&readings[1].capture, &readings[0].capture,
			     &cache))
		return "NEW has no traces of caches that OLD has traces of";
	return NULL;
}

bool gate_run_judge(struct gate_run *run, struct cli *cli,
		    struct reading readings[2], struct report *report,
		    struct error *err)
{
	report->iterations = run->input.iterations;
	if (report->objects)
		report->objects->iterations = run->input.iterations;
	if (!run->judges)
		return true;
	run->input.report = report;
	run->doubt = doubt_of(readings, report);
	if (!are_in_order(run, report, err) ||
	    !ask_unaccounted(&run->input, readings, cli->settings, err) ||
	    !gate_judge(&run->rules, &run->input, &run->result, err))
		return false;
	run->result.enforced = run->enforced;
	report->gate = &run->result;
	return true;
}

void gate_run_deinit(struct gate_run *run)
{
	gate_result_deinit(&run->result);
	gate_rules_deinit(&run->rules);
}
