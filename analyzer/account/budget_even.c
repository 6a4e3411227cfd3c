/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/budget_even.h"

void budget_even_facts(struct budget_facts facts[2])
{
	unsigned knows = facts[1].stacks == STACKS_UNKNOWN ? 0 : 1;

	facts[!knows].stacks = facts[knows].stacks;
	facts[!knows].stacks_from = facts[knows].stacks_from;
}

static bool is_part(const struct budget *budget, const char *id)
{
	const struct budget_row *row = budget_row(budget, id);

	return row && row->kind == BUDGET_PART;
}

/* "vmalloc: only one of the captures tells it, so it is in both remainders" */
static bool note_row(struct budget *budget, const struct budget_row *row,
		     struct arena *arena)
{
	static const char words[] = ": only one of the captures tells it, so "
				    "it is left in both remainders";
	size_t length = strlen(row->name);
	char *note;

	if (budget->note_count ==
	    sizeof(budget->notes) / sizeof(budget->notes[0]))
		return true;
	note = arena_alloc(arena, length + sizeof(words));
	if (!note)
		return false;
	memcpy(note, row->name, length);
	memcpy(note + length, words, sizeof(words));
	budget->notes[budget->note_count++] = note;
	return true;
}

/* What lies inside a part that is left out may be a part of the other. */
static void leave_out(struct budget *budget, const struct budget *other,
		      size_t at)
{
	struct budget_row *row = &budget->rows[at];

	row->kind = BUDGET_BESIDE;
	for (at++;
	     at < budget->row_count && budget->rows[at].kind == BUDGET_INSIDE;
	     at++)
		budget->rows[at].kind = is_part(other, budget->rows[at].id)
						? BUDGET_PART
						: BUDGET_BESIDE;
}

/* Rows beside the others stand last, each kind in its old order. */
static bool sort_rows(struct budget *budget, struct arena *arena)
{
	struct budget_row *sorted =
		arena_alloc(arena, budget->row_count * sizeof(*sorted));
	size_t count = 0, i;
	unsigned beside;

	if (!sorted)
		return false;
	for (beside = 0; beside < 2; beside++)
		for (i = 0; i < budget->row_count; i++)
			if ((budget->rows[i].kind == BUDGET_BESIDE) == beside)
				sorted[count++] = budget->rows[i];
	budget->rows = sorted;
	return true;
}

static bool count_again(struct budget *budget, struct arena *arena)
{
	struct sum counted = {0};
	size_t i;

	for (i = 0; i < budget->row_count; i++)
		if (budget->rows[i].kind == BUDGET_PART &&
		    !sum_add(&counted, arena, "budget", budget->rows[i].name,
			     budget->rows[i].sum.kib))
			return false;
	budget->counted = counted;
	budget->remainder_kib =
		sum_minus(budget->total.kib, budget->counted.kib);
	return true;
}

/*
 * Whether the other capture lacks a part. At first one that lies inside
 * another there does not lack: it may become a part when that is left out.
 */
static bool lacks(const struct budget *other, const char *id, bool finally)
{
	const struct budget_row *row = budget_row(other, id);

	return !row || row->kind == BUDGET_BESIDE ||
	       (finally && row->kind != BUDGET_PART);
}

static bool even_one(struct budget *budget, const struct budget *other,
		     bool finally, struct arena *arena)
{
	bool changed = false;
	size_t i;

	for (i = 0; i < budget->row_count; i++) {
		const struct budget_row *row = &budget->rows[i];

		if (row->kind != BUDGET_PART || !lacks(other, row->id, finally))
			continue;
		leave_out(budget, other, i);
		changed = true;
		if (!note_row(budget, row, arena))
			return false;
	}
	return !changed ||
	       (sort_rows(budget, arena) && count_again(budget, arena));
}

bool budget_even(struct budget *const budgets[2], struct arena *arena,
		 struct error *err)
{
	unsigned finally, i;

	if (!budgets[0]->known || !budgets[1]->known)
		return true;
	for (finally = 0; finally < 2; finally++)
		for (i = 0; i < 2; i++)
			if (!even_one(budgets[i], budgets[!i], finally, arena))
				return error_no_memory(err);
	return true;
}
