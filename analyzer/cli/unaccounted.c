/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/unaccounted.h"

#include "account/budget_even.h"
#include "cli/account_counters.h"

/* The stacks of pages: shown, or what `account` would show. */
static const struct snapshot *pages_of(struct reading *reading)
{
	const char *name = reading_holders(reading);
	const struct capture_source *source = reading->shown;

	if (!source || source->format->unit != UNIT_PAGE)
		source = name ? capture_source(&reading->capture, name) : NULL;
	return source && source->format->unit == UNIT_PAGE ? &source->snapshot
							   : NULL;
}

/* Without it all that is free would be in no counter. */
static bool knows_free(const struct reading *reading)
{
	uint64_t kib;

	return counters_value(&reading->capture.counters, "meminfo", SPAN(""),
			      "MemFree", &kib);
}

static const char *reason_of(const struct budget budgets[2])
{
	if (!budgets[0].known && !budgets[1].known)
		return "the captures have no /proc/meminfo";
	if (budgets[0].known && budgets[1].known)
		return "/proc/meminfo has no MemFree";
	return budgets[0].known ? "NEW has no /proc/meminfo"
				: "OLD has no /proc/meminfo";
}

static bool build_both(struct reading readings[2],
		       const struct settings *settings, struct arena *arena,
		       struct budget budgets[2], struct error *err)
{
	struct budget *const both[2] = {&budgets[0], &budgets[1]};
	struct budget_facts facts[2];
	unsigned i;

	for (i = 0; i < 2; i++)
		facts[i] = account_facts(&readings[i], pages_of(&readings[i]),
					 settings);
	if (account_readings_are_of_one_kernel(readings))
		budget_even_facts(facts);
	for (i = 0; i < 2; i++)
		if (!budget_build(&facts[i], "", arena, &budgets[i], err))
			return false;
	return budget_even(both, arena, err);
}

bool unaccounted_of(struct reading readings[2], const struct settings *settings,
		    struct unaccounted *ret, struct error *err)
{
	struct budget budgets[2] = {{0}};
	struct arena arena = {0};
	bool done = build_both(readings, settings, &arena, budgets, err);

	if (done) {
		*ret = (struct unaccounted){
			.known = budgets[0].known && budgets[1].known &&
				 knows_free(&readings[0]) &&
				 knows_free(&readings[1]),
			.kib = {budgets[0].remainder_kib,
				budgets[1].remainder_kib},
		};
		if (!ret->known)
			ret->reason = reason_of(budgets);
	}
	arena_deinit(&arena);
	return done;
}
