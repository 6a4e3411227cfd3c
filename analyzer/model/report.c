/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/report.h"

/* Of what OLD held at T0 this share must still be there to call it kept. */
#define KEPT_ENOUGH 0.9

/* From this share on, pages that were allocated during the reading itself
 * mean that the stack allocates and frees without end.
 */
#define FRESH_ENOUGH 0.5

static const struct verdict_info infos[VERDICT_COUNT] = {
	[VERDICT_KEEPS_ACCUMULATING] =
		{
			"keeps accumulating",
			"of a series: grew to its end, and little was freed",
			0,
		},
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
	[VERDICT_FILLED_UP] =
		{
			"filled up",
			"of a series: grew, and then stopped",
			1,
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
			"growth that is no suspicion, or of which no more is "
			"known",
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

bool report_is_on_objects(const struct report *report)
{
	return report->sides[0].snapshot->identity & 1u << FIELD_CACHE;
}

/* Objects are what judgement is passed on, but for those that go by themselves
 * when memory is short. */
static enum category_block object_block(enum category category)
{
	return category == CATEGORY_SLAB_RECLAIMABLE ? BLOCK_USER
						     : BLOCK_KERNEL;
}

bool report_is_on_leaks(const struct report *report)
{
	const char *format = report->sides[0].format;

	return format && strcmp(format, "kmemleak") == 0;
}

bool report_tells_holders(const struct report *report)
{
	const char *format = report->sides[0].format;

	return !format || strcmp(format, "slab_free_traces") != 0;
}

bool report_tells(const struct report *report, const char *name)
{
	size_t i;

	if (!report->keys)
		return true;
	for (i = 0; report->keys[i]; i++)
		if (strcmp(report->keys[i], name) == 0 ||
		    strcmp(report->keys[i], "stack") == 0)
			return true;
	return false;
}

void report_row_init(const struct report *report, struct report_row *row,
		     const struct keyed_row *keyed)
{
	const struct stack *stack = keyed->stack;
	const struct frame *blamed = stack_blamed(stack);
	const struct category_info *category = category_info(keyed->category);

	*row = (struct report_row){
		.stack = stack,
		.module = stack->class.module,
		.detail = keyed->detail,
		.category = keyed->category,
		.block = category->block,
		.mixed = keyed->mixed,
		.suspect = keyed->suspect && report_tells_holders(report),
	};
	if (report_is_on_objects(report))
		row->block = object_block(row->category);
	if (report_is_on_leaks(report)) {
		row->block = BLOCK_KERNEL;
		row->suspect = true;
	}
	if (blamed)
		row->function =
			frame_is_address(blamed) ? blamed->text : blamed->name;
	if (report->keys) {
		row->stack = NULL;
		row->values = keyed->values;
		row->block = BLOCK_KERNEL;
	}
}

struct agreement *report_add_agreement(struct report *report,
				       struct report_group *group)
{
	if (!group->agreements)
		group->agreements = arena_alloc(
			&report->arena,
			AGREEMENTS_MAX * sizeof(*group->agreements));
	return group->agreements ? &group->agreements[group->agreement_count++]
				 : NULL;
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

/*
 * Much of what OLD held was freed. That tells of what came since where this is
 * no more than OLD had: one old object that went says nothing of a thousand
 * new ones.
 */
static enum verdict turned_over(uint64_t before, uint64_t after)
{
	return after > before && after - before > before ? VERDICT_GREW
							 : VERDICT_TURNS_OVER;
}

static enum verdict growth_verdict(const struct report_row *row,
				   const struct tally *before,
				   const struct tally *after)
{
	if (!row->suspect)
		return VERDICT_GREW;
	if (row->fresh >= FRESH_ENOUGH)
		return VERDICT_TURNS_OVER;
	if (!before->units)
		return VERDICT_APPEARED;
	if (row->kept == SHARE_NONE)
		return VERDICT_GREW;
	return row->kept >= KEPT_ENOUGH
		       ? VERDICT_ACCUMULATES
		       : turned_over(before->units, after->units);
}

/* Of the ages of objects. Without a clock they prove nothing. */
struct age_cuts {
	bool known;
	double interval;      /* from one reading to the other, about */
	uint64_t least;	      /* … and at least */
	uint64_t fresh_least; /* younger: made while NEW was taken */
	uint64_t fresh_most;  /* older: made before that */
};

static uint64_t difference(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static void age_cuts(const struct report *report, struct age_cuts *ret)
{
	const struct report_side *new = &report->sides[report->side_count - 1];
	const struct report_side *old = &report->sides[0];
	double began;

	*ret = (struct age_cuts){0};
	if (new->clock.known &&new->began_ns != TS_NONE) {
		began = (double)new->began_ns / 1e9 * new->clock.hz;
		ret->fresh_least =
			difference(new->clock.first, (uint64_t)began);
		ret->fresh_most = difference(new->clock.last, (uint64_t)began);
	}
	if (report->side_count < 2 || report->boot == BOOT_OTHER ||
	    !new->clock.known || !old->clock.known ||
	    new->clock.last <= old->clock.last)
		return;
	ret->known = true;
	ret->interval = (double)(new->clock.last - old->clock.last);
	ret->least = difference(new->clock.first, old->clock.last);
}

/* Objects that live for less than a second, and are made at this moment. */
static bool is_short_lived(const struct report_side *side,
			   const struct object_tally *objects)
{
	return side->clock.hz && objects->age_max < side->clock.hz &&
	       objects->age_min < objects->age_max / 10 + 1;
}

/* 1: all were made while the capture was taken; 0: none was. */
static double fresh_objects(const struct age_cuts *cuts,
			    const struct report_side *side,
			    const struct object_tally *objects)
{
	if (!objects->aged)
		return SHARE_NONE;
	if (objects->age_max < cuts->fresh_least ||
	    is_short_lived(side, objects))
		return 1;
	if (cuts->fresh_most && objects->age_min > cuts->fresh_most)
		return 0;
	return SHARE_NONE;
}

/*
 * If everything that OLD held is there still, each of its objects has grown
 * older by the interval, the oldest one as all of them together.
 */
static enum verdict age_verdict(const struct age_cuts *cuts,
				const struct object_tally *old,
				const struct object_tally *new)
{
	double most = KEPT_ENOUGH * cuts->interval;

	if (!cuts->known || !old->aged || !new->aged ||
	    new->age_sum == UINT64_MAX)
		return VERDICT_GREW;
	if (new->age_max < cuts->least)
		return VERDICT_TURNS_OVER;
	if ((double)new->age_max < (double)old->age_max + most ||
	    (double)new->age_sum <
		    (double)old->age_sum + (double)old->aged * most)
		return VERDICT_TURNS_OVER;
	return VERDICT_ACCUMULATES;
}

static enum verdict object_verdict(const struct report *report,
				   const struct report_row *row,
				   const struct tally *before,
				   const struct tally *after)
{
	struct age_cuts cuts;
	enum verdict verdict;

	if (!row->suspect)
		return VERDICT_GREW;
	if (row->fresh >= FRESH_ENOUGH)
		return VERDICT_TURNS_OVER;
	if (!before->records)
		return VERDICT_APPEARED;
	age_cuts(report, &cuts);
	verdict = age_verdict(&cuts, &before->objects, &after->objects);
	return verdict == VERDICT_TURNS_OVER
		       ? turned_over(before->records, after->records)
		       : verdict;
}

/* Objects of no known size have no bytes: their number has to tell. */
bool report_counts_records(const struct tally *before,
			   const struct tally *after)
{
	return before->units == after->units &&
	       (before->objects.unsized || after->objects.unsized);
}

/* A dump that lies may claim more than there is room for. */
static int64_t growth_of(uint64_t before, uint64_t after)
{
	if (after >= before)
		return after - before > INT64_MAX ? INT64_MAX
						  : (int64_t)(after - before);
	return before - after > INT64_MAX ? -INT64_MAX
					  : -(int64_t)(before - after);
}

/* What nothing points to is not freed any more. */
static enum verdict leak_verdict(const struct tally *before)
{
	return before->records ? VERDICT_ACCUMULATES : VERDICT_APPEARED;
}

void report_judge(const struct report *report, const struct tally *before,
		  const struct tally *after, struct report_row *row)
{
	const struct report_side *newest =
		&report->sides[report->side_count - 1];
	int64_t grown;

	row->growth.units = growth_of(before->units, after->units);
	row->growth.records = growth_of(before->records, after->records);
	grown = report_counts_records(before, after) ? row->growth.records
						     : row->growth.units;
	row->kept = kept_share(report, before, after);
	row->fresh = fresh_share(newest, after);
	if (after->objects.objects) {
		struct age_cuts cuts;

		age_cuts(report, &cuts);
		row->fresh = fresh_objects(&cuts, newest, &after->objects);
	}
	if (!after->units && !after->records)
		row->verdict = VERDICT_GONE;
	else if (grown < 0)
		row->verdict = VERDICT_SHRANK;
	else if (grown == 0)
		row->verdict = VERDICT_STEADY;
	else if (after->objects.objects)
		row->verdict = object_verdict(report, row, before, after);
	else if (report_is_on_leaks(report) && report->boot != BOOT_OTHER)
		row->verdict = leak_verdict(before);
	else
		row->verdict = growth_verdict(row, before, after);
}

enum verdict report_trend_verdict(const struct report *report,
				  enum verdict verdict, bool suspect,
				  const struct trend *trend)
{
	/* Each boot begins anew: from one to the next nothing accumulates. Of
	 * objects that nothing points to there is no doubt that a longer series
	 * would lift. */
	bool open = suspect && !report_is_on_leaks(report) &&
		    report->boot != BOOT_OTHER &&
		    (verdict == VERDICT_ACCUMULATES ||
		     verdict == VERDICT_APPEARED || verdict == VERDICT_GREW);

	if (open && trend && trend->shape == TREND_GROWS)
		return VERDICT_KEEPS_ACCUMULATING;
	if (open && trend && trend->shape == TREND_FILLED)
		return VERDICT_FILLED_UP;
	return verdict;
}
