/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_account.h"

#include "output/json_budget.h"
#include "output/json_proofs.h"
#include "output/json_report.h"
#include "output/json_slab.h"

static void nodes(struct json_writer *json, const struct account_side *side)
{
	size_t i;

	json_open_array(json, "nodes");
	for (i = 0; i < side->node_count; i++) {
		const struct account_node *node = &side->nodes[i];

		json_open_object(json, NULL);
		json_u64(json, "node", node->node);
		json_budget(json, "budget", &node->budget);
		json_kib_if(json, "unaccounted_stacks_kib",
			    node->unaccounted_stacks_kib >= 0,
			    node->unaccounted_stacks_kib);
		json_close_object(json);
	}
	json_close_array(json);
}

static void capture(struct json_writer *json,
		    const struct account_report *report,
		    const struct account_side *side)
{
	bool stacks = report->holders;

	json_open_object(json, NULL);
	json_string(json, "path", span_of(side->path));
	json_optional(json, "kernel", side->kernel);
	json_u64_if(json, "uptime_ns", side->uptime_ns != TS_NONE,
		    side->uptime_ns);
	json_optional(json, "told_by", side->told_by);
	json_budget(json, "budget", &side->budget);
	json_free(json, "free", &side->budget);
	json_kib_if(json, "holders_kib", stacks, side->holders_kib);
	json_kib_if(json, "balloon_kib", stacks, side->balloon_kib);
	json_kib_if(json, "holders_younger_kib",
		    stacks && side->holders_younger_kib >= 0,
		    side->holders_younger_kib);
	json_kib_if(json, "younger_kib", stacks && side->younger_kib >= 0,
		    side->younger_kib);
	json_coverages(json, side);
	json_checks(json, side);
	nodes(json, side);
	json_close_object(json);
}

/* Of what is in no counter, and of each part. */
static bool change(struct json_writer *json,
		   const struct account_report *report)
{
	const struct account_side *old = &report->sides[0];
	const struct account_side *new = &report->sides[1];
	bool known = old->budget.known && new->budget.known;
	struct budget_pairs pairs = {0};
	struct arena arena = {0};

	if (known &&
	    !budget_pairs_make(&old->budget, &new->budget, &arena, &pairs)) {
		arena_deinit(&arena);
		return false;
	}
	json_open_object(json, "change");
	json_optional(json, "boot", json_boot(report->boot));
	json_kib_if(json, "total_kib", known,
		    sum_minus(new->budget.total.kib, old->budget.total.kib));
	json_kib_if(
		json, "counted_kib", known,
		sum_minus(new->budget.counted.kib, old->budget.counted.kib));
	json_kib_if(json, "remainder_kib", known,
		    sum_minus(new->budget.remainder_kib,
			      old->budget.remainder_kib));
	json_kib_if(json, "holders_kib", report->holders,
		    sum_minus(new->holders_kib, old->holders_kib));
	json_budget_changes(json, &pairs);
	json_close_object(json);
	arena_deinit(&arena);
	return true;
}

static void holders(struct json_writer *json,
		    const struct account_report *report,
		    const struct output_options *options)
{
	if (!report->holders) {
		json_null(json, "holders");
		json_optional(json, "steps", report->steps);
		return;
	}
	json_open_object(json, "holders");
	json_string(json, "rows_are",
		    span_of(report->holders_are_sites ? "sites" : "stacks"));
	json_report_body(json, report->holders, options);
	json_close_object(json);
	json_null(json, "steps");
}

/* A report of stacks; null where the captures have none. */
static void body(struct json_writer *json, const char *name,
		 const struct report *report,
		 const struct output_options *options)
{
	if (!report) {
		json_null(json, name);
		return;
	}
	json_open_object(json, name);
	json_report_body(json, report, options);
	json_close_object(json);
}

bool json_account_write(const struct account_report *report,
			const struct output_options *options, FILE *file,
			struct error *err)
{
	struct json_writer json = {.file = file};
	unsigned i;

	json_open_object(&json, NULL);
	json_string(&json, "tool", SPAN("pageowl " PAGEOWL_VERSION));
	json_string(&json, "command", SPAN("account"));
	json_open_array(&json, "captures");
	for (i = 0; i < report->side_count; i++)
		capture(&json, report, &report->sides[i]);
	json_close_array(&json);
	if (report->side_count == 2 && !change(&json, report))
		return error_no_memory(err);
	holders(&json, report, options);
	body(&json, "counted", report->counted, options);
	json_slab_write(&json, report);
	body(&json, "objects", report->objects, options);
	json_close_object(&json);
	return true;
}
