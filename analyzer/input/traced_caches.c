/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/traced_caches.h"

#include "formats/slab_path.h"

/*
 * What alloc_calls holds at least when it ends in silence: a page, less the
 * room for one more line (SLUB up to 5.13, list_locations()).
 */
#define ALLOC_CALLS_FULL 3300

static uint64_t fingerprint_of(const struct snapshot *snapshot)
{
	uint64_t sum = 0;
	const struct row *row;

	for (row = snapshot->rows; row; row = row->hh.next)
		sum += (row->tally.records + 1) *
		       XXH3_64bits(row->key.stack->text.at,
				   row->key.stack->text.length);
	return sum;
}

/* SLUB's own name of caches that were merged: ":A-0000192". */
static bool is_merged_name(struct span cache)
{
	return span_starts_with(cache, SPAN(":"));
}

static const struct traced_cache *find_twin(const struct traced_caches *caches,
					    const struct traced_cache *cache)
{
	const struct traced_cache *other;

	for (other = caches->first; other; other = other->next)
		if (other->format == cache->format &&
		    other->objects == cache->objects &&
		    other->fingerprint == cache->fingerprint &&
		    (is_merged_name(other->name) ||
		     is_merged_name(cache->name) ||
		     span_equal(other->name, cache->name)))
			return other;
	return NULL;
}

bool traced_caches_note(struct traced_caches *caches, struct arena *arena,
			const struct format *format,
			const struct snapshot *snapshot, struct span path,
			const struct traced_cache **ret_twin, struct error *err)
{
	struct traced_cache *cache;

	*ret_twin = NULL;
	cache = arena_alloc(arena, sizeof(*cache));
	if (!cache || !arena_copy(arena, slab_path_cache(path), &cache->name))
		return error_no_memory(err);
	cache->format = format;
	cache->objects = snapshot->seen;
	cache->fingerprint = fingerprint_of(snapshot);
	cache->full = snapshot->bytes > ALLOC_CALLS_FULL &&
		      span_find(path, SPAN("alloc_calls"));
	if (cache->objects)
		*ret_twin = find_twin(caches, cache);
	if (*ret_twin)
		return true;
	cache->next = caches->first;
	caches->first = cache;
	return true;
}

bool traced_cache_misses(const struct traced_cache *cache,
			 const struct counters *counters, uint64_t *ret_held)
{
	if (!cache->full)
		return false;
	if (!counters_value(counters, "slab_attribute", cache->name, "objects",
			    ret_held) &&
	    !counters_value(counters, "slabinfo", cache->name, "active_objs",
			    ret_held))
		*ret_held = 0;
	return !*ret_held || *ret_held > cache->objects;
}

bool traced_caches_has(const struct traced_caches *caches,
		       const struct format *format, struct span name)
{
	const struct traced_cache *cache;

	for (cache = caches->first; cache; cache = cache->next)
		if (cache->format == format && span_equal(cache->name, name))
			return true;
	return false;
}
