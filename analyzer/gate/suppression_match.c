/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate/suppression_match.h"

#include "base/pattern.h"
#include "base/table.h"

/* ---- one entry ---- */

static struct span name_of(const struct frame *frame)
{
	return frame_is_address(frame) ? frame->text : frame->name;
}

static bool is_any_frames(struct span pattern)
{
	return span_equal(pattern, SPAN("..."));
}

/*
 * As pattern_matches(), of frames instead of bytes; frames that are left over
 * may be any. It is enough to go back to the last "...": what was found before
 * it was found as early as can be.
 */
bool suppression_frames_match(const struct suppression *suppression,
			      const struct stack *stack)
{
	size_t at = judged_first_frame(stack), p = 0, again = SIZE_MAX;
	size_t mark = at;

	while (p < suppression->frame_count) {
		if (is_any_frames(suppression->frames[p])) {
			again = ++p;
			mark = at;
		} else if (at < stack->frame_count &&
			   pattern_matches(suppression->frames[p],
					   name_of(&stack->frames[at]))) {
			p++;
			at++;
		} else if (again != SIZE_MAX && mark < stack->frame_count) {
			p = again;
			at = ++mark;
		} else {
			return false;
		}
	}
	return true;
}

bool suppression_is_of_category(const struct suppression *suppression)
{
	return suppression->category.length && !suppression->frame_count &&
	       !suppression->module.length && !suppression->cache.length &&
	       !suppression->unaccounted;
}

static bool is_like(struct span pattern, struct span name)
{
	return !pattern.length || pattern_matches(pattern, name);
}

static bool is_of_category(const struct suppression *suppression,
			   const struct report_row *row)
{
	return !suppression->category.length ||
	       category_matches(suppression->category,
				span_of(category_info(row->category)->name));
}

static bool is_in_cache(const struct suppression *suppression,
			const struct judged_row *row)
{
	return !suppression->cache.length ||
	       (report_is_on_objects(row->report) &&
		pattern_matches(suppression->cache, row->row->detail));
}

bool suppression_takes(const struct suppression *suppression,
		       const struct judged_row *row, bool shown)
{
	if (suppression->unaccounted ||
	    !growth_is_measured(&row->growth, suppression) ||
	    (!shown && suppression_is_of_category(suppression)))
		return false;
	return is_like(suppression->module, row->row->module) &&
	       is_of_category(suppression, row->row) &&
	       is_in_cache(suppression, row) &&
	       suppression_frames_match(suppression, row->row->stack);
}

/* ---- many ---- */

/* In the order of the files. */
struct suppression_link {
	struct suppression *suppression;
	struct suppression_link *next;
	/* What the blamed function begins and ends with; 0: with anything. It
	 * spares most rows a look at the entry itself. */
	char first, last;
};

/* What a name is of. */
enum key_kind {
	KEY_FUNCTION, /* the blamed one */
	KEY_FRAME,    /* one of the stack */
	KEY_MODULE,
	KEY_CACHE,
};
#define KEY_KINDS (KEY_CACHE + 1)

struct suppression_key {
	UT_hash_handle hh;
	struct span name;
	struct suppression_link *links[KEY_KINDS];
};

static bool is_literal(struct span pattern)
{
	return pattern.length && !memchr(pattern.at, '*', pattern.length) &&
	       !memchr(pattern.at, '?', pattern.length);
}

static bool has_name(struct span frame)
{
	return is_literal(frame) && !is_any_frames(frame);
}

/* A frame that has a name; of none, frame_count. */
static size_t named_frame(const struct suppression *suppression)
{
	size_t i = 0;

	while (i < suppression->frame_count &&
	       !has_name(suppression->frames[i]))
		i++;
	return i;
}

/* The name that leads to it, of the kind that tells the most; false: none. */
static bool key_of(const struct suppression *suppression, enum key_kind *kind,
		   struct span *ret)
{
	size_t named = named_frame(suppression);

	if (named < suppression->frame_count) {
		*kind = named ? KEY_FRAME : KEY_FUNCTION;
		*ret = suppression->frames[named];
	} else if (is_literal(suppression->module)) {
		*kind = KEY_MODULE;
		*ret = suppression->module;
	} else if (is_literal(suppression->cache)) {
		*kind = KEY_CACHE;
		*ret = suppression->cache;
	} else {
		return false;
	}
	return true;
}

