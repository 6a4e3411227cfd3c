/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/account_join.h"

#include <inttypes.h>
#include <stdio.h>

#include "account/coverage.h"
#include "account/rollup.h"
#include "cli/account_counters.h"
#include "cli/account_steps.h"
#include "cli/comparison.h"
#include "cli/frame_names.h"
#include "cli/source_lines.h"
#include "diff/diff.h"

void account_join_deinit(struct account_join *join)
{
	size_t i;

	account_report_deinit(&join->report);
	report_deinit(&join->holders);
	report_deinit(&join->counted);
	report_deinit(&join->objects);
	for (i = 0; i < 2; i++) {
		process_report_deinit(&join->processes[i]);
		row_set_deinit(&join->counted_sets[i]);
		reading_close(&join->readings[i]);
	}
}

/* ---- the stacks ---- */

static const char *gap_of(const struct capture_source *source)
{
	if (loss_is_any(&source->snapshot.loss))
		return "not all of the stacks could be read: those that were "
		       "skipped or cut off lack here";
	if (strcmp(source->format->name, "page_owner_stacks") == 0)
		return "page_owner_stacks leaves out pages of early boot, and "
		       "stacks first seen where the kernel could not allocate";
	return NULL;
}

/* page_owner has pages of early boot, page_owner_stacks has not. */
static bool has_one_format(const struct account_join *join)
{
	return join->count == 1 || join->readings[0].shown->format ==
					   join->readings[1].shown->format;
}

static struct coverage_facts coverage_facts_of(struct account_join *join,
					       size_t index)
{
	struct reading *reading = &join->readings[index];
	const struct report_side *side = &join->holders.sides[index];

	return (struct coverage_facts){
		.budget = &join->report.sides[index].budget,
		.stacks = &reading->shown->snapshot,
		.unit_bytes = side->unit_bytes,
		.vmallocinfo = account_snapshot(reading, "vmallocinfo"),
		.traces = account_snapshot(reading, "slab_traces"),
		.gap = gap_of(reading->shown),
		.without_early = !has_one_format(join),
		.table_levels = join->table_levels[index],
		/* Old kernels print none. */
		.timed = side->timed && side->began_ns != TS_NONE &&
			 reading->shown->snapshot.youngest_ns,
	};
}

static void add_misfits(struct account_join *join, size_t index,
			uint64_t misfits[TABLE_LEVELS])
{
	struct coverage_facts facts = coverage_facts_of(join, index);
	const struct budget_row *row = budget_row(facts.budget, "page-tables");

	if (row)
		page_table_misfits(facts.stacks, facts.unit_bytes, facts.timed,
				   row->sum.kib, misfits);
}

/* One kernel counts alike in both captures. */
static void find_table_levels(struct account_join *join)
{
	bool alike = account_is_one_kernel(join);
	uint64_t misfits[2][TABLE_LEVELS] = {{0}};
	size_t i;

	for (i = 0; i < join->count; i++)
		add_misfits(join, i, misfits[alike ? 0 : i]);
	for (i = 0; i < join->count; i++)
		join->table_levels[i] =
			page_table_levels(misfits[alike ? 0 : i]);
}

/* Zones tell the size of a page where no dump does. */
static void settle_page_size(const struct budget *budget,
			     struct report_side *side)
{
	if (budget->page_size == side->unit_bytes || side->unit != UNIT_PAGE ||
	    strcmp(side->page_size_from, "assumed") != 0)
		return;
	side->unit_bytes = budget->page_size;
	side->page_size_from = "inferred";
}

static bool set_sides(struct account_join *join,
		      const struct settings *settings, struct error *err)
{
	size_t i;

	join->holders.side_count = (unsigned)join->count;
	join->holders.boot = join->report.boot;
	join->holders.all_ranked = true;
	for (i = 0; i < join->count; i++) {
		reading_side(&join->readings[i], settings,
			     &join->holders.sides[i]);
		settle_page_size(&join->report.sides[i].budget,
				 &join->holders.sides[i]);
	}
	find_table_levels(join);
	for (i = 0; i < join->count; i++) {
		struct account_side *side = &join->report.sides[i];
		struct coverage_facts facts = coverage_facts_of(join, i);

		if (!coverage_mark(&facts, err) ||
		    !coverage_make(&facts, &join->report.arena, side, err))
			return false;
	}
	return true;
}

/* ---- NUMA nodes ---- */

/* "node 12", in the arena. */
static const char *node_scope(struct account_join *join, uint64_t node)
{
	char scope[32];

	snprintf(scope, sizeof(scope), "node %" PRIu64, node);
	return arena_string(&join->report.arena, span_of(scope));
}

static bool make_node(struct account_join *join, size_t index,
		      struct account_node *node, struct error *err)
{
	struct coverage_facts coverage;
	const char *scope = node_scope(join, node->node);

	if (!scope)
		return error_no_memory(err);
	if (!budget_build(&join->facts[index], scope, &join->report.arena,
			  &node->budget, err))
		return false;
	node->unaccounted_stacks_kib = -1;
	if (!join->report.holders ||
	    !(join->readings[index].shown->snapshot.fields_seen &
	      1u << FIELD_NODE))
		return true;
	coverage = coverage_facts_of(join, index);
	node->unaccounted_stacks_kib =
		coverage_of_node(&coverage, node->node, &node->budget);
	return true;
}

static bool make_nodes(struct account_join *join, size_t index,
		       struct error *err)
{
	struct account_side *side = &join->report.sides[index];
	uint64_t *nodes;
	size_t i;

