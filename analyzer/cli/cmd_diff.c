/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl diff: what grew between two captures, and whether it is a leak. */
#include "cli/comparison.h"
#include "cli/frame_names.h"
#include "cli/gate_run.h"
#include "cli/source_lines.h"
#include "diff/diff.h"

static bool read_both(struct cli *cli, struct reading readings[2],
		      struct error *err)
{
	struct reading_want want = {0};
	uint64_t began_ns;

	if (!comparison_can_read(cli, err) ||
	    !reading_open(&readings[0], cli, cli->operands[0], &want, err))
		return false;
	began_ns = reading_began(&readings[0]);
	want.before_ns = &began_ns;
	return reading_open(&readings[1], cli, cli->operands[1], &want, err) &&
	       reading_choose(readings, 2, cli, err) &&
	       frame_names_fill(cli, readings, 2, err);
}

static bool make_objects(const struct settings *settings,
			 struct reading readings[2], struct report *report,
			 struct report *objects, struct error *err)
{
	struct row_set *sets[2];
	struct snapshot *snapshots[2];
	unsigned i;

	if (!readings[0].objects)
		return true;
	report->objects = objects;
	objects->side_count = 2;
	objects->boot = report->boot;
	for (i = 0; i < 2; i++) {
		sets[i] = &readings[i].object_set;
		snapshots[i] = &readings[i].objects->snapshot;
		reading_object_side(&readings[i], &objects->sides[i]);
	}
	comparison_warn_untraced(readings, objects);
	return comparison_build(sets, snapshots, settings, &settings->filter,
				objects, err);
}

static bool make_reports(const struct settings *settings,
			 struct reading readings[2], struct report *report,
			 struct report *objects, struct error *err)
{
	struct row_set *sets[2];
	struct snapshot *snapshots[2];
	unsigned i;

	report->side_count = 2;
	report->boot = comparison_boot(readings);
	for (i = 0; i < 2; i++) {
		sets[i] = &readings[i].set;
		snapshots[i] = &readings[i].shown->snapshot;
		reading_side(&readings[i], settings, &report->sides[i]);
	}
	if (!comparison_build(sets, snapshots, settings, &settings->filter,
			      report, err))
		return false;
	diff_warn(report);
	if (report_is_on_objects(report))
		comparison_warn_untraced(readings, report);
	return make_objects(settings, readings, report, objects, err);
}

static int run_diff(struct cli *cli)
{
	const char *keys[GROUP_KEYS_MAX + 1];
	struct report report = {0}, objects = {0};
	struct reading readings[2] = {0};
	struct gate_run gate = {0};
	struct error err = {0};
	int status = STATUS_TROUBLE;

	reading_report(cli->settings, &report, keys);
	reading_report(cli->settings, &objects, keys);
	if (gate_run_open(&gate, cli, &err) && read_both(cli, readings, &err) &&
	    source_lines_of_rows(cli, readings, 2, &err) &&
	    make_reports(cli->settings, readings, &report, &objects, &err) &&
	    reading_rank(cli, readings, 2, &report, &err) &&
	    gate_run_judge(&gate, cli, readings, &report, &err)) {
		comparison_say(cli, &report);
		if (report.objects)
			comparison_say(cli, &objects);
		status = reading_show(cli, readings, 2, &report);
		status = gate_run_tell(&gate, cli, status);
	} else {
		console_error(&cli->console, "%s", err.text);
	}
	gate_run_deinit(&gate);
	report_deinit(&report);
	report_deinit(&objects);
	reading_close(&readings[0]);
	reading_close(&readings[1]);
	return status;
}

static const struct cli_option *const options[] = {
	row_options,	 show_options,	  source_options,
	diff_options,	 gate_options,	  symbol_options,
	address_options, general_options, NULL,
};

const struct command command_diff = {
	.name = "diff",
	.operands = "OLD NEW",
	.operand_least = 2,
	.operand_most = 2,
	.summary = "what grew between two captures, with the evidence for a "
		   "leak",
	.details = "OLD and NEW are captures as `pageowl help top` describes "
		   "them, of one\n"
		   "machine, best of one boot. One of them may be '-'.",
	.examples = {"pageowl diff before.gz after.gz",
		     "pageowl diff --output=json --not=category=slab t1 t2"},
	.options = options,
	.answer = ANSWER_DIFF,
	.run = run_diff,
};