static struct suppression_key *find_key(const struct suppression_index *index,
					struct span name)
{
	struct suppression_key *found = NULL;

	if (name.length)
		HASH_FIND(hh, index->named, name.at, name.length, found);
	return found;
}

static struct suppression_key *get_key(struct suppression_index *index,
				       struct span name, struct arena *arena)
{
	struct suppression_key *key = find_key(index, name);

	if (key)
		return key;
	key = arena_alloc(arena, sizeof(*key));
	if (!key)
		return NULL;
	key->name = name;
	HASH_ADD_KEYPTR(hh, index->named, key->name.at, key->name.length, key);
	return key->hh.tbl ? key : NULL;
}

static char byte_of(char c)
{
	return c == '*' || c == '?' ? '\0' : c;
}

static void set_ends(struct suppression_link *link)
{
	const struct suppression *suppression = link->suppression;
	struct span pattern;

	if (!suppression->frame_count || is_any_frames(suppression->frames[0]))
		return;
	pattern = suppression->frames[0];
	if (!pattern.length)
		return;
	link->first = byte_of(pattern.at[0]);
	link->last = byte_of(span_end(pattern)[-1]);
}

static bool add(struct suppression_index *index,
		struct suppression *suppression, struct arena *arena)
{
	struct suppression_link *link = arena_alloc(arena, sizeof(*link));
	struct suppression_link **list = &index->general;
	struct suppression_key *key;
	enum key_kind kind;
	struct span name;

	if (!link)
		return false;
	if (key_of(suppression, &kind, &name)) {
		key = get_key(index, name, arena);
		if (!key)
			return false;
		list = &key->links[kind];
	}
	*link = (struct suppression_link){suppression, *list, 0, 0};
	set_ends(link);
	*list = link;
	return true;
}

bool suppression_index_make(struct suppression *suppressions, size_t count,
			    struct arena *arena, struct suppression_index *ret,
			    struct error *err)
{
	struct suppression_index index = {0};

	/* From the last to the first: each is put before the others. */
	while (count--) {
		if (suppressions[count].state == SUPPRESSION_EXPIRED ||
		    suppressions[count].unaccounted)
			continue;
		if (!add(&index, &suppressions[count], arena)) {
			suppression_index_deinit(&index);
			return error_no_memory(err);
		}
	}
	*ret = index;
	return true;
}

void suppression_index_deinit(struct suppression_index *index)
{
	/* The keys themselves live in an arena. */
	HASH_CLEAR(hh, index->named);
	index->general = NULL;
}

/* A row, and the name of its blamed frame, or an empty one. */
struct sought {
	const struct judged_row *row;
	struct span name;
	bool shown;
};

static bool ends_fit(const struct suppression_link *link, struct span name)
{
	if (!name.length)
		return true;
	return (!link->first || link->first == name.at[0]) &&
	       (!link->last || link->last == span_end(name)[-1]);
}

/* The first of list that stands before best and takes row, else best. */
static struct suppression *first_of(const struct suppression_link *list,
				    struct suppression *best,
				    const struct sought *sought)
{
	for (; list && (!best || list->suppression < best); list = list->next)
		if (ends_fit(list, sought->name) &&
		    suppression_takes(list->suppression, sought->row,
				      sought->shown))
			return list->suppression;
	return best;
}

static const struct suppression_link *links_of(
	const struct suppression_index *index, struct span name,
	enum key_kind kind)
{
	const struct suppression_key *key = find_key(index, name);

	return key ? key->links[kind] : NULL;
}

struct suppression *suppression_index_find(
	const struct suppression_index *index, const struct judged_row *row,
	bool shown)
{
	const struct stack *stack = row->row->stack;
	size_t first = judged_first_frame(stack), i;
	struct sought sought = {.row = row, .shown = shown};
	struct suppression *best = NULL;

	if (first < stack->frame_count)
		sought.name = name_of(&stack->frames[first]);
	best = first_of(links_of(index, sought.name, KEY_FUNCTION), best,
			&sought);
	for (i = first; i < stack->frame_count; i++)
		best = first_of(
			links_of(index, name_of(&stack->frames[i]), KEY_FRAME),
			best, &sought);
	best = first_of(links_of(index, row->row->module, KEY_MODULE), best,
			&sought);
	best = first_of(
		links_of(index, judged_cache(row->report, row->row), KEY_CACHE),
		best, &sought);
	return first_of(index->general, best, &sought);
}
