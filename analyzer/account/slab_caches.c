/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory, objects and slots of a cache are taken from slabinfo where there is
 * one: it is read at once, and next to meminfo, while the files of sysfs come
 * one by one and later. What slabinfo lacks is sysfs' to tell: the size of an
 * object, flags, how many caches were merged into one.
 */
#include "account/slab_caches.h"

#include <stdlib.h>

#include "account/slab_amounts.h"
#include "base/table.h"

/* A cache while the captures are gone through. */
struct entry {
	UT_hash_handle hh;
	struct slab_cache cache;
};

struct builder {
	struct slab_source source; /* of this side */
	struct arena *arena;
	unsigned side;
	struct entry *entries; /* uthash head, by name */
};

/* ---- caches by name ---- */

static bool find_entry(struct builder *builder, struct span name,
		       struct entry **ret, struct error *err)
{
	struct entry *entry;

	HASH_FIND(hh, builder->entries, name.at, name.length, *ret);
	if (*ret)
		return true;
	entry = arena_alloc(builder->arena, sizeof(*entry));
	if (!entry)
		return error_no_memory(err);
	entry->cache.name = name;
	HASH_ADD_KEYPTR(hh, builder->entries, name.at, name.length, entry);
	if (!entry->hh.tbl)
		return error_no_memory(err);
	*ret = entry;
	return true;
}

/* "name (2)" of formats/slabinfo: the cache is another, the name is one. */
static struct span drop_number(const struct builder *builder, struct span scope)
{
	struct span name = scope, rest;
	uint64_t number, slabs;
	size_t i;

	if (!span_ends_with(scope, SPAN(")")))
		return scope;
	for (i = scope.length; i > 1 && scope.at[i - 1] != '('; i--)
		;
	rest = span_skip(scope, i);
	if (i < 3 || scope.at[i - 2] != ' ' || !span_take_u64(&rest, &number) ||
	    !span_equal(rest, SPAN(")")) || number < 2)
		return scope;
	name.length = i - 2;
	return counters_value(builder->source.counters, "slabinfo", name,
			      "num_slabs", &slabs)
		       ? name
		       : scope;
}

static bool add_cache(struct builder *builder, struct span scope,
		      struct slab_amount *amount, struct error *err)
{
	struct span name = drop_number(builder, scope);
	struct slab_cache *cache;
	struct entry *entry;

	if (!find_entry(builder, name, &entry, err))
		return false;
	cache = &entry->cache;
	amount->known = true;
	slab_amount_size(&builder->source, name, amount);
	if (!cache->sides[builder->side].known) {
		slab_cache_note(&builder->source, name, cache);
		cache->namesakes = 0;
	}
	cache->namesakes++;
	slab_amount_add(&cache->sides[builder->side], amount);
	return true;
}

static bool add_slabinfo(struct builder *builder, size_t *ret_count,
			 struct error *err)
{
	const struct counter_entry *at;

	for (at = builder->source.counters->table; at; at = at->hh.next) {
		struct slab_amount amount = {0};

		if (!span_equal(at->counter.group, SPAN("slabinfo")) ||
		    !span_equal(at->counter.name, SPAN("num_slabs")) ||
		    !slab_amount_of_slabinfo(&builder->source,
					     at->counter.scope, &amount))
			continue;
		if (!add_cache(builder, at->counter.scope, &amount, err))
			return false;
		++*ret_count;
	}
	return true;
}

/* ---- sysfs alone ---- */

/*
 * Caches that can be merged are folders ":0000064", to which each name is a
 * link; a copy that followed the links has the same cache many times. These
 * are found by all that they say.
 */
struct sysfs_cache {
	struct span name;
	struct slab_amount amount;
	uint64_t aliases;
};

static bool is_id(struct span name)
{
	return span_starts_with(name, SPAN(":"));
}

