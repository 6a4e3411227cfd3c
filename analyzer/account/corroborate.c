/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/corroborate.h"

/* A function with more details is asked about by its sum only. */
#define DETAILS_COMPARED 256

/*
 * What a witness holds of one function of one module: all of it, or of one
 * detail, which is a source line, a cache.
 */
struct testimony {
	UT_hash_handle hh;
	struct span key; /* "function\nmodule", the category, the detail */
	uint64_t bytes[2], records[2];
	struct span detail; /* of the largest */
	size_t rows;	    /* of the newest side */

	/* Of a whole function only. */
	struct testimony *first; /* of its details */
	size_t details;		 /* of the newest side */
	size_t parts;		 /* all details */

	/* Of a detail only. */
	struct testimony *next; /* of the same function */
	bool listed;
};

struct hearing {
	const struct witness *witness;
	bool by_category;
	bool by_records; /* one of both sources counts objects */
	bool sized;	 /* the units of the witness have bytes */
	unsigned newest; /* side */
	struct testimony *functions, *details; /* uthash heads */
	struct arena arena;
};

/*
 * A function may take memory for several ends. Where both sources have whole
 * stacks of page allocations they agree on the category, too.
 */
static bool make_key(struct arena *arena, const struct stack *stack,
		     bool by_category, struct span detail, struct span *ret)
{
	const struct frame *blamed = stack_blamed(stack);
	size_t length = blamed->name.length + blamed->module.length + 2;
	char *text = arena_alloc(arena, length + detail.length);

	if (!text)
		return false;
	memcpy(text, blamed->name.at, blamed->name.length);
	text[blamed->name.length] = '\n';
	if (blamed->module.length)
		memcpy(text + blamed->name.length + 1, blamed->module.at,
		       blamed->module.length);
	text[length - 1] = by_category ? (char)(stack->class.category + 1) : 0;
	if (detail.length)
		memcpy(text + length, detail.at, detail.length);
	*ret = (struct span){text, length + detail.length};
	return true;
}

static struct testimony *find(struct testimony *table, struct span key)
{
	struct testimony *found;

	HASH_FIND_BYHASHVALUE(hh, table, key.at, key.length,
			      table_hash(key.at, key.length), found);
	return found;
}

static struct testimony *find_or_add(struct hearing *hearing,
				     struct testimony **table, struct span key)
{
	struct testimony *found = find(*table, key);

	if (found)
		return found;
	found = arena_alloc(&hearing->arena, sizeof(*found));
	if (!found)
		return NULL;
	found->key = key;
	HASH_ADD_KEYPTR_BYHASHVALUE(hh, *table, found->key.at,
				    found->key.length,
				    table_hash(key.at, key.length), found);
	return found->hh.tbl ? found : NULL;
}

/* Who took the page of a slab cache is no witness of who holds objects. */
static bool is_slab_page(const struct snapshot *snapshot, const struct row *row)
{
	enum category category = row->key.stack->class.category;

	return snapshot->unit == UNIT_PAGE &&
	       category_info(category)->block == BLOCK_SLAB;
}

static void add_row(const struct hearing *hearing, unsigned side,
		    const struct row *row, struct testimony *ret)
{
	ret->bytes[side] +=
		row->tally.units * hearing->witness->unit_bytes[side];
	ret->records[side] += row->tally.records;
	ret->rows += side == hearing->newest;
}

