/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/corroborate.h"

/* What a witness holds of one function of one module. */
struct testimony {
	UT_hash_handle hh;
	struct span key; /* "function\nmodule", and the category behind it */
	uint64_t bytes[2];
	struct span detail; /* of its largest row */
	uint64_t most;	    /* units of that */
	size_t rows;	    /* of the newest side */
};

struct hearing {
	const struct witness *witness;
	bool by_category;
	unsigned newest;	 /* side */
	struct testimony *table; /* uthash head */
	struct arena arena;
};

/*
 * A function may take memory for several ends. Where both sources have whole
 * stacks of page allocations they agree on the category, too.
 */
static bool make_key(struct arena *arena, const struct stack *stack,
		     bool by_category, struct span *ret)
{
	const struct frame *blamed = stack_blamed(stack);
	size_t length = blamed->name.length + blamed->module.length + 2;
	char *text = arena_alloc(arena, length);

	if (!text)
		return false;
	memcpy(text, blamed->name.at, blamed->name.length);
	text[blamed->name.length] = '\n';
	if (blamed->module.length)
		memcpy(text + blamed->name.length + 1, blamed->module.at,
		       blamed->module.length);
	text[length - 1] = by_category ? (char)(stack->class.category + 1) : 0;
	*ret = (struct span){text, length};
	return true;
}

static struct testimony *find(const struct hearing *hearing, struct span key)
{
	struct testimony *found;

	HASH_FIND_BYHASHVALUE(hh, hearing->table, key.at, key.length,
			      table_hash(key.at, key.length), found);
	return found;
}

static struct testimony *find_or_add(struct hearing *hearing, struct span key)
{
	struct testimony *found = find(hearing, key);

	if (found)
		return found;
	found = arena_alloc(&hearing->arena, sizeof(*found));
	if (!found)
		return NULL;
	found->key = key;
	HASH_ADD_KEYPTR_BYHASHVALUE(hh, hearing->table, found->key.at,
				    found->key.length,
				    table_hash(key.at, key.length), found);
	return found->hh.tbl ? found : NULL;
}

static struct span detail_of(const struct snapshot *snapshot,
			     const struct row *row)
{
	static const enum record_field fields[] = {FIELD_SITE, FIELD_CACHE,
						   FIELD_KIND};
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (snapshot->identity & 1u << fields[i])
			return string_pool_text(&snapshot->names,
						row->key.values[fields[i]]);
	return (struct span){0};
}

/* Who took the page of a slab cache is no witness of who holds objects. */
static bool is_slab_page(const struct snapshot *snapshot, const struct row *row)
{
	enum category category = row->key.stack->class.category;

	return snapshot->unit == UNIT_PAGE &&
	       category_info(category)->block == BLOCK_SLAB;
}

static bool hear_row(struct hearing *hearing, unsigned side,
		     const struct row *row)
{
	const struct snapshot *snapshot = hearing->witness->sides[side];
	const struct frame *blamed = stack_blamed(row->key.stack);
	struct testimony *testimony;
	struct span key;

	if (!blamed || frame_is_address(blamed) || !row->tally.units ||
	    (!hearing->by_category && is_slab_page(snapshot, row)))
		return true;
	if (!make_key(&hearing->arena, row->key.stack, hearing->by_category,
		      &key))
		return false;
	testimony = find_or_add(hearing, key);
	if (!testimony)
		return false;
	testimony->bytes[side] +=
		row->tally.units * hearing->witness->unit_bytes[side];
	testimony->rows += side == hearing->newest;
	if (row->tally.units >= testimony->most) {
		testimony->most = row->tally.units;
		testimony->detail = detail_of(snapshot, row);
	}
	return true;
}

static bool hear(struct hearing *hearing, unsigned side)
{
	const struct snapshot *snapshot = hearing->witness->sides[side];
	const struct row *row;

	for (row = snapshot->rows; row; row = row->hh.next)
		if (!hear_row(hearing, side, row))
			return false;
	return true;
}

static bool agrees(const struct report *report,
		   const struct report_group *group,
		   const struct testimony *testimony)
{
	if (report->side_count == 1)
		return testimony->bytes[0] > 0;
	return group->growth.units > 0 &&
	       testimony->bytes[1] > testimony->bytes[0];
}

static bool ask(struct report *report, struct hearing *hearing,
		struct report_group *group)
{
	const struct report_row *row = &report->rows[group->first_row];
	const struct frame *blamed = stack_blamed(row->stack);
	const struct testimony *testimony;
	struct agreement *agreement;
	struct span key;

	if (!row->suspect || !blamed || frame_is_address(blamed) ||
	    group->agreement_count == AGREEMENTS_MAX)
		return true;
	if (!make_key(&hearing->arena, row->stack, hearing->by_category, &key))
		return false;
	testimony = find(hearing, key);
	if (!testimony || !agrees(report, group, testimony))
		return true;
	agreement = &group->agreements[group->agreement_count++];
	agreement->source = hearing->witness->source;
	agreement->before = report->side_count == 1 ? 0 : testimony->bytes[0];
	agreement->after = testimony->bytes[report->side_count - 1];
	agreement->detail = testimony->detail;
	agreement->details = testimony->rows;
	return true;
}

bool corroborate(struct report *report, const struct witness *witness,
		 struct error *err)
{
	struct hearing hearing = {
		.witness = witness,
		.newest = report->side_count - 1,
		.by_category = witness->sides[0]->unit == UNIT_PAGE &&
			       report->sides[0].unit == UNIT_PAGE,
	};
	bool done = true;
	unsigned side;
	size_t i;

	if (report->keys)
		return true;
	for (side = 0; done && side < report->side_count; side++)
		done = hear(&hearing, side);
	for (i = 0; done && i < report->group_count; i++)
		done = ask(report, &hearing, &report->groups[i]);
	HASH_CLEAR(hh, hearing.table);
	arena_deinit(&hearing.arena);
	return done || error_no_memory(err);
}
