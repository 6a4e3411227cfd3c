/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/traced_caches.h"

#include "base/table.h"
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

/* ---- the table ---- */

enum mark_kind {
	MARK_NAME = 1,	 /* the newest cache of a name */
	MARK_ALIKE,	 /* the newest one with these objects */
	MARK_ALIKE_NAME, /* that of this name */
};

/* Without holes, of which a hash would take notice. */
struct mark_key {
	uint64_t kind;
	const struct format *format;
	uint64_t objects, fingerprint;
	XXH128_hash_t name;
};

struct traced_mark {
	struct mark_key key;
	const struct traced_cache *cache;
	UT_hash_handle hh;
};

static struct mark_key key_of(enum mark_kind kind,
			      const struct traced_cache *cache)
{
	struct mark_key key = {.kind = kind, .format = cache->format};

	if (kind != MARK_NAME) {
		key.objects = cache->objects;
		key.fingerprint = cache->fingerprint;
	}
	if (kind != MARK_ALIKE)
		key.name = XXH3_128bits(cache->name.at, cache->name.length);
	return key;
}

static struct traced_mark *find_mark(const struct traced_caches *caches,
				     struct mark_key key)
{
	struct traced_mark *mark;

	HASH_FIND(hh, caches->marks, &key, sizeof(key), mark);
	return mark;
}

/* The cache that is marked with what this one is, or NULL. */
static const struct traced_cache *find_cache(const struct traced_caches *caches,
					     enum mark_kind kind,
					     const struct traced_cache *like)
{
	const struct traced_mark *mark = find_mark(caches, key_of(kind, like));

	if (!mark ||
	    (kind != MARK_ALIKE && !span_equal(mark->cache->name, like->name)))
		return NULL;
	return mark->cache;
}

static bool set_mark(struct traced_caches *caches, struct arena *arena,
		     enum mark_kind kind, const struct traced_cache *cache,
		     struct error *err)
{
	struct mark_key key = key_of(kind, cache);
	struct traced_mark *mark = find_mark(caches, key);

	if (mark) {
		mark->cache = cache;
		return true;
	}
	mark = arena_alloc(arena, sizeof(*mark));
	if (!mark)
		return error_no_memory(err);
	mark->key = key;
	mark->cache = cache;
	HASH_ADD(hh, caches->marks, key, sizeof(key), mark);
	return mark->hh.tbl || error_no_memory(err);
}

void traced_caches_deinit(struct traced_caches *caches)
{
	HASH_CLEAR(hh, caches->marks);
	*caches = (struct traced_caches){0};
}

/* ---- twins ---- */

/*
 * A merged name has to be the newest of those with its objects: whatever came
 * behind it was its twin, and was not noted.
 */
static const struct traced_cache *find_twin(const struct traced_caches *caches,
					    const struct traced_cache *cache)
{
	const struct traced_cache *alike =
		find_cache(caches, MARK_ALIKE, cache);

	if (!alike || is_merged_name(alike->name) ||
	    is_merged_name(cache->name))
		return alike;
	return find_cache(caches, MARK_ALIKE_NAME, cache);
}

static bool note(struct traced_caches *caches, struct arena *arena,
		 struct traced_cache *cache, struct error *err)
{
	cache->next = caches->first;
	caches->first = cache;
	if (!set_mark(caches, arena, MARK_NAME, cache, err))
		return false;
	/* Those that hold nothing are nobody's twins. */
	return !cache->objects ||
	       (set_mark(caches, arena, MARK_ALIKE, cache, err) &&
		set_mark(caches, arena, MARK_ALIKE_NAME, cache, err));
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
	return *ret_twin || note(caches, arena, cache, err);
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
	const struct traced_cache like = {.format = format, .name = name};

	return find_cache(caches, MARK_NAME, &like) != NULL;
}
