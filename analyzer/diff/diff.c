/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diff/diff.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "diff/stale_frames.h"

static const struct tally nothing;

static struct keyed_row *find(const struct row_set *set,
			      const struct keyed_row *row)
{
	struct keyed_row *found;

	HASH_FIND_BYHASHVALUE(hh, set->rows, row->key.at, row->key.length,
			      row->hh.hashv, found);
	return found;
}

static void add_row(struct report *report, const struct keyed_row *old,
		    const struct keyed_row *new)
{
	struct report_row *row = &report->rows[report->row_count++];

	report_row_init(report, row, new ? new : old);
	row->keyed[0] = old;
	row->keyed[1] = new;
	if (old && new)
		row->mixed = old->mixed || new->mixed;
	row->sides[0] = old ? old->tally : &nothing;
	row->sides[1] = new ? new->tally : &nothing;
	report_judge(report, row->sides[0], row->sides[1], row);
}

bool diff_build(struct report *report, struct error *err)
{
	const struct row_set *old = report->sides[0].set;
	const struct row_set *new = report->sides[1].set;
	const struct keyed_row **lone[2], *row;
	size_t counts[2] = {0, 0};

	report->rows =
		arena_alloc(&report->arena,
			    (old->count + new->count) * sizeof(*report->rows));
	lone[0] = arena_alloc(&report->arena, old->count * sizeof(*lone[0]));
	lone[1] = arena_alloc(&report->arena, new->count * sizeof(*lone[1]));
	if (!report->rows || !lone[0] || !lone[1])
		return error_no_memory(err);
	for (row = new->rows; row; row = row->hh.next) {
		const struct keyed_row *partner = find(old, row);

		if (partner)
			add_row(report, partner, row);
		else
			lone[1][counts[1]++] = row;
	}
	for (row = old->rows; row; row = row->hh.next)
		if (!find(new, row))
			lone[0][counts[0]++] = row;
	if (!report->keys && report->boot != BOOT_OTHER)
		report->repaired = stale_frames_pair(lone, counts);
	for (size_t i = 0; i < counts[1]; i++) {
		if (i < report->repaired)
			add_row(report, lone[0][i], lone[1][i]);
		else
			add_row(report, NULL, lone[1][i]);
	}
	for (size_t i = report->repaired; i < counts[0]; i++)
		add_row(report, lone[0][i], NULL);
	return true;
}

/* ---- doubts ---- */

void diff_note(struct report *report, const char *format, ...)
{
	va_list args;

	if (report->warning_count ==
	    sizeof(report->warnings) / sizeof(report->warnings[0]))
		return;
	va_start(args, format);
	vsnprintf(report->warnings[report->warning_count++],
		  sizeof(report->warnings[0]), format, args);
	va_end(args);
}

static uint64_t common_pages(const struct report *report)
{
	uint64_t pages = 0;
	size_t i;

	for (i = 0; i < report->row_count; i++)
		if (report->rows[i].sides[0]->units &&
		    report->rows[i].sides[1]->units)
			pages += report->rows[i].sides[0]->units;
	return pages;
}

bool diff_is_swapped(const struct report *report)
{
	const struct report_side *old = &report->sides[0];
	const struct report_side *new = &report->sides[1];

	return report->boot != BOOT_OTHER && old->began_ns != TS_NONE &&
	       new->began_ns != TS_NONE &&new->began_ns < old->began_ns;
}

static bool kernels_differ(const struct report *report)
{
	const char *old = report->sides[0].kernel;
	const char *new = report->sides[1].kernel;

	return old && new &&strcmp(old, new) != 0;
}

/* Objects do not become referenced again as a rule. */
static bool leaks_are_missing(const struct report *report)
{
	uint64_t old = report->sides[0].set->total.records;
	uint64_t new = report->sides[1].set->total.records;

	return report_is_on_leaks(report) && report->boot != BOOT_OTHER &&
	       !kernels_differ(report) && new < old - old / 10;
}

void diff_warn(struct report *report)
{
	uint64_t pages = report->sides[0].set->total.units;

	if (diff_is_swapped(report))
		diff_note(
			report,
			"OLD was taken later than NEW (%.0f s against %.0f s "
			"of "
			"uptime); swap them%s",
			(double)report->sides[0].began_ns / 1e9,
			(double)report->sides[1].began_ns / 1e9,
			report->boot == BOOT_SAME
				? ""
				: ", unless the machine was booted in between");
	if (kernels_differ(report))
		diff_note(report, "the captures come from different kernels");
	else if (leaks_are_missing(report))
		diff_note(report,
			  "kmemleak lists %" PRIu64 " fewer objects than in "
			  "OLD, which do not become referenced again as a "
			  "rule: was it cleared, or is NEW cut?",
			  report->sides[0].set->total.records -
				  report->sides[1].set->total.records);
	else if (!report->keys && common_pages(report) * 2 < pages)
		diff_note(
			report,
			"less than half of what OLD holds has a stack that NEW "
			"knows; are both of one machine?");
	if (report->boot == BOOT_OTHER)
		diff_note(report,
			  "the captures come from different boots: what "
			  "was kept cannot be told");
}
