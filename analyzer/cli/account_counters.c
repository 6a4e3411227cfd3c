/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/account_counters.h"

#include "account/budget_even.h"
#include "account/cross_checks.h"
#include "account/memory_report.h"
#include "account/processes.h"
#include "account/slab_caches.h"

struct snapshot *account_snapshot(struct reading *reading, const char *format)
{
	struct capture_source *source =
		capture_source(&reading->capture, format);

	return source ? &source->snapshot : NULL;
}

static bool has_pages(const struct reading *reading)
{
	return reading->shown && reading->shown->format->unit == UNIT_PAGE;
}

struct budget_facts account_facts(struct reading *reading,
				  const struct snapshot *pages,
				  const struct settings *settings)
{
	struct budget_facts facts = {
		.counters = &reading->capture.counters,
		.page_size = reading_page_size(reading, settings),
	};

	budget_facts_from_stacks(
		&facts, account_snapshot(reading, "vmallocinfo"), pages);
	return facts;
}

static struct budget_facts facts_of(struct reading *reading,
				    const struct settings *settings)
{
	return account_facts(
		reading, has_pages(reading) ? &reading->shown->snapshot : NULL,
		settings);
}

static bool refuse_without_meminfo(const struct reading *reading,
				   struct error *err)
{
	char path[QUOTE_PATH_CAPACITY], why[1200];

	if (!reading_is_known(reading, err))
		return false;
	quote_path(reading->capture.path, path);
	if (memory_report_of_cgroup(&reading->capture.counters, why,
				    sizeof(why)))
		return error_set(err, ERROR_FORMAT, "%s: %s", path, why);
	return error_set(
		err, ERROR_FORMAT,
		"%s: no /proc/meminfo in it, or none with MemTotal, to "
		"account for ('pageowl contents' lists what there is)",
		path);
}

static bool make_checks(struct account_join *join, size_t index,
			struct error *err)
{
	struct account_side *side = &join->report.sides[index];
	struct process_report *processes = &join->processes[index];
	struct cross_check_facts facts = {
		.counters = &join->readings[index].capture.counters,
		.budget = &side->budget,
		.processes = &processes->sides[0],
	};

	processes->side_count = 1;
	if (!processes_gather(facts.counters, &processes->arena,
			      &processes->sides[0], err))
		return false;
	if (index) {
		facts.earlier_total_kib =
			join->report.sides[0].budget.total.kib;
		facts.earlier_same_boot = join->report.boot == BOOT_SAME;
	}
	return cross_checks_make(&facts, &join->report.arena, &side->checks,
				 &side->check_count, err);
}

static bool make_budget(struct account_join *join, size_t index,
			struct error *err)
{
	struct reading *reading = &join->readings[index];
	struct account_side *side = &join->report.sides[index];

	side->path = join->live ? "live" : reading->capture.path;
	side->kernel = reading->capture.kernel;
	side->uptime_ns = reading->capture.uptime_ns;
	if (!memory_report_describe(&reading->capture.counters,
				    &join->report.arena, &side->told_by, err))
		return false;
	return budget_build(&join->facts[index], "", &join->report.arena,
			    &side->budget, err) &&
	       (side->budget.known || refuse_without_meminfo(reading, err));
}

bool account_readings_are_of_one_kernel(const struct reading readings[2])
{
	const char *old = readings[0].capture.kernel;
	const char *new = readings[1].capture.kernel;

	return old && new &&strcmp(old, new) == 0;
}

bool account_is_one_kernel(const struct account_join *join)
{
	return join->count == 2 &&
	       account_readings_are_of_one_kernel(join->readings);
}

/* Budgets that can be compared; then what holds of each for itself. */
static bool make_budgets(struct account_join *join,
			 const struct settings *settings, struct error *err)
{
	struct budget *const budgets[2] = {&join->report.sides[0].budget,
					   &join->report.sides[1].budget};
	size_t i;

	for (i = 0; i < join->count; i++)
		join->facts[i] = facts_of(&join->readings[i], settings);
	if (account_is_one_kernel(join))
		budget_even_facts(join->facts);
	for (i = 0; i < join->count; i++)
		if (!make_budget(join, i, err))
			return false;
	if (join->count == 2 && !budget_even(budgets, &join->report.arena, err))
		return false;
	for (i = 0; i < join->count; i++)
		if (!make_checks(join, i, err))
			return false;
	return true;
}

static bool make_slab(struct account_join *join, struct error *err)
{
	struct account_report *report = &join->report;
	const struct counters *counters[2] = {
		&join->readings[0].capture.counters, NULL};
	const uint64_t page_sizes[2] = {report->sides[0].budget.page_size,
					report->sides[1].budget.page_size};

	if (join->count == 2)
		counters[1] = &join->readings[1].capture.counters;
	return slab_caches_make(counters, page_sizes, &report->arena,
				&report->slab, err);
}

bool account_counters_make(struct account_join *join,
			   const struct settings *settings, struct error *err)
{
	return make_budgets(join, settings, err) && make_slab(join, err);
}