static int compare_u64(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_facts(const struct sysfs_cache *a,
			 const struct sysfs_cache *b)
{
	int order = compare_u64(a->amount.bytes, b->amount.bytes);

	if (order == 0)
		order = compare_u64(a->amount.slots, b->amount.slots);
	if (order == 0)
		order = compare_u64(a->amount.slot_bytes, b->amount.slot_bytes);
	return order ? order : compare_u64(a->aliases, b->aliases);
}

/* Twins become neighbours, in which names go before ids. */
static int compare_twins(const void *left, const void *right)
{
	const struct sysfs_cache *a = left, *b = right;
	int order = compare_facts(a, b);

	if (order == 0)
		order = is_id(a->name) - is_id(b->name);
	return order ? order : span_compare(a->name, b->name);
}

/* How many caches twins are: each has one id, and a name more than aliases. */
static size_t count_distinct(const struct sysfs_cache *twins, size_t count)
{
	uint64_t share = twins[0].aliases;
	size_t ids = 0, i;

	for (i = 0; i < count; i++)
		ids += is_id(twins[i].name);
	if (ids)
		return ids;
	return share < count ? (count + (size_t)share) / ((size_t)share + 1)
			     : 1;
}

static bool add_twins(struct builder *builder, struct sysfs_cache *caches,
		      size_t count, struct error *err)
{
	size_t i, j, end, kept;

	for (i = 0; i < count; i = end) {
		for (end = i + 1; end < count; end++)
			if (compare_facts(&caches[i], &caches[end]) != 0)
				break;
		kept = count_distinct(&caches[i], end - i);
		for (j = i; j < i + kept; j++)
			if (!add_cache(builder, caches[j].name,
				       &caches[j].amount, err))
				return false;
	}
	return true;
}

/* "order" has one number, so its scopes are the caches. */
static bool is_sysfs_cache(const struct counter *counter)
{
	return span_equal(counter->group, SPAN("slab_attribute")) &&
	       span_equal(counter->name, SPAN("order"));
}

static bool add_sysfs(struct builder *builder, struct error *err)
{
	const struct counter_entry *at;
	struct sysfs_cache *caches;
	size_t room = 0, count = 0;
	bool done;

	for (at = builder->source.counters->table; at; at = at->hh.next)
		room += is_sysfs_cache(&at->counter);
	caches = calloc(room + 1, sizeof(*caches));
	if (!caches)
		return error_no_memory(err);
	for (at = builder->source.counters->table; at; at = at->hh.next) {
		struct sysfs_cache *cache = &caches[count];

		if (!is_sysfs_cache(&at->counter) ||
		    !slab_amount_of_sysfs(&builder->source, at->counter.scope,
					  &cache->amount))
			continue;
		cache->name = at->counter.scope;
		counters_value(builder->source.counters, "slab_attribute",
			       cache->name, "aliases", &cache->aliases);
		count++;
	}
	qsort(caches, count, sizeof(*caches), compare_twins);
	done = add_twins(builder, caches, count, err);
	free(caches);
	return done;
}

/* ---- a report in a log ---- */

/* "slab kmalloc-64": of caches that cannot be reclaimed, amounts alone. */
static bool add_report(struct builder *builder, size_t *ret_count,
		       struct error *err)
{
	const struct counter_entry *at;

	for (at = builder->source.counters->table; at; at = at->hh.next) {
		struct span name = at->counter.scope;
		struct entry *entry;

		if (!span_equal(at->counter.group, SPAN("show_mem")) ||
		    !span_equal(at->counter.name, SPAN("total")) ||
		    at->counter.unit != COUNTER_KIB ||
		    !span_take(&name, SPAN("slab ")))
			continue;
		if (!find_entry(builder, name, &entry, err))
			return false;
		entry->cache.namesakes = 1;
		entry->cache.reclaimable = FLAG_NO;
		slab_amount_of_report(&builder->source, at->counter.scope,
				      &entry->cache.sides[builder->side]);
		++*ret_count;
	}
	return true;
}

static bool add_side(struct builder *builder, struct error *err)
{
	size_t count = 0;

	return add_slabinfo(builder, &count, err) &&
	       (count || add_report(builder, &count, err)) &&
	       (count || add_sysfs(builder, err));
}

/* ---- ranking ---- */

static uint64_t memory(const struct slab_cache *cache)
{
	return cache->sides[1].known ? cache->sides[1].bytes
				     : cache->sides[0].bytes;
}

static int compare_memory(const void *left, const void *right)
{
	const struct slab_cache *a = left, *b = right;
	int order = -compare_u64(memory(a), memory(b));

	return order ? order : span_compare(a->name, b->name);
}

static int compare_growth(const void *left, const void *right)
{
	int64_t a = slab_cache_growth(left), b = slab_cache_growth(right);

	return a == b ? compare_memory(left, right) : (a < b) - (a > b);
}

static bool rank(struct entry *entries, struct arena *arena,
		 struct slab_view *ret, struct error *err)
{
	struct slab_view view = {0};
	struct entry *entry;
	unsigned side;

	view.caches = arena_alloc(arena, (HASH_COUNT(entries) + 1) *
						 sizeof(*view.caches));
	if (!view.caches)
		return error_no_memory(err);
	for (entry = entries; entry; entry = entry->hh.next) {
		view.caches[view.cache_count++] = entry->cache;
		for (side = 0; side < 2; side++)
			slab_amount_total(&view.totals[side],
					  &entry->cache.sides[side]);
	}
	view.known = view.cache_count != 0;
	view.newest = view.totals[1].known;
	/* A report lists some caches only, and not by whole pages. */
	view.compared = view.totals[0].known && view.totals[1].known &&
			view.totals[0].sums_only == view.totals[1].sums_only;
	qsort(view.caches, view.cache_count, sizeof(*view.caches),
	      view.compared ? compare_growth : compare_memory);
	*ret = view;
	return true;
}

bool slab_caches_make(const struct counters *const counters[2],
		      const uint64_t page_sizes[2], struct arena *arena,
		      struct slab_view *ret, struct error *err)
{
	struct builder builder = {.arena = arena};
	bool done = true;

	for (; done && builder.side < 2; builder.side++) {
		builder.source.counters = counters[builder.side];
		builder.source.page_size = page_sizes[builder.side];
		done = !builder.source.counters || add_side(&builder, err);
	}
	done = done && rank(builder.entries, arena, ret, err);
	HASH_CLEAR(hh, builder.entries);
	return done;
}

/* ---- whose stacks are known ---- */

/* A name that a row of objects has. */
struct traced_name {
	UT_hash_handle hh;
	struct span name;
};

static bool note_names(const struct report *objects, struct traced_name *names,
		       struct traced_name **ret_table)
{
	struct traced_name *table = NULL, *found;
	size_t i;

	for (i = 0; i < objects->row_count; i++) {
		struct span name = objects->rows[i].detail;

		/* Most rows are of the cache that the one before is of. */
		if (i && span_equal(name, objects->rows[i - 1].detail))
			continue;
		HASH_FIND(hh, table, name.at, name.length, found);
		if (found)
			continue;
		names[i].name = name;
		HASH_ADD_KEYPTR(hh, table, names[i].name.at, name.length,
				&names[i]);
		if (!names[i].hh.tbl) {
			HASH_CLEAR(hh, table);
			return false;
		}
	}
	*ret_table = table;
	return true;
}

bool slab_caches_mark(struct slab_view *view, const struct report *objects,
		      struct error *err)
{
	struct traced_name *names, *table, *found;
	size_t i;

	for (i = 0; i < view->cache_count; i++)
		view->caches[i].has_stacks = false;
	if (!objects || !objects->row_count)
		return true;
	names = calloc(objects->row_count, sizeof(*names));
	if (!names || !note_names(objects, names, &table)) {
		free(names);
		return error_no_memory(err);
	}
	for (i = 0; i < view->cache_count; i++) {
		struct slab_cache *cache = &view->caches[i];

		HASH_FIND(hh, table, cache->name.at, cache->name.length, found);
		cache->has_stacks = found;
	}
	HASH_CLEAR(hh, table);
	free(names);
	return true;
}
