/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/comparison.h"

#include "account/rollup.h"
#include "base/quote.h"
#include "diff/diff.h"
#include "diff/stack_match.h"

bool comparison_can_read(const struct cli *cli, struct error *err)
{
	size_t pipes = 0, i;

	for (i = 0; i < cli->operand_count; i++)
		pipes += strcmp(cli->operands[i], "-") == 0;
	return pipes < 2 ||
	       error_set(err, ERROR_USAGE,
			 cli->operand_count == 2
				 ? "only one of OLD and NEW can be '-'"
				 : "only one of the captures can be '-'");
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

enum same_boot comparison_boot(const struct reading *old,
			       const struct reading *new)
{
	const struct capture *before = &old->capture;
	const struct capture *after = &new->capture;
	enum same_boot boot;

	if (before->boot_id && after->boot_id)
		return strcmp(before->boot_id, after->boot_id) == 0
			       ? BOOT_SAME
			       : BOOT_OTHER;
	if (before->kernel && after->kernel &&
	    strcmp(before->kernel, after->kernel) != 0)
		return BOOT_OTHER;
	/* A clock that was set in between moves btime, and not the pages. */
	boot = BOOT_UNKNOWN;
	if (old->shown && new->shown)
		boot = stack_match_boot(&old->shown->snapshot,
					&new->shown->snapshot);
	return boot == BOOT_UNKNOWN ? boot_by_btime(before, after) : boot;
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
void comparison_warn_untraced(const struct reading readings[2],
			      struct report *objects)
{
	char name[QUOTE_CAPACITY];
	struct span cache;
	size_t count = capture_untraced(&readings[0].capture,
					&readings[1].capture, &cache);

	if (!count)
		return;
	quote_text(cache, QUOTE_LIMIT, name, sizeof(name));
	diff_note(objects,
		  "OLD has no traces of %zu cache%s that NEW has, '%.100s' "
		  "among them: objects of theirs look new",
		  count, count == 1 ? "" : "s", name);
}

bool comparison_build(struct row_set *const sets[2],
		      struct snapshot *const snapshots[2],
		      const struct settings *settings,
		      const struct filter *filter, struct report *report,
		      struct error *err)
{
	unsigned i;

	if (!choose_match(settings, report, err))
		return false;
	for (i = 0; i < 2; i++)
		if (!rollup_build(sets[i], snapshots[i], &settings->grouping,
				  filter, report->match, err))
			return false;
	return diff_build(report, err);
}

void comparison_say(struct cli *cli, const struct report *report)
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
