/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/budget_pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/table.h"

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

/* ---- two captures ---- */

const struct budget_row *budget_pair_newest(const struct budget_pair *pair)
{
	return pair->new ? pair->new : pair->old;
}

int64_t budget_pair_growth(const struct budget_pair *pair)
{
	return sum_minus(pair->new ? pair->new->sum.kib : 0,
			 pair->old ? pair->old->sum.kib : 0);
}

bool budget_pair_moved(const struct budget_pair *pair)
{
	return pair->old && pair->new && pair->old->kind != pair->new->kind;
}

/* A row that nobody adds up, by its id: there is any number of these. */
struct beside_row {
	UT_hash_handle hh;
	struct budget_pair pair;
};

struct beside_rows {
	const struct budget_row *const *others; /* those that are paired */
	size_t other_count;
	struct arena *arena;
	struct beside_row *table; /* uthash head */
};

static struct beside_row *find_beside(struct beside_rows *rows, const char *id)
{
	struct beside_row *found;
	size_t length = strlen(id);

	HASH_FIND(hh, rows->table, id, length, found);
	if (found)
		return found;
	found = arena_alloc(rows->arena, sizeof(*found));
	if (!found)
		return NULL;
	HASH_ADD_KEYPTR(hh, rows->table, id, length, found);
	return found->hh.tbl ? found : NULL;
}

static bool add_beside(struct beside_rows *rows, const struct budget *budget,
		       bool is_new)
{
	size_t i;

	for (i = 0; i < budget->row_count; i++) {
		const struct budget_row *row = &budget->rows[i];
		struct beside_row *found;

		if (row->kind != BUDGET_BESIDE ||
		    place_of(rows->others, rows->other_count, row->id) <
			    rows->other_count)
			continue;
		found = find_beside(rows, row->id);
		if (!found)
			return false;
		if (is_new)
			found->pair.new = row;
		else
			found->pair.old = row;
	}
	return true;
}

static int compare_growth(const void *left, const void *right)
{
	const struct budget_pair *a = left, *b = right;
	int64_t grown_a = budget_pair_growth(a);
	int64_t grown_b = budget_pair_growth(b);

	if (grown_a != grown_b)
		return grown_a < grown_b ? 1 : -1;
	return strcmp(budget_pair_newest(a)->id, budget_pair_newest(b)->id);
}

/* The rows that some budget adds up, or has inside a part. */
static void pair_others(const struct beside_rows *rows,
			const struct budget *old, const struct budget *new,
			struct budget_pairs *pairs)
{
	size_t i;

	for (i = 0; i < rows->other_count; i++) {
		const char *id = rows->others[i]->id;

		pairs->pairs[pairs->count++] = (struct budget_pair){
			budget_row(old, id), budget_row(new, id)};
	}
	pairs->beside = pairs->count;
}

static bool pair_all(struct beside_rows *rows, const struct budget *old,
		     const struct budget *new, struct budget_pairs *ret)
{
	struct budget_pairs pairs = {0};
	struct beside_row *row;
	size_t most = rows->other_count;

	if (!add_beside(rows, old, false) || !add_beside(rows, new, true))
		return false;
	most += HASH_COUNT(rows->table);
	pairs.pairs = arena_alloc(rows->arena,
				  (most ? most : 1) * sizeof(*pairs.pairs));
	if (!pairs.pairs)
		return false;
	pair_others(rows, old, new, &pairs);
	for (row = rows->table; row; row = row->hh.next)
		pairs.pairs[pairs.count++] = row->pair;
	qsort(pairs.pairs + pairs.beside, pairs.count - pairs.beside,
	      sizeof(*pairs.pairs), compare_growth);
	*ret = pairs;
	return true;
}

bool budget_pairs_make(const struct budget *old, const struct budget *new,
		       struct arena *arena, struct budget_pairs *ret)
{
	const struct budget *const budgets[] = {new, old};
	struct beside_rows rows = {.arena = arena};
	const struct budget_row **others;
	bool done;

	if (!budget_rows_union(budgets, 2, arena, &others, &rows.other_count))
		return false;
	rows.others = others;
	done = pair_all(&rows, old, new, ret);
	HASH_CLEAR(hh, rows.table);
	return done;
}
