/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pageowl diff: what grew between two captures, and whether it is a leak. */
#include <stdio.h>

#include "account/rollup.h"
#include "base/quote.h"
#include "cli/reading.h"
#include "diff/diff.h"
#include "diff/stack_match.h"

static bool read_both(struct cli *cli, struct reading readings[2],
		      struct error *err)
{
	struct reading_want want = {0};
	uint64_t began_ns;

	if (strcmp(cli->operands[0], "-") == 0 &&
	    strcmp(cli->operands[1], "-") == 0)
		return error_set(err, ERROR_USAGE,
				 "only one of OLD and NEW can be '-'");
	if (!reading_open(&readings[0], cli, cli->operands[0], &want, err))
		return false;
	began_ns = reading_began(&readings[0]);
	want.before_ns = &began_ns;
	return reading_open(&readings[1], cli, cli->operands[1], &want, err) &&
	       reading_choose(readings, 2, cli, err);
}

/* The kernel works it out anew each time: it wanders by a second. */
#define BTIME_SLACK 2

/* By the second at which each was booted. */
static enum same_boot boot_by_btime(const struct capture *old,
				    const struct capture *new)
{
	uint64_t a, b;

	if (!counters_value(&old->counters, "stat", SPAN(""), "btime", &a) ||
	    !counters_value(&new->counters, "stat", SPAN(""), "btime", &b))
		return BOOT_UNKNOWN;
	return (a > b ? a - b : b - a) <= BTIME_SLACK ? BOOT_SAME : BOOT_OTHER;
}

static enum same_boot boot_of(const struct reading readings[2])
{
	const struct capture *old = &readings[0].capture;
	const struct capture *new = &readings[1].capture;
	enum same_boot boot;

	if (old->boot_id && new->boot_id)
		return strcmp(old->boot_id, new->boot_id) == 0 ? BOOT_SAME
							       : BOOT_OTHER;
	if (old->kernel && new->kernel && strcmp(old->kernel, new->kernel) != 0)
		return BOOT_OTHER;
	/* A clock that was set in between moves btime, and not the pages. */
	boot = stack_match_boot(&readings[0].shown->snapshot,
				&readings[1].shown->snapshot);
	return boot == BOOT_UNKNOWN ? boot_by_btime(old, new) : boot;
}

static bool choose_match(const struct settings *settings, struct report *report,
			 struct error *err)
{
	if (!stack_match_choose(report->sides[0].snapshot,
				report->sides[1].snapshot, &report->match,
				&report->match_reason, err))
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

/* A cache that OLD left out, as one that hangs the machine, is not new. */
static void warn_untraced(const struct reading readings[2],
			  struct report *objects)
{
	char name[QUOTE_CAPACITY];
	struct span cache;
	size_t count = capture_untraced(&readings[0].capture,
					&readings[1].capture, &cache);

	if (!count ||
	    objects->warning_count ==
		    sizeof(objects->warnings) / sizeof(objects->warnings[0]))
		return;
	quote_text(cache, QUOTE_LIMIT, name, sizeof(name));
	snprintf(objects->warnings[objects->warning_count++],
		 sizeof(objects->warnings[0]),
		 "OLD has no traces of %zu cache%s that NEW has, '%.100s' "
		 "among them: objects of theirs look new",
		 count, count == 1 ? "" : "s", name);
}

static bool build(struct row_set *sets[2], struct snapshot *snapshots[2],
		  const struct settings *settings, struct report *report,
		  struct error *err)
{
	unsigned i;

	if (!choose_match(settings, report, err))
		return false;
	for (i = 0; i < 2; i++)
		if (!rollup_build(sets[i], snapshots[i], &settings->grouping,
				  &settings->filter, report->match, err))
			return false;
	return diff_build(report, err);
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
	warn_untraced(readings, objects);
	return build(sets, snapshots, settings, objects, err);
}

static bool make_reports(const struct settings *settings,
			 struct reading readings[2], struct report *report,
			 struct report *objects, struct error *err)
{
	struct row_set *sets[2];
	struct snapshot *snapshots[2];
	unsigned i;

	report->side_count = 2;
	report->boot = boot_of(readings);
	for (i = 0; i < 2; i++) {
		sets[i] = &readings[i].set;
		snapshots[i] = &readings[i].shown->snapshot;
		reading_side(&readings[i], settings, &report->sides[i]);
	}
	if (!build(sets, snapshots, settings, report, err))
		return false;
	diff_warn(report);
	if (report_is_on_objects(report))
		warn_untraced(readings, report);
	return make_objects(settings, readings, report, objects, err);
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
	struct report report = {0}, objects = {0};
	struct reading readings[2] = {0};
	struct error err = {0};
	int status = STATUS_TROUBLE;

	reading_report(cli->settings, &report, keys);
	reading_report(cli->settings, &objects, keys);
	if (read_both(cli, readings, &err) &&
	    make_reports(cli->settings, readings, &report, &objects, &err)) {
		say_warnings(cli, &report);
		if (report.objects)
			say_warnings(cli, &objects);
		status = reading_show(cli, readings, 2, &report);
	} else {
		console_error(&cli->console, "%s", err.text);
	}
	report_deinit(&report);
	report_deinit(&objects);
	reading_close(&readings[0]);
	reading_close(&readings[1]);
	return status;
}

static const struct cli_option *const options[] = {
	row_options,  show_options,    source_options,
	diff_options, general_options, NULL,
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