static bool hear_row(struct hearing *hearing, unsigned side,
		     const struct row *row)
{
	const struct snapshot *snapshot = hearing->witness->sides[side];
	const struct frame *blamed = stack_blamed(row->key.stack);
	struct testimony *whole, *part;
	struct span key, detail;

	if (!blamed || frame_is_address(blamed) || !row->tally.units ||
	    (!hearing->by_category && is_slab_page(snapshot, row)))
		return true;
	detail = snapshot_detail(snapshot, row);
	if (!make_key(&hearing->arena, row->key.stack, hearing->by_category,
		      detail, &key))
		return false;
	whole = find_or_add(hearing, &hearing->functions,
			    (struct span){key.at, key.length - detail.length});
	part = find_or_add(hearing, &hearing->details, key);
	if (!whole || !part)
		return false;
	if (!part->listed) {
		part->listed = true;
		part->detail = detail;
		part->next = whole->first;
		whole->first = part;
		whole->parts++;
	}
	whole->details += side == hearing->newest && !part->rows;
	add_row(hearing, side, row, whole);
	add_row(hearing, side, row, part);
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

/* By what the newest side holds; equal ones by their text. */
static bool is_larger(const struct hearing *hearing, const struct testimony *a,
		      const struct testimony *b)
{
	unsigned side = hearing->newest;

	if (a->bytes[side] != b->bytes[side])
		return a->bytes[side] > b->bytes[side];
	return span_compare(a->detail, b->detail) < 0;
}

static uint64_t grown(const struct report *report, const uint64_t sides[2])
{
	if (report->side_count == 1)
		return sides[0];
	return sides[1] > sides[0] ? sides[1] - sides[0] : 0;
}

/* Within a tenth, which is what rounding to pages and slots makes of it. */
static bool is_about(uint64_t a, uint64_t b)
{
	double other = (double)a - (double)b;

	return 10 * (other < 0 ? -other : other) <= (double)b;
}

/* What a group holds or has grown by; never negative. */
struct claim {
	uint64_t bytes, records;
	bool sized;
};

static bool claim_of(const struct report *report,
		     const struct report_group *group, struct claim *ret)
{
	const struct report_side *side = &report->sides[report->side_count - 1];

	ret->sized = side->unit != UNIT_OBJECT;
	ret->bytes = (uint64_t)group->growth.units * side->unit_bytes;
	ret->records =
		group->growth.records > 0 ? (uint64_t)group->growth.records : 0;
	return group->growth.units > 0;
}

/* A bit for each way in which it fits: the larger, the better. */
static unsigned fits(const struct hearing *hearing, const struct report *report,
		     const struct claim *claim,
		     const struct testimony *testimony)
{
	uint64_t bytes = grown(report, testimony->bytes);
	unsigned ret = 0;

	/* One object more is a coincidence. */
	if (hearing->by_records && claim->records > 1 &&
	    grown(report, testimony->records) == claim->records)
		ret |= 1u << FIT_RECORDS;
	if (claim->sized && hearing->sized && bytes &&
	    is_about(bytes, claim->bytes))
		ret |= 1u << FIT_BYTES;
	return ret;
}

/*
 * The one detail that fits best, and of these the largest; or NULL. A count
 * is exact, bytes are about the same more often.
 */
static const struct testimony *choose(const struct hearing *hearing,
				      const struct report *report,
				      const struct claim *claim,
				      const struct testimony *whole)
{
	const struct testimony *part, *best = NULL;
	unsigned best_fit = 0;

	if (whole->parts > DETAILS_COMPARED)
		return NULL;
	for (part = whole->first; part; part = part->next) {
		unsigned fit = fits(hearing, report, claim, part);

		if (!fit || fit < best_fit)
			continue;
		if (fit > best_fit || is_larger(hearing, part, best)) {
			best = part;
			best_fit = fit;
		}
	}
	return best;
}

static struct span largest_detail(const struct hearing *hearing,
				  const struct testimony *whole)
{
	const struct testimony *part, *most = whole->first;

	for (part = whole->first; part; part = part->next)
		if (is_larger(hearing, part, most))
			most = part;
	return most->detail;
}

static bool note(const struct hearing *hearing, struct report *report,
		 const struct claim *claim, const struct testimony *whole,
		 struct report_group *group)
{
	const struct testimony *chosen = choose(hearing, report, claim, whole);
	const struct testimony *told = chosen ? chosen : whole;
	unsigned fit = fits(hearing, report, claim, told), i;
	struct agreement *agreement;

	if (!fit && (hearing->by_records || !grown(report, whole->bytes)))
		return true;
	agreement = report_add_agreement(report, group);
	if (!agreement)
		return false;
	*agreement = (struct agreement){
		.source = hearing->witness->source,
		.fit = fit & 1u << FIT_BYTES ? FIT_BYTES
		       : fit		     ? FIT_RECORDS
					     : FIT_NONE,
		.sized = hearing->sized,
		.detail = chosen ? chosen->detail
				 : largest_detail(hearing, whole),
		.details = chosen ? 1 : whole->details,
		.rows = told->rows,
	};
	for (i = 0; i < report->side_count; i++) {
		/* What there is now is in [1], also where it is all. */
		unsigned to = i + 2 - report->side_count;

		agreement->bytes[to] = told->bytes[i];
		agreement->records[to] = told->records[i];
	}
	return true;
}

static bool ask(struct report *report, struct hearing *hearing,
		struct report_group *group)
{
	const struct report_row *row = &report->rows[group->first_row];
	const struct frame *blamed = stack_blamed(row->stack);
	const struct testimony *whole;
	struct claim claim;
	struct span key;

	if (!row->suspect || !blamed || frame_is_address(blamed) ||
	    group->agreement_count == AGREEMENTS_MAX)
		return true;
	if (!make_key(&hearing->arena, row->stack, hearing->by_category,
		      (struct span){0}, &key))
		return false;
	whole = find(hearing->functions, key);
	return !whole || !claim_of(report, group, &claim) ||
	       note(hearing, report, &claim, whole, group);
}

static bool counts_objects(const struct snapshot *snapshot)
{
	return snapshot->identity & 1u << FIELD_CACHE;
}

bool corroborate(struct report *report, const struct witness *witness,
		 struct error *err)
{
	struct hearing hearing = {
		.witness = witness,
		.newest = report->side_count - 1,
		.by_category = witness->sides[0]->unit == UNIT_PAGE &&
			       report->sides[0].unit == UNIT_PAGE,
		.by_records = report_is_on_objects(report) ||
			      counts_objects(witness->sides[0]),
		.sized = witness->sides[report->side_count - 1]->unit !=
			 UNIT_OBJECT,
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
	HASH_CLEAR(hh, hearing.functions);
	HASH_CLEAR(hh, hearing.details);
	arena_deinit(&hearing.arena);
	return done || error_no_memory(err);
}
