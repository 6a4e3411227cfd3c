/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/rollup.h"

#include "model/stack_names.h"

static struct span value_of(const struct snapshot *snapshot,
			    const struct row *row, const struct group_key *key)
{
	if (key->of_row)
		return key->of_row(snapshot, row);
	return string_pool_text(&snapshot->names, row->key.values[key->field]);
}

/* Values one after the other, each behind its length. */
static bool join_values(struct arena *arena, const struct span *values,
			size_t count, struct span *ret)
{
	size_t length = 0, i;
	char *text, *at;

	for (i = 0; i < count; i++)
		length += sizeof(values[i].length) + values[i].length;
	text = at = arena_alloc(arena, length);
	if (!text)
		return false;
	for (i = 0; i < count; i++) {
		memcpy(at, &values[i].length, sizeof(values[i].length));
		at += sizeof(values[i].length);
		if (values[i].length)
			memcpy(at, values[i].at, values[i].length);
		at += values[i].length;
	}
	*ret = (struct span){text, length};
	return true;
}

/* Line numbers change from build to build; ":0000064" is a cache. */
static struct span lasting_detail(const struct snapshot *snapshot,
				  struct span detail, enum report_match match)
{
	if (match == MATCH_NAME && snapshot->identity & 1u << FIELD_SITE)
		return source_file_of(detail);
	return detail;
}

static bool stack_key(struct row_set *set, const struct row *row,
		      enum report_match match, struct keyed_row *ret)
{
	struct span parts[2] = {row->key.stack->text};

	ret->detail = snapshot_detail(set->snapshot, row);
	if (match == MATCH_NAME &&
	    !stack_names(&set->arena, row->key.stack, &parts[0]))
		return false;
	ret->key = parts[0];
	if (!set->snapshot->identity)
		return true;
	parts[1] = lasting_detail(set->snapshot, ret->detail, match);
	return join_values(&set->arena, parts, 2, &ret->key);
}

static bool key_of(struct row_set *set, const struct row *row,
		   const struct grouping *grouping, enum report_match match,
		   struct keyed_row *ret)
{
	size_t i;

	if (!grouping->count)
		return stack_key(set, row, match, ret);
	for (i = 0; i < grouping->count; i++) {
		const struct group_key *key = grouping->keys[i];

		ret->values[i] = value_of(set->snapshot, row, key);
		if (match == MATCH_NAME && strcmp(key->name, "stack") == 0 &&
		    !stack_names(&set->arena, row->key.stack, &ret->values[i]))
			return false;
	}
	return join_values(&set->arena, ret->values, grouping->count,
			   &ret->key);
}

/* Called when the row's pages have been added. */
static void add_suspicion(struct keyed_row *keyed, const struct row *row)
{
	if (category_info(row_category(row))->suspect)
		keyed->suspect_pages += row->tally.units;
	keyed->suspect = keyed->suspect_pages * 2 > keyed->tally->units;
}

static bool add_row(struct row_set *set, const struct row *row,
		    const struct grouping *grouping, enum report_match match)
{
	struct keyed_row made = {0}, *found;
	unsigned hash;

	if (!key_of(set, row, grouping, match, &made))
		return false;
	hash = table_hash(made.key.at, made.key.length);
	HASH_FIND_BYHASHVALUE(hh, set->rows, made.key.at, made.key.length, hash,
			      found);
	if (!found) {
		found = arena_alloc(&set->arena, sizeof(*found));
		if (!found)
			return false;
		*found = made;
		found->stack = row->key.stack;
		found->category = row_category(row);
		found->tally = &row->tally;
		add_suspicion(found, row);
		HASH_ADD_KEYPTR_BYHASHVALUE(hh, set->rows, found->key.at,
					    found->key.length, hash, found);
		set->count++;
		return found->hh.tbl != NULL;
	}
	if (!found->sum) {
		found->sum = arena_alloc(&set->arena, sizeof(*found->sum));
		if (!found->sum)
			return false;
		*found->sum = *found->tally;
		found->tally = found->sum;
	}
	tally_add(found->sum, &row->tally);
	add_suspicion(found, row);
	found->mixed |= row_category(row) != found->category;
	/* Of several stacks show the first in the order of their text. */
	if (span_compare(row->key.stack->text, found->stack->text) < 0) {
		found->stack = row->key.stack;
		found->category = row_category(row);
	}
	return true;
}

static void add_category(struct row_set *set, const struct row *row)
{
	struct amount *amount = &set->categories[row_category(row)];

	amount->records += row->tally.records;
	amount->units += row->tally.units;
}

bool rollup_build(struct row_set *set, struct snapshot *snapshot,
		  const struct grouping *grouping, const struct filter *filter,
		  enum report_match match, struct error *err)
{
	struct stack *stack;
	struct row *row;

	set->snapshot = snapshot;
	for (stack = snapshot->stacks.table; stack; stack = stack->hh.next)
		stack->row = NULL; /* from here on: "counted in set->stacks" */
	for (row = snapshot->rows; row; row = row->hh.next) {
		/* allocinfo lists what was never called, too. */
		if (!row->tally.records && !row->tally.units)
			continue;
		if (!filter_takes_row(filter, snapshot, row)) {
			set->filtered.records += row->tally.records;
			set->filtered.units += row->tally.units;
			continue;
		}
		if (!row->key.stack->row) {
			row->key.stack->row = row;
			set->stacks++;
		}
		tally_add(&set->total, &row->tally);
		add_category(set, row);
		if (!add_row(set, row, grouping, match))
			return error_no_memory(err);
	}
	return true;
}

bool rollup_report(struct report *report, struct error *err)
{
	static const struct tally nothing;
	const struct row_set *set = report->sides[0].set;
	struct keyed_row *keyed;
	struct report_row *row;

	report->rows =
		arena_alloc(&report->arena, set->count * sizeof(*report->rows));
	if (!report->rows)
		return error_no_memory(err);
	for (keyed = set->rows; keyed; keyed = keyed->hh.next) {
		row = &report->rows[report->row_count++];
		report_row_init(report, row, keyed);
		report_judge(report, &nothing, keyed->tally, row);
		row->sides[0] = keyed->tally;
		row->sides[1] = &nothing;
	}
	return true;
}