	if (!budget_nodes(join->facts[index].counters, &join->report.arena,
			  &nodes, &side->node_count, err))
		return false;
	side->nodes = arena_alloc(&join->report.arena,
				  side->node_count * sizeof(*side->nodes));
	if (!side->nodes)
		return error_no_memory(err);
	for (i = 0; i < side->node_count; i++) {
		side->nodes[i].node = nodes[i];
		if (!make_node(join, index, &side->nodes[i], err))
			return false;
	}
	return true;
}

/* ---- together ---- */

static bool build(struct account_join *join, const struct settings *settings,
		  const struct filter *filter, struct row_set *const sets[2],
		  struct snapshot *const snapshots[2], struct report *report,
		  struct error *err)
{
	if (join->count == 2)
		return comparison_build(sets, snapshots, settings, filter,
					report, err);
	return rollup_build(sets[0], snapshots[0], &settings->grouping, filter,
			    MATCH_EXACT, err) &&
	       rollup_report(report, err);
}

/* Shares are of the remainder, not of what is explained of it. */
static void set_whole(struct account_join *join)
{
	int64_t kib = join->report.sides[0].budget.remainder_kib;
	uint64_t unit = join->holders.sides[0].unit_bytes;

	if (join->count == 1 && kib > 0 && kib < INT64_MAX / 1024)
		join->holders.whole_units = (uint64_t)kib * 1024 / unit;
}

static bool make_holders(struct account_join *join, struct cli *cli,
			 struct error *err)
{
	struct row_set *const sets[2] = {&join->readings[0].set,
					 &join->readings[1].set};
	struct snapshot *snapshots[2] = {NULL};
	const struct filter uncounted = {.counted = COUNTED_NOT};
	size_t i;

	for (i = 0; i < join->count; i++)
		snapshots[i] = &join->readings[i].shown->snapshot;
	if (!set_sides(join, cli->settings, err) ||
	    !build(join, cli->settings, &uncounted, sets, snapshots,
		   &join->holders, err) ||
	    !reading_arrange(cli->settings, join->readings, join->count,
			     join->count == 1 ? SORT_AFTER : SORT_RANK,
			     &join->holders, err))
		return false;
	set_whole(join);
	join->report.holders = &join->holders;
	join->report.holders_are_sites =
		snapshots[0]->identity & 1u << FIELD_SITE;
	return true;
}

/* What counters have of the kernel's memory has holders, too. */
static bool make_counted(struct account_join *join, struct cli *cli,
			 struct error *err)
{
	struct row_set *const sets[2] = {&join->counted_sets[0],
					 &join->counted_sets[1]};
	const struct filter counted = {.counted = COUNTED_KERNEL};
	struct snapshot *snapshots[2] = {NULL};
	struct report *report = &join->counted;
	size_t i;

	if (join->report.holders_are_sites)
		return true;
	report->side_count = (unsigned)join->count;
	report->boot = join->report.boot;
	report->all_ranked = true;
	for (i = 0; i < join->count; i++) {
		snapshots[i] = &join->readings[i].shown->snapshot;
		report->sides[i] = join->holders.sides[i];
		report->sides[i].set = sets[i];
	}
	if (!build(join, cli->settings, &counted, sets, snapshots, report,
		   err) ||
	    !reading_arrange(cli->settings, join->readings, join->count,
			     join->count == 1 ? SORT_AFTER : SORT_RANK, report,
			     err))
		return false;
	join->report.counted = report;
	return true;
}

static bool make_objects(struct account_join *join, struct cli *cli,
			 struct error *err)
{
	struct row_set *const sets[2] = {&join->readings[0].object_set,
					 &join->readings[1].object_set};
	struct snapshot *snapshots[2] = {NULL};
	struct report *report = &join->objects;
	size_t i;

	report->side_count = (unsigned)join->count;
	report->boot = join->report.boot;
	for (i = 0; i < join->count; i++) {
		snapshots[i] = &join->readings[i].objects->snapshot;
		reading_object_side(&join->readings[i], &report->sides[i]);
		report->sides[i].set = sets[i];
	}
	if (join->count == 2)
		comparison_warn_untraced(join->readings, report);
	if (!build(join, cli->settings, &cli->settings->filter, sets, snapshots,
		   report, err) ||
	    !reading_arrange(cli->settings, join->readings, join->count,
			     SORT_RANK, report, err))
		return false;
	join->report.objects = report;
	return true;
}

bool account_join_make(struct account_join *join, struct cli *cli,
		       struct error *err)
{
	struct account_report *report = &join->report;
	size_t i;

	report->side_count = (unsigned)join->count;
	if (!reading_choose_holders(join->readings, join->count, cli, err) ||
	    !frame_names_fill(cli, join->readings, join->count, err) ||
	    !source_lines_of_rows(cli, join->readings, join->count, err))
		return false;
	if (join->count == 2)
		report->boot =
			comparison_boot(&join->readings[0], &join->readings[1]);
	if (!account_counters_make(join, cli->settings, err))
		return false;
	if (join->readings[0].shown &&
	    (!make_holders(join, cli, err) || !make_counted(join, cli, err)))
		return false;
	if (join->readings[0].objects && !make_objects(join, cli, err))
		return false;
	for (i = 0; cli->settings->by_node && i < join->count; i++)
		if (!make_nodes(join, i, err))
			return false;
	return account_steps_make(join, err);
}
