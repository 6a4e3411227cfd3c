/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl diff: what grew between two captures, and whether it is a leak. */
#include "account/rollup.h"
#include "cli/reading.h"
#include "diff/diff.h"
#include "diff/stack_match.h"

static bool read_both(struct cli *cli, struct reading readings[2],
		      struct error *err)
{
	struct snapshot *old = &readings[0].snapshot;

	if (strcmp(cli->operands[0], "-") == 0 &&
	    strcmp(cli->operands[1], "-") == 0)
		return error_set(err, ERROR_USAGE,
				 "only one of OLD and NEW can be '-'");

	return reading_open(&readings[0], cli, cli->operands[0], NULL, err) &&
	       reading_open(&readings[1], cli, cli->operands[1], &old->began_ns,
			    err);
}

static enum same_boot boot_of(const struct reading readings[2])
{
	const struct capture *old = &readings[0].capture;
	const struct capture *new = &readings[1].capture;

	if (old->boot_id[0] && new->boot_id[0])
		return strcmp(old->boot_id, new->boot_id) == 0 ? BOOT_SAME
							       : BOOT_OTHER;
	if (old->kernel[0] && new->kernel[0] &&
	    strcmp(old->kernel, new->kernel) != 0)
		return BOOT_OTHER;
	return stack_match_boot(&readings[0].snapshot, &readings[1].snapshot);
}

static bool choose_match(const struct settings *settings,
			 const struct reading readings[2],
			 struct report *report, struct error *err)
{
	if (!stack_match_choose(&readings[0].snapshot, &readings[1].snapshot,
				&report->match, &report->match_reason, err))
		return false;
	/* Another build was booted for itself. */
	if (report->match == MATCH_NAME)
		report->boot = BOOT_OTHER;
	if (settings->match_given) {
		report->match = settings->match;
		report->match_reason = "given";
	}
	return true;
}

static bool make_report(const struct settings *settings,
			struct reading readings[2], struct report *report,
			struct error *err)
{
	unsigned i;

	report->side_count = 2;
	report->boot = boot_of(readings);
	if (!choose_match(settings, readings, report, err))
		return false;
	for (i = 0; i < 2; i++) {
		if (!rollup_build(&readings[i].set, &readings[i].snapshot,
				  &settings->grouping, &settings->filter,
				  report->match, err))
			return false;
		reading_side(&readings[i], settings, &report->sides[i]);
	}
	if (!diff_build(report, err))
		return false;
	diff_warn(report);
	return true;
}

static void say_warnings(struct cli *cli, const struct report *report)
{
	unsigned i;

	for (i = 0; i < report->warning_count; i++)
		console_warn(&cli->console, "%s", report->warnings[i]);
	if (!cli->settings->verbose)
		return;
	console_warn(&cli->console, "stacks are matched %s; %s",
		     report->match == MATCH_EXACT ? "exactly" : "by name",
		     report->match_reason);
	if (report->repaired)
		console_warn(&cli->console,
			     "%zu stacks were paired in spite of a frame "
			     "without a name",
			     report->repaired);
}

static int run_diff(struct cli *cli)
{
	const char *keys[GROUP_KEYS_MAX + 1];
	struct reading readings[2] = {0};
	struct report report = {0};
	struct error err = {0};
	int status = STATUS_TROUBLE;

	reading_report(cli->settings, &report, keys);
	if (read_both(cli, readings, &err) &&
	    make_report(cli->settings, readings, &report, &err)) {
		say_warnings(cli, &report);
		status = reading_show(cli, &report,
				      reading_is_lossy(&readings[0]) ||
					      reading_is_lossy(&readings[1]));
	} else {
		console_error(&cli->console, "%s", err.text);
	}
	report_deinit(&report);
	reading_close(&readings[0]);
	reading_close(&readings[1]);
	return status;
}

static const struct cli_option *const options[] = {
	reading_options,
	diff_options,
	general_options,
	NULL,
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
	.run = run_diff,
};
