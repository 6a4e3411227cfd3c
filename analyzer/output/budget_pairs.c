/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/budget_pairs.h"

#include <string.h>

int64_t budget_row_kib(const struct budget *budget, const char *id)
{
	const struct budget_row *row = budget_row(budget, id);

	return row ? row->sum.kib : 0;
}

static size_t place_of(const struct budget_row *const *rows, size_t count,
		       const char *id)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(rows[i]->id, id) == 0)
			break;
	return i;
}

/* Put the rows of budget that are not there behind their predecessors. */
static size_t insert_rows(const struct budget *budget,
			  const struct budget_row **rows, size_t count)
{
	size_t at = 0, i;

	for (i = 0; i < budget->row_count; i++) {
		const struct budget_row *row = &budget->rows[i];
		size_t place;

		if (row->kind == BUDGET_BESIDE)
			continue;
		place = place_of(rows, count, row->id);
		if (place < count) {
			at = place + 1;
			continue;
		}
		memmove(rows + at + 1, rows + at, (count - at) * sizeof(*rows));
		rows[at++] = row;
		count++;
	}
	return count;
}

bool budget_rows_union(const struct budget *const *budgets, size_t count,
		       struct arena *arena, const struct budget_row ***ret,
		       size_t *ret_count)
{
	size_t most = 0, used = 0, i;
	const struct budget_row **rows;

	for (i = 0; i < count; i++)
		most += budgets[i]->row_count;
	rows = arena_alloc(arena, (most ? most : 1) * sizeof(*rows));
	if (!rows)
		return false;
	for (i = 0; i < count; i++)
		used = insert_rows(budgets[i], rows, used);
	*ret = rows;
	*ret_count = used;
	return true;
}
