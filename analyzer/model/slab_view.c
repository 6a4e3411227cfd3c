/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/slab_view.h"

/* As many as are shown where nobody asks for more; of all memory, fewer: the
 * largest caches are no suspects. */
#define GROWN_MAX   8
#define LARGEST_MAX 4

/* Of the sum: what is less is no answer to where memory went. */
#define LEADER_SHARE 50

int64_t slab_cache_growth(const struct slab_cache *cache)
{
	return (int64_t)cache->sides[1].bytes - (int64_t)cache->sides[0].bytes;
}

/* By what caches are ranked, where it is above 0. */
static uint64_t weight(const struct slab_view *view,
		       const struct slab_cache *cache)
{
	int64_t growth = slab_cache_growth(cache);

	if (!view->compared)
		return cache->sides[view->newest].bytes;
	return growth > 0 ? (uint64_t)growth : 0;
}

size_t slab_view_leaders(const struct slab_view *view)
{
	size_t most = view->compared ? GROWN_MAX : LARGEST_MAX;
	uint64_t sum = 0, each;
	size_t i;

	for (i = 0; i < view->cache_count; i++) {
		each = weight(view, &view->caches[i]);
		sum = sum + each < sum ? UINT64_MAX : sum + each;
	}
	for (i = 0; i < view->cache_count && i < most; i++) {
		each = weight(view, &view->caches[i]);
		if (!each || each < sum / LEADER_SHARE)
			break;
	}
	return i;
}
