/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where all of MemTotal is: the table, who holds the rest, the proofs. */
#include "output/text_account.h"

#include "output/text_budget.h"
#include "output/text_budget_change.h"
#include "output/text_checks.h"
#include "output/text_counted.h"
#include "output/text_coverage.h"
#include "output/text_flow.h"
#include "output/text_formula.h"
#include "output/text_free.h"
#include "output/text_machine.h"
#include "output/text_nodes.h"
#include "output/text_slab.h"
#include "output/text_unaccounted.h"

/* The counters may be of long before the log was taken. */
static void write_told_by(const struct account_view *view,
			  const struct account_side *side)
{
	char line[1400];

	if (!side->told_by)
		return;
	snprintf(line, sizeof(line), "from the %s", side->told_by);
	text_flow_paragraph(view->file, line, 2, view->options->width);
}

static void write_sides(const struct account_view *view)
{
	static const char *const names[] = {"old  ", "new  "};
	const struct account_report *report = view->report;
	unsigned i;

	for (i = 0; i < report->side_count; i++) {
		const struct account_side *side = &report->sides[i];

		fputs(report->side_count == 2 ? names[i] : "", view->file);
		text_machine_write(view->file, side->path, side->kernel,
				   side->uptime_ns);
		if (i == 1)
			text_machine_relation(view->file, report->boot,
					      report->sides[0].uptime_ns,
					      side->uptime_ns);
		putc('\n', view->file);
		write_told_by(view, side);
	}
}

static void write_one(struct account_view *view)
{
	const struct account_side *side = &view->report->sides[0];

	text_budget_write(view, side);
	text_budget_write_beside(view, side);
	text_budget_write_doubts(view);
	if (view->options->formula)
		text_formula_write(view, &side->budget);
	text_free_write(view, side);
	text_unaccounted_write(view);
	text_counted_write(view);
	text_nodes_write(view, side, "");
	text_coverage_write(view, side, "");
	text_checks_write(view, side, "");
}

/* The growth first: it is what one came for. */
static void write_two(struct account_view *view)
{
	const struct account_side *old = &view->report->sides[0];
	const struct account_side *new = &view->report->sides[1];
	bool verbose = view->options->verbose;

	text_unaccounted_write(view);
	text_budget_change_write(view);
	text_budget_write_doubts(view);
	if (view->options->formula) {
		text_formula_write(view, &old->budget);
		text_formula_write(view, &new->budget);
	}
	text_counted_write(view);
	text_nodes_write(view, old, " (old)");
	text_nodes_write(view, new, " (new)");
	/* What agreed before is of no news. */
	if (verbose || !text_coverage_agrees(old))
		text_coverage_write(view, old, " (old)");
	text_coverage_write(view, new, " (new)");
	if (verbose || !text_checks_agree(old))
		text_checks_write(view, old, " (old)");
	text_checks_write(view, new, " (new)");
}

bool text_account_write(const struct account_report *report,
			const struct output_options *options, FILE *file,
			struct error *err)
{
	struct account_view view = {
		.report = report,
		.options = options,
		.file = file,
	};

	write_sides(&view);
	if (report->side_count == 2)
		write_two(&view);
	else
		write_one(&view);
	if (view.no_memory)
		return error_no_memory(err);
	return text_slab_write(report, options, file, err);
}
