/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A budget of texts as the kernel prints them. */
#ifndef PAGEOWL_TESTS_SUPPORT_BUDGET_MAKER_H
#define PAGEOWL_TESTS_SUPPORT_BUDGET_MAKER_H

#include "account/budget_build.h"
#include "tests/support/check.h"
#include "tests/support/collector.h"

/* Zeroed is ready. */
struct budget_maker {
	struct counters counters;
	struct budget_facts facts;
	struct budget budget;
	struct arena arena;
};

static inline void budget_maker_deinit(struct budget_maker *maker)
{
	counters_deinit(&maker->counters);
	arena_deinit(&maker->arena);
	*maker = (struct budget_maker){0};
}

static inline void budget_maker_add(struct budget_maker *maker,
				    const struct counter *counter)
{
	struct error err;

	assert_true(counters_add(&maker->counters, counter, &err));
}

/* Read a text; all of it must be understood. */
static inline void budget_maker_read(struct budget_maker *maker,
				     const char *format, const char *text)
{
	const struct collector_way way = {.path = format};
	const struct counter_entry *entry;
	struct collector found;

	collector_read(&found, format_named(format), span_of(text), &way);
	assert_int_equal(found.damage_count, 0);
	for (entry = found.counters.table; entry; entry = entry->hh.next)
		budget_maker_add(maker, &entry->counter);
	collector_deinit(&found);
}

static inline const struct budget *budget_maker_build(
	struct budget_maker *maker, const char *scope)
{
	struct budget_facts facts = maker->facts;
	struct error err;

	facts.counters = &maker->counters;
	budget_facts_from_stacks(&facts, NULL, NULL);
	assert_true(budget_build(&facts, scope, &maker->arena, &maker->budget,
				 &err));
	return &maker->budget;
}

/* The row must be there, and of this kind. */
static inline int64_t budget_maker_kib(const struct budget_maker *maker,
				       const char *id, enum budget_kind kind)
{
	const struct budget_row *row = budget_row(&maker->budget, id);

	if (!row)
		fail_msg("there is no row \"%s\"", id);
	assert_int_equal(row->kind, kind);
	return row->sum.kib;
}

/* Whether a note has this in it. */
static inline bool budget_maker_notes(const struct budget_maker *maker,
				      const char *words)
{
	size_t i;

	for (i = 0; i < maker->budget.note_count; i++)
		if (strstr(maker->budget.notes[i], words))
			return true;
	return false;
}

#define assert_part(maker, id, kib) \
	assert_true(budget_maker_kib((maker), (id), BUDGET_PART) == (kib))
#define assert_inside(maker, id, kib) \
	assert_true(budget_maker_kib((maker), (id), BUDGET_INSIDE) == (kib))
#define assert_beside(maker, id, kib) \
	assert_true(budget_maker_kib((maker), (id), BUDGET_BESIDE) == (kib))
#define assert_no_row(maker, id) assert_null(budget_row(&(maker)->budget, (id)))

#endif
