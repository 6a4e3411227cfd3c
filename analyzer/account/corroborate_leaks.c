/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/corroborate_leaks.h"

#include <stdlib.h>

/*
 * One says what was asked for, another what was taken for it: up to twice as
 * much, and some more where debugging adds to it.
 */
#define SIZES_APART 2.2

/* What one stack holds in the witness. */
struct part {
	struct part *next; /* of the same site */
	uint64_t bytes[2], records[2];
	bool counts; /* each record is an object */
};

/* A call that allocates, or a function. */
struct site {
	UT_hash_handle hh;
	struct span key;
	struct part *parts;
};

struct hearing {
	const struct witness *witness;
	const struct report *report;
	bool exact, sized;
	struct site *sites; /* uthash head */
	struct arena arena;
};

/* What a row of a group asks of a site: only what has its size. */
struct inquiry {
	const struct site *site;
	double size; /* of an object; 0: any */
};

/* What a group, or what is said of it, amounts to. */
struct sum {
	uint64_t bytes[2], records[2];
	size_t parts;
	bool counts;
};

/* ---- the witness ---- */

static bool make_key(struct hearing *hearing, const struct frame *blamed,
		     struct span *ret)
{
	size_t length = blamed->name.length + blamed->module.length + 1;
	char *text;

	if (hearing->exact) {
		*ret = blamed->text;
		return true;
	}
	text = arena_alloc(&hearing->arena, length);
	if (!text)
		return false;
	memcpy(text, blamed->name.at, blamed->name.length);
	text[blamed->name.length] = '\n';
	if (blamed->module.length)
		memcpy(text + blamed->name.length + 1, blamed->module.at,
		       blamed->module.length);
	*ret = (struct span){text, length};
	return true;
}

/* An address tells something in one boot only. */
static bool is_name(const struct hearing *hearing, const struct frame *blamed)
{
	return blamed && (hearing->exact || !frame_is_address(blamed));
}

static struct site *find(const struct hearing *hearing, struct span key)
{
	struct site *found;

	HASH_FIND_BYHASHVALUE(hh, hearing->sites, key.at, key.length,
			      table_hash(key.at, key.length), found);
	return found;
}

static struct site *find_or_add(struct hearing *hearing, struct span key)
{
	struct site *found = find(hearing, key);

	if (found)
		return found;
	found = arena_alloc(&hearing->arena, sizeof(*found));
	if (!found)
		return NULL;
	found->key = key;
	HASH_ADD_KEYPTR_BYHASHVALUE(hh, hearing->sites, found->key.at,
				    found->key.length,
				    table_hash(key.at, key.length), found);
	return found->hh.tbl ? found : NULL;
}

/*
 * Whether records of pages are objects: of vmalloc() there is one for each
 * page, but where areas are listed.
 */
static bool counts_objects(const char *format, enum unit unit,
			   enum category category)
{
	return unit != UNIT_PAGE || category == CATEGORY_LARGE_KMALLOC ||
	       strcmp(format, "vmallocinfo") == 0;
}

/* Who took the page of a slab cache is no witness of who holds objects. */
static bool is_slab_page(enum unit unit, enum category category)
{
	return unit == UNIT_PAGE &&
	       category_info(category)->block == BLOCK_SLAB;
}

static bool hear_row(struct hearing *hearing, unsigned side,
		     const struct row *row)
{
	const struct witness *witness = hearing->witness;
	enum unit unit = witness->sides[side]->unit;
	enum category category = row->key.stack->class.category;
	const struct frame *blamed = stack_blamed(row->key.stack);
	struct site *site;
	struct part *part;
	struct span key;

	if (!is_name(hearing, blamed) || is_slab_page(unit, category))
		return true;
	if (!make_key(hearing, blamed, &key))
		return false;
	site = find_or_add(hearing, key);
	part = site ? arena_alloc(&hearing->arena, sizeof(*part)) : NULL;
	if (!part)
		return false;
	part->bytes[side] = row->tally.units * witness->unit_bytes[side];
	part->records[side] = row->tally.records;
	part->counts = counts_objects(witness->source, unit, category);
	part->next = site->parts;
	site->parts = part;
	return true;
}

