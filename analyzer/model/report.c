/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/report.h"

/* Of what OLD held at T0 this share must still be there to call it kept. */
#define KEPT_ENOUGH 0.9

/* From this share on, pages that were allocated during the reading itself
 * mean that the stack allocates and frees without end.
 */
#define FRESH_ENOUGH 0.5

static const struct verdict_info infos[VERDICT_COUNT] = {
	[VERDICT_ACCUMULATES] =
		{
			"accumulates",
			"grew, and next to nothing of what OLD held was freed",
			0,
		},
	[VERDICT_APPEARED] =
		{
			"appeared",
			"OLD held nothing, and it is not being replaced",
			0,
		},
	[VERDICT_TURNS_OVER] =
		{
			"turns over",
			"grew, but much was freed, or replaced while NEW was "
			"read",
			1,
		},
	[VERDICT_GREW] =
		{
			"grew",
			"growth that is no suspicion, or that nothing more is "
			"known of",
			2,
		},
	[VERDICT_STEADY] = {"steady", "holds what it held", 3},
	[VERDICT_SHRANK] = {"shrank", "holds less", 4},
	[VERDICT_GONE] = {"gone", "holds nothing any more", 5},
};

const struct verdict_info *verdict_info(enum verdict verdict)
{
	return &infos[verdict];
}

void report_deinit(struct report *report)
{
	arena_deinit(&report->arena);
}

void report_row_init(const struct report *report, struct report_row *row,
		     const struct keyed_row *keyed)
{
	const struct stack *stack = keyed->stack;
	const struct frame *blamed = stack_blamed(stack);
	const struct category_info *category =
		category_info(stack->class.category);

	*row = (struct report_row){
		.stack = stack,
		.module = stack->class.module,
		.category = stack->class.category,
		.block = category->block,
		.mixed = keyed->mixed,
		.suspect = keyed->suspect,
	};
	if (blamed)
		row->function =
			frame_is_address(blamed) ? blamed->text : blamed->name;
	if (report->keys) {
		row->stack = NULL;
		row->values = keyed->values;
		row->block = BLOCK_KERNEL;
	}
}

/* Share of OLD's pages that are in NEW still. Needs one boot and times. */
static double kept_share(const struct report *report,
			 const struct tally *before, const struct tally *after)
{
	double kept;

	if (report->side_count < 2 || report->boot == BOOT_OTHER ||
	    report->sides[0].began_ns == TS_NONE || !before->units_timed ||
	    !before->units_before)
		return SHARE_NONE;
	kept = (double)after->units_before / (double)before->units_before;
	return kept > 1 ? 1 : kept;
}

static double fresh_share(const struct report_side *side,
			  const struct tally *tally)
{
	if (!side->fresh_known || !tally->units_timed)
		return SHARE_NONE;
	return (double)tally->units_fresh / (double)tally->units_timed;
}

static enum verdict growth_verdict(const struct report_row *row,
				   const struct tally *before)
{
	if (!row->suspect)
		return VERDICT_GREW;
	if (row->fresh >= FRESH_ENOUGH)
		return VERDICT_TURNS_OVER;
	if (!before->units)
		return VERDICT_APPEARED;
	if (row->kept == SHARE_NONE)
		return VERDICT_GREW;
	return row->kept >= KEPT_ENOUGH ? VERDICT_ACCUMULATES
					: VERDICT_TURNS_OVER;
}

void report_judge(const struct report *report, const struct tally *before,
		  const struct tally *after, struct report_row *row)
{
	const struct report_side *newest =
		&report->sides[report->side_count - 1];

	row->growth.units = (int64_t)(after->units - before->units);
	row->growth.records = (int64_t)(after->records - before->records);
	row->kept = kept_share(report, before, after);
	row->fresh = fresh_share(newest, after);
	if (!after->units)
		row->verdict = VERDICT_GONE;
	else if (row->growth.units < 0)
		row->verdict = VERDICT_SHRANK;
	else if (row->growth.units == 0)
		row->verdict = VERDICT_STEADY;
	else
		row->verdict = growth_verdict(row, before);
}
