/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The slab caches whose traces a capture holds: none is to be counted twice,
 * and what a trace leaves out in silence is to be said.
 */
#ifndef PAGEOWL_INPUT_TRACED_CACHES_H
#define PAGEOWL_INPUT_TRACED_CACHES_H

#include "formats/format.h"
#include "model/snapshot.h"

struct traced_cache {
	struct traced_cache *next;
	const struct format *format;
	struct span name;
	uint64_t objects;     /* in its lines */
	uint64_t fingerprint; /* of stacks and counts, whatever their order */
	bool full;	      /* alloc_calls that fills its page */
};

struct traced_mark;

/* Zeroed is empty. Caches live in the arena of whoever adds them. */
struct traced_caches {
	struct traced_cache *first; /* the newest */
	struct traced_mark *marks;  /* a table: by name, and by objects */
};

/* To be called before the arena goes. */
void traced_caches_deinit(struct traced_caches *caches);

/*
 * Note what the member at path says. *ret_twin is the cache that has the same
 * objects and was noted before, or NULL: it has the same name, or one of both
 * has the name that SLUB gives to caches it has merged.
 */
bool traced_caches_note(struct traced_caches *caches, struct arena *arena,
			const struct format *format,
			const struct snapshot *snapshot, struct span path,
			const struct traced_cache **ret_twin,
			struct error *err);

bool traced_caches_has(const struct traced_caches *caches,
		       const struct format *format, struct span name);

/*
 * How many objects of a cache are in no line, from what sysfs or slabinfo say
 * that it holds; false: none is known to be missing. *ret_held 0: nobody says.
 */
bool traced_cache_misses(const struct traced_cache *cache,
			 const struct counters *counters, uint64_t *ret_held);

#endif