static bool hear(struct hearing *hearing)
{
	unsigned side;
	const struct row *row;

	for (side = 0; side < hearing->report->side_count; side++)
		for (row = hearing->witness->sides[side]->rows; row;
		     row = row->hh.next)
			if (!hear_row(hearing, side, row))
				return false;
	return true;
}

/* ---- the groups ---- */

static uint64_t grown(const struct hearing *hearing, const uint64_t sides[2])
{
	if (hearing->report->side_count == 1)
		return sides[0];
	return sides[1] > sides[0] ? sides[1] - sides[0] : 0;
}

/* 0: it is not known. */
static double object_size(const struct hearing *hearing, bool counts,
			  const uint64_t bytes[2], const uint64_t records[2])
{
	uint64_t sum = records[0] + records[1];

	if (!hearing->sized || !counts || !sum)
		return 0;
	return (double)(bytes[0] + bytes[1]) / (double)sum;
}

static int compare(const void *left, const void *right)
{
	const struct inquiry *a = left, *b = right;
	uintptr_t site = (uintptr_t)a->site, other = (uintptr_t)b->site;

	if (site != other)
		return site < other ? -1 : 1;
	return (a->size > b->size) - (a->size < b->size);
}

/*
 * Of a function that allocates several things: whether a size is that of one
 * of the rows, by size, that ask for it.
 */
static bool is_asked_for(const struct inquiry *rows, size_t count, double size)
{
	size_t low = 0, high = count;

	if (!size || !rows[0].size)
		return true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rows[middle].size <= size)
			low = middle + 1;
		else
			high = middle;
	}
	return (low && size <= rows[low - 1].size * SIZES_APART) ||
	       (low < count && rows[low].size <= size * SIZES_APART);
}

/* The rows, count of them, are all that ask for one site. */
static void add_site(const struct hearing *hearing, const struct inquiry *rows,
		     size_t count, struct sum *sum)
{
	struct part *part;
	unsigned i;

	for (part = rows[0].site->parts; part; part = part->next) {
		if (!is_asked_for(rows, count,
				  object_size(hearing, part->counts,
					      part->bytes, part->records)))
			continue;
		for (i = 0; i < 2; i++) {
			sum->bytes[i] += part->bytes[i];
			sum->records[i] += part->records[i];
		}
		sum->counts &= part->counts;
		sum->parts++;
	}
}

/* What there is of a group, or of one of its rows. */
static struct sum claim_of(const struct hearing *hearing,
			   enum category category,
			   const struct tally *const sides[2])
{
	const struct report *report = hearing->report;
	struct sum claim = {.counts = true};
	unsigned i;

	for (i = 0; i < report->side_count; i++) {
		const struct report_side *side = &report->sides[i];

		claim.counts &=
			counts_objects(side->format, side->unit, category);
		if (!sides[i])
			continue;
		claim.bytes[i] = sides[i]->units * side->unit_bytes;
		claim.records[i] = sides[i]->records;
	}
	return claim;
}

/* Within a tenth, which is what the time between two dumps makes of it. */
static bool is_about(uint64_t a, uint64_t b)
{
	double other = (double)a - (double)b;

	return 10 * (other < 0 ? -other : other) <= (double)b;
}

