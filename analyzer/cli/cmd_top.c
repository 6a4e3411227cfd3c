/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl top: who holds memory in one capture. */
#include "account/rollup.h"
#include "cli/frame_names.h"
#include "cli/reading.h"
#include "cli/source_lines.h"

static bool build(struct row_set *set, struct snapshot *snapshot,
		  const struct settings *settings, struct report *report,
		  struct error *err)
{
	return rollup_build(
		       set, snapshot, &settings->grouping, &settings->filter,
		       settings->match_given ? settings->match : MATCH_EXACT,
		       err) &&
	       rollup_report(report, err);
}

static bool make_reports(struct reading *reading,
			 const struct settings *settings, struct report *report,
			 struct report *objects, struct error *err)
{
	report->side_count = 1;
	reading_side(reading, settings, &report->sides[0]);
	if (!build(&reading->set, &reading->shown->snapshot, settings, report,
		   err))
		return false;
	if (!reading->objects)
		return true;
	report->objects = objects;
	objects->side_count = 1;
	reading_object_side(reading, &objects->sides[0]);
	return build(&reading->object_set, &reading->objects->snapshot,
		     settings, objects, err);
}

static int show(struct cli *cli, struct reading *reading)
{
	const char *keys[GROUP_KEYS_MAX + 1];
	struct report report = {0}, objects = {0};
	struct error err = {0};
	int status = STATUS_TROUBLE;

	reading_report(cli->settings, &report, keys);
	reading_report(cli->settings, &objects, keys);
	if (frame_names_fill(cli, reading, 1, &err) &&
	    source_lines_of_rows(cli, reading, 1, &err) &&
	    make_reports(reading, cli->settings, &report, &objects, &err) &&
	    reading_rank(cli, reading, 1, &report, &err))
		status = reading_show(cli, reading, 1, &report);
	else
		console_error(&cli->console, "%s", err.text);
	report_deinit(&report);
	report_deinit(&objects);
	return status;
}

static int run_top(struct cli *cli)
{
	const struct reading_want want = {0};
	struct reading reading = {0};
	struct error err = {0};
	int status = STATUS_TROUBLE;

	if (reading_open(&reading, cli, cli->operands[0], &want, &err) &&
	    reading_choose(&reading, 1, cli, &err))
		status = show(cli, &reading);
	else
		console_error(&cli->console, "%s", err.text);
	while (status == STATUS_DONE && reading_choose_next(&reading, cli)) {
		fputc('\n', stdout);
		status = show(cli, &reading);
	}
	reading_close(&reading);
	return status;
}

static const struct cli_option *const options[] = {
	row_options,	 show_options,	  source_options, symbol_options,
	address_options, general_options, NULL,
};

const struct command command_top = {
	.name = "top",
	.operands = "[CAPTURE]",
	.operand_most = 1,
	.summary = "who holds memory now: allocation stacks, ranked",
	.details =
		"CAPTURE is a dump, plain or compressed; a folder or an "
		"archive (tar in any\n"
		"compression, a sosreport) that holds the files of /proc and "
		"/sys under their\n"
		"own paths; or '-' for standard input. Without it the live\n"
		"/sys/kernel/debug/page_owner is read.",
	.examples = {"pageowl top page_owner.txt.gz",
		     "pageowl top --by=module,order --not=module=ext4 dump"},
	.options = options,
	.answer = ANSWER_TOP,
	.run = run_top,
};
