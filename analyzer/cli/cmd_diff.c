/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl diff: what grew between captures, and whether it is a leak. */
#include "base/quote.h"
#include "cli/comparison.h"
#include "cli/frame_names.h"
#include "cli/gate_run.h"
#include "cli/series_folder.h"
#include "cli/series_points.h"
#include "cli/source_lines.h"
#include "diff/diff.h"

/* Put captures in the place of operands that stand for several. */
static bool expand_operands(struct cli *cli, struct capture_paths *paths,
			    struct error *err)
{
	char quoted[QUOTE_PATH_CAPACITY];
	size_t i;

	for (i = 0; i < cli->operand_count; i++)
		if (!capture_paths_add(paths, cli->operands[i], err))
			return false;
	cli->operands = paths->paths;
	cli->operand_count = paths->count;
	if (paths->count >= 2)
		return true;
	quote_path(paths->paths[0], quoted);
	return error_set(err, ERROR_USAGE,
			 "only one capture is named, '%s'; 'pageowl diff' "
			 "compares two or more, or those in the folder of a "
			 "series",
			 quoted);
}

static bool read_ends(struct cli *cli, struct reading readings[2],
		      struct error *err)
{
	struct reading_want want = {0};
	uint64_t began_ns;

	if (!comparison_can_read(cli, err) ||
	    !reading_open(&readings[0], cli, cli->operands[0], &want, err))
		return false;
	began_ns = reading_began(&readings[0]);
	want.before_ns = &began_ns;
	return reading_open(&readings[1], cli,
			    cli->operands[cli->operand_count - 1], &want,
			    err) &&
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
	report->boot = comparison_boot(&readings[0], &readings[1]);
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
	struct series_points points = {0};
	struct capture_paths paths = {0};
	struct gate_run gate = {0};
	struct error err = {0};
	int status = STATUS_TROUBLE;

	reading_report(cli->settings, &report, keys);
	reading_report(cli->settings, &objects, keys);
	if (gate_run_open(&gate, cli, &err) &&
	    expand_operands(cli, &paths, &err) &&
	    read_ends(cli, readings, &err) &&
	    source_lines_of_rows(cli, readings, 2, &err) &&
	    make_reports(cli->settings, readings, &report, &objects, &err) &&
	    series_points_read(&points, cli, readings, &report, &err) &&
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
	series_points_deinit(&points);
	capture_paths_deinit(&paths);
	return status;
}

static const struct cli_option *const options[] = {
	row_options,	 show_options,	  source_options,
	diff_options,	 gate_options,	  symbol_options,
	address_options, general_options, NULL,
};

const struct command command_diff = {
	.name = "diff",
	.operands = "OLD [MORE...] NEW",
	.operand_least = 1,
	.operand_most = SIZE_MAX,
	.summary = "what grew between captures, with the evidence for a leak",
	.details = "OLD and NEW are captures as `pageowl help top` describes "
		   "them, of one\n"
		   "machine, best of one boot. One of them may be '-'. Those "
		   "between them, in the\n"
		   "order of time, tell what keeps growing from what filled "
		   "up and stopped. A\n"
		   "folder that `pageowl capture --every` has filled stands "
		   "for its captures.",
	.examples = {"pageowl diff before.gz after.gz",
		     "pageowl diff --output=json --not=category=slab t1 t2 t3"},
	.options = options,
	.answer = ANSWER_DIFF,
	.run = run_diff,
};
