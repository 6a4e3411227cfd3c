/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/corroborate_leaks.h"

/*
 * One says what was asked for, another what was taken for it: up to twice as
 * much, and some more where debugging adds to it.
 */
#define SIZES_APART 2.2

/* Rows of a group beyond which they are not held against each other. */
#define ROWS_COMPARED 256

/* What one stack holds in the witness. */
struct part {
	struct part *next; /* of the same function */
	const struct stack *stack;
	uint64_t bytes[2], records[2];
	bool counts; /* each record is an object */
	size_t told; /* to this group last, by its number from 1 */
};

/* A function; where there is an address only, the call that allocates. */
struct site {
	UT_hash_handle hh;
	struct span key;
	struct part *parts;
};

struct hearing {
	const struct witness *witness;
	const struct report *report;
	bool stacks; /* both have stacks, which can be held together */
	bool exact, sized;
	struct site *sites; /* uthash head */
	struct arena arena;
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

	if (frame_is_address(blamed)) {
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
	part->stack = row->key.stack;
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

/* Of a function that allocates several things: whether this may be it. */
static bool has_size(const struct hearing *hearing, const struct part *part,
		     const struct sum *claim)
{
	uint64_t records = part->records[0] + part->records[1];
	uint64_t claimed = claim->records[0] + claim->records[1];
	double size, other;

	if (!hearing->sized || !part->counts || !claim->counts || !records ||
	    !claimed)
		return true;
	size = (double)(part->bytes[0] + part->bytes[1]) / (double)records;
	other = (double)(claim->bytes[0] + claim->bytes[1]) / (double)claimed;
	return size <= other * SIZES_APART && other <= size * SIZES_APART;
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

static void add_part(const struct hearing *hearing, const struct part *part,
		     struct sum *sum)
{
	unsigned newest = hearing->report->side_count - 1;
	unsigned i;

	for (i = 0; i < 2; i++) {
		sum->bytes[i] += part->bytes[i];
		sum->records[i] += part->records[i];
	}
	sum->counts &= part->counts;
	sum->parts += part->records[newest] > 0;
}

/*
 * Whether two stacks are of the same calls, from the one that allocates on.
 * How many frames are kept differs between sources.
 */
static bool are_calls_equal(const struct stack *a, const struct stack *b)
{
	size_t i = a->class.blamed, j = b->class.blamed;

	for (; i < a->frame_count && j < b->frame_count; i++, j++)
		if (!span_equal(a->frames[i].text, b->frames[j].text))
			return false;
	return true;
}

/* Within a tenth, which is what the time between two dumps makes of it. */
static bool is_about(uint64_t a, uint64_t b)
{
	double other = (double)a - (double)b;

	return 10 * (other < 0 ? -other : other) <= (double)b;
}

static enum agreement_fit fit_of_bytes(const struct hearing *hearing,
				       uint64_t leaked, uint64_t held)
{
	if (!hearing->sized || leaked > held)
		return FIT_NONE;
	return leaked == held ? FIT_BYTES : FIT_PAGES;
}

/* False: they do not agree. */
static bool fit_of(const struct hearing *hearing, const struct sum *claim,
		   const struct sum *sum, enum agreement_fit *ret)
{
	bool counts = claim->counts && sum->counts;
	bool on_leaks = report_is_on_leaks(hearing->report);
	uint64_t own = grown(hearing, counts ? claim->records : claim->bytes);
	uint64_t other = grown(hearing, counts ? sum->records : sum->bytes);
	uint64_t leaked = on_leaks ? own : other, held = on_leaks ? other : own;

	if (!own || !other)
		return false;
	if (!counts) {
		*ret = fit_of_bytes(hearing, leaked, held);
		return true;
	}
	*ret = own == other    ? FIT_RECORDS
	       : leaked < held ? FIT_PART
			       : FIT_COUNT;
	return leaked <= held || is_about(leaked, held);
}

/* What is known of a group while it is asked about. */
struct question {
	const struct report_group *group;
	const struct report_row *rows; /* of it */
	size_t number;		       /* of the group, from 1 */
};

static struct sum row_claim(const struct hearing *hearing,
			    const struct report_row *row)
{
	return claim_of(hearing, row->category, row->sides);
}

/* The function of a row in the witness. False when memory ran out. */
static bool find_site(struct hearing *hearing, const struct report_row *row,
		      const struct site **ret)
{
	const struct frame *blamed = stack_blamed(row->stack);
	struct span key;

	*ret = NULL;
	if (!is_name(hearing, blamed))
		return true;
	if (!make_key(hearing, blamed, &key))
		return false;
	*ret = find(hearing, key);
	return true;
}

/* Of a row where one of both has nothing, or kmemleak has too much. */
static bool is_less_alike(const struct hearing *hearing, const struct sum *own,
			  const struct sum *theirs, enum agreement_fit fit)
{
	bool on_leaks = report_is_on_leaks(hearing->report);
	uint64_t leaked =
		grown(hearing, on_leaks ? own->records : theirs->records);
	uint64_t held =
		grown(hearing, on_leaks ? theirs->records : own->records);

	return !leaked && (!held || fit == FIT_PART || fit == FIT_PAGES);
}

/*
 * Whether a row and what the witness has of its stack, which the group may
 * have in several rows, agree as the whole group does.
 */
static bool is_row_alike(const struct hearing *hearing,
			 const struct question *question, size_t index,
			 const struct site *site, enum agreement_fit fit)
{
	const struct report_row *row = &question->rows[index];
	struct sum own = {.counts = true}, theirs = {.counts = true};
	const struct sum claim = row_claim(hearing, row);
	enum agreement_fit alike;
	const struct part *part;
	size_t i;

	for (i = 0; i < question->group->row_count; i++) {
		const struct sum other = row_claim(hearing, &question->rows[i]);

		if (!are_calls_equal(row->stack, question->rows[i].stack))
			continue;
		own.bytes[0] += other.bytes[0];
		own.bytes[1] += other.bytes[1];
		own.records[0] += other.records[0];
		own.records[1] += other.records[1];
		own.counts &= other.counts;
	}
	for (part = site ? site->parts : NULL; part; part = part->next)
		if (has_size(hearing, part, &claim) &&
		    are_calls_equal(row->stack, part->stack))
			add_part(hearing, part, &theirs);
	if (!fit_of(hearing, &own, &theirs, &alike))
		return is_less_alike(hearing, &own, &theirs, fit);
	return fit == FIT_RECORDS || fit == FIT_BYTES
		       ? alike == fit
		       : alike != FIT_COUNT && alike != FIT_NONE;
}

/* Whether what is said of a group holds for each of its rows. */
static bool are_rows_alike(struct hearing *hearing,
			   const struct question *question,
			   enum agreement_fit fit, bool *ret)
{
	size_t count = question->group->row_count, i;
	const struct site *site;

	*ret = count == 1;
	if (count == 1 || count > ROWS_COMPARED)
		return true;
	for (i = 0; i < count; i++) {
		if (!find_site(hearing, &question->rows[i], &site))
			return false;
		if (!is_row_alike(hearing, question, i, site, fit))
			return true;
	}
	*ret = true;
	return true;
}

/* What the witness has of the rows of a group: by_stack, of their stacks. */
static bool add_up(struct hearing *hearing, const struct question *question,
		   bool by_stack, struct sum *ret)
{
	/* A number for each of both ways. */
	size_t told = 2 * question->number + by_stack, i;
	const struct site *site;
	struct part *part;

	*ret = (struct sum){.counts = true};
	for (i = 0; i < question->group->row_count; i++) {
		const struct report_row *row = &question->rows[i];
		const struct sum claim = row_claim(hearing, row);

		if (!find_site(hearing, row, &site))
			return false;
		for (part = site ? site->parts : NULL; part;
		     part = part->next) {
			if (part->told == told ||
			    !has_size(hearing, part, &claim) ||
			    (by_stack &&
			     !are_calls_equal(row->stack, part->stack)))
				continue;
			part->told = told;
			add_part(hearing, part, ret);
		}
	}
	return true;
}

/* What is said, and of what. */
struct answer {
	struct sum sum;
	enum agreement_fit fit;
	enum agreement_scope scope;
};

/* *ret_fits: the stacks agree. False when memory ran out. */
static bool answer_by_stack(struct hearing *hearing,
			    const struct question *question,
			    const struct sum *claim, struct answer *ret,
			    bool *ret_fits)
{
	*ret_fits = false;
	if (!hearing->stacks || !hearing->exact)
		return true;
	if (!add_up(hearing, question, true, &ret->sum))
		return false;
	ret->scope = question->group->row_count > 1 ? SCOPE_GROUP : SCOPE_STACK;
	return !fit_of(hearing, claim, &ret->sum, &ret->fit) ||
	       are_rows_alike(hearing, question, ret->fit, ret_fits);
}

static bool answer_by_function(struct hearing *hearing,
			       const struct question *question,
			       const struct sum *claim, struct answer *ret,
			       bool *ret_fits)
{
	if (!add_up(hearing, question, false, &ret->sum))
		return false;
	ret->scope = SCOPE_FUNCTION;
	*ret_fits = fit_of(hearing, claim, &ret->sum, &ret->fit);
	/* A source of functions cannot say more. */
	if (hearing->stacks)
		ret->fit = claim->counts && ret->sum.counts
				   ? FIT_FUNCTION
				   : FIT_FUNCTION_BYTES;
	return true;
}

static uint64_t page_bytes_of(const struct hearing *hearing)
{
	const struct report *report = hearing->report;
	const struct report_side *side = &report->sides[report->side_count - 1];
	const struct witness *witness = hearing->witness;

	if (side->unit == UNIT_PAGE)
		return side->unit_bytes;
	return witness->sides[0]->unit == UNIT_PAGE ? witness->unit_bytes[0]
						    : 0;
}

static bool note(const struct hearing *hearing, struct report *report,
		 const struct answer *answer, struct report_group *group)
{
	struct agreement *agreement = report_add_agreement(report, group);
	unsigned i;

	if (!agreement)
		return false;
	*agreement = (struct agreement){
		.source = hearing->witness->source,
		.fit = answer->fit,
		.scope = answer->scope,
		.sized = hearing->sized,
		.page_bytes = page_bytes_of(hearing),
		.rows = answer->sum.parts,
	};
	if (answer->fit == FIT_PAGES && !agreement->page_bytes)
		agreement->fit = FIT_NONE;
	for (i = 0; i < report->side_count; i++) {
		/* What there is now is in [1], also where it is all. */
		unsigned to = i + 2 - report->side_count;

		agreement->bytes[to] = answer->sum.bytes[i];
		agreement->records[to] = answer->sum.records[i];
	}
	return true;
}

static bool ask(struct hearing *hearing, struct report *report, size_t index)
{
	struct report_group *group = &report->groups[index];
	const struct report_row *row = &report->rows[group->first_row];
	const struct question question = {group, row, index + 1};
	const struct sum claim = claim_of(hearing, row->category, group->sides);
	struct answer answer;
	bool fits;

	if (!row->suspect || group->agreement_count == AGREEMENTS_MAX ||
	    is_slab_page(report->sides[0].unit, row->category))
		return true;
	if (!answer_by_stack(hearing, &question, &claim, &answer, &fits))
		return false;
	if (!fits &&
	    !answer_by_function(hearing, &question, &claim, &answer, &fits))
		return false;
	return !fits || note(hearing, report, &answer, group);
}

/* Whether the sources have stacks, and not only functions. */
static bool have_stacks(const struct report *report,
			const struct witness *witness)
{
	return !(report->sides[0].snapshot->identity & 1u << FIELD_SITE) &&
	       !(witness->sides[0]->identity & 1u << FIELD_SITE);
}

bool corroborate_leaks(struct report *report, const struct witness *witness,
		       bool exact, struct error *err)
{
	unsigned newest = report->side_count - 1;
	struct hearing hearing = {
		.witness = witness,
		.report = report,
		.exact = exact,
		.stacks = have_stacks(report, witness),
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
