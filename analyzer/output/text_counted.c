/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/text_counted.h"

#include "output/text_ranking.h"

/* Rows, unless --top says how many. */
#define COUNTED_SHOWN 5

/* What is less than this part of all that is held is not worth a row. */
#define COUNTED_PARTS 512

static uint64_t held_bytes(const struct report *report)
{
	const struct report_side *side = &report->sides[report->side_count - 1];
	uint64_t bytes;

	if (__builtin_mul_overflow(side->set->total.units, side->unit_bytes,
				   &bytes))
		return UINT64_MAX;
	return bytes;
}

/* Of two captures, whether any of it grew. */
static bool has_rows(const struct report *report)
{
	size_t i;

	for (i = 0; i < report->group_count; i++)
		if (report->side_count == 1 ||
		    report->groups[i].growth.units > 0)
			return true;
	return false;
}

void text_counted_write(struct account_view *view)
{
	const struct report *report = view->report->counted;
	struct text_ranking ranking = {
		.every_block = true,
		.room = COUNTED_SHOWN,
		.spares = true,
	};
	struct text_view rows;

	if (!report || (!has_rows(report) && !view->options->verbose))
		return;
	ranking.least_bytes = held_bytes(report) / COUNTED_PARTS;
	fputs(report->side_count == 2
		      ? "\nKernel memory that is counted, slab caches aside, "
			"and what of it grew:\n"
		      : "\nKernel memory that is counted, slab caches aside:\n",
	      view->file);
	text_view_init(&rows, report, view->options, view->file);
	text_write_blocks(&rows);
	text_ranking_write(&rows, &ranking);
	view->no_memory |= rows.no_memory;
}
