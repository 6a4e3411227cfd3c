/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl top: who holds memory in one capture. */
#include "account/rollup.h"
#include "cli/reading.h"

static bool make_report(struct reading *reading,
			const struct settings *settings, struct report *report,
			struct error *err)
{
	if (!rollup_build(&reading->set, &reading->snapshot,
			  &settings->grouping, &settings->filter,
			  settings->match_given ? settings->match : MATCH_EXACT,
			  err))
		return false;
	report->side_count = 1;
	reading_side(reading, settings, &report->sides[0]);
	return rollup_report(report, err);
}

static int run_top(struct cli *cli)
{
	const char *keys[GROUP_KEYS_MAX + 1];
	struct reading reading = {0};
	struct report report = {0};
	struct error err = {0};
	int status = STATUS_TROUBLE;

	reading_report(cli->settings, &report, keys);
	if (reading_open(&reading, cli, cli->operands[0], NULL, &err) &&
	    make_report(&reading, cli->settings, &report, &err))
		status = reading_show(cli, &report, reading_is_lossy(&reading));
	else
		console_error(&cli->console, "%s", err.text);
	report_deinit(&report);
	reading_close(&reading);
	return status;
}

static const struct cli_option *const options[] = {
	reading_options,
	general_options,
	NULL,
};

const struct command command_top = {
	.name = "top",
	.operands = "[CAPTURE]",
	.operand_most = 1,
	.summary = "who holds memory now: allocation stacks, ranked",
	.details =
		"CAPTURE is a page_owner dump, plain or gzipped, a directory "
		"that holds\n"
		"one under sys/kernel/debug, or '-' for standard input. "
		"Without it the\n"
		"live /sys/kernel/debug/page_owner is read.",
	.examples = {"pageowl top page_owner.txt.gz",
		     "pageowl top --by=module,order --not=module=ext4 dump"},
	.options = options,
	.run = run_top,
};