/* False: they do not agree. */
static bool fit_of(const struct hearing *hearing, const struct sum *claim,
		   const struct sum *sum, enum agreement_fit *ret)
{
	bool on_leaks = report_is_on_leaks(hearing->report);
	uint64_t own = grown(hearing, claim->records);
	uint64_t other = grown(hearing, sum->records);
	uint64_t leaked = on_leaks ? own : other, held = on_leaks ? other : own;

	if (!own || !other)
		return false;
	if (!claim->counts || !sum->counts) {
		*ret = hearing->sized && is_about(grown(hearing, sum->bytes),
						  grown(hearing, claim->bytes))
			       ? FIT_BYTES
			       : FIT_NONE;
		return grown(hearing, sum->bytes);
	}
	*ret = own == other    ? FIT_RECORDS
	       : leaked < held ? FIT_PART
			       : FIT_COUNT;
	return leaked <= held || is_about(leaked, held);
}

static bool note(const struct hearing *hearing, struct report *report,
		 const struct sum *claim, const struct sum *sum,
		 struct report_group *group)
{
	struct agreement *agreement;
	enum agreement_fit fit;
	unsigned i;

	if (!fit_of(hearing, claim, sum, &fit))
		return true;
	agreement = report_add_agreement(report, group);
	if (!agreement)
		return false;
	*agreement = (struct agreement){
		.source = hearing->witness->source,
		.fit = fit,
		.sized = hearing->sized,
		.rows = sum->parts,
	};
	for (i = 0; i < report->side_count; i++) {
		/* What there is now is in [1], also where it is all. */
		unsigned to = i + 2 - report->side_count;

		agreement->bytes[to] = sum->bytes[i];
		agreement->records[to] = sum->records[i];
	}
	return true;
}

/* What the rows of a group ask; false: no memory. */
static bool collect(struct hearing *hearing, const struct report_row *row,
		    size_t count, struct inquiry **ret, size_t *ret_count)
{
	struct inquiry *asked =
		arena_alloc(&hearing->arena, count * sizeof(*asked));
	size_t i, found = 0;

	for (i = 0; asked && i < count; i++) {
		const struct frame *blamed = stack_blamed(row[i].stack);
		const struct sum claim =
			claim_of(hearing, row->category, row[i].sides);
		struct span key;

		if (!is_name(hearing, blamed))
			continue;
		if (!make_key(hearing, blamed, &key))
			return false;
		asked[found].site = find(hearing, key);
		asked[found].size = object_size(hearing, claim.counts,
						claim.bytes, claim.records);
		found += asked[found].site != NULL;
	}
	*ret = asked;
	*ret_count = found;
	return asked;
}

static bool ask(struct hearing *hearing, struct report *report, size_t index)
{
	struct report_group *group = &report->groups[index];
	const struct report_row *row = &report->rows[group->first_row];
	const struct sum claim = claim_of(hearing, row->category, group->sides);
	struct sum sum = {.counts = true};
	struct inquiry *asked;
	size_t count, i, next;

	if (!row->suspect || group->agreement_count == AGREEMENTS_MAX ||
	    is_slab_page(report->sides[0].unit, row->category))
		return true;
	if (!collect(hearing, row, group->row_count, &asked, &count))
		return false;
	qsort(asked, count, sizeof(*asked), compare);
	for (i = 0; i < count; i = next) {
		for (next = i + 1; next < count; next++)
			if (asked[next].site != asked[i].site)
				break;
		add_site(hearing, asked + i, next - i, &sum);
	}
	return note(hearing, report, &claim, &sum, group);
}

bool corroborate_leaks(struct report *report, const struct witness *witness,
		       bool exact, struct error *err)
{
	unsigned newest = report->side_count - 1;
	struct hearing hearing = {
		.witness = witness,
		.report = report,
		.exact = exact,
		.sized = witness->sides[newest]->unit != UNIT_OBJECT &&
			 report->sides[newest].unit != UNIT_OBJECT,
	};
	bool done = true;
	size_t i;

	if (report->keys)
		return true;
	done = hear(&hearing);
	for (i = 0; done && i < report->group_count; i++)
		done = ask(&hearing, report, i);
	HASH_CLEAR(hh, hearing.sites);
	arena_deinit(&hearing.arena);
	return done || error_no_memory(err);
}
