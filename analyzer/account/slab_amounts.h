/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one capture says of one slab cache. */
#ifndef PAGEOWL_ACCOUNT_SLAB_AMOUNTS_H
#define PAGEOWL_ACCOUNT_SLAB_AMOUNTS_H

#include "model/counters.h"
#include "model/slab_view.h"

struct slab_source {
	const struct counters *counters;
	uint64_t page_size; /* bytes */
};

/* Memory, objects, slots; false: it does not tell of this cache. */
bool slab_amount_of_slabinfo(const struct slab_source *source,
			     struct span cache, struct slab_amount *ret);
bool slab_amount_of_sysfs(const struct slab_source *source, struct span cache,
			  struct slab_amount *ret);

/* What a report in a log tells of "slab NAME". */
void slab_amount_of_report(const struct slab_source *source, struct span scope,
			   struct slab_amount *ret);

/* The size of an object of the cache, and what its slots have beyond it. */
void slab_amount_size(const struct slab_source *source, struct span cache,
		      struct slab_amount *ret);

/* Flags and merging, as far as they are known. */
void slab_cache_note(const struct slab_source *source, struct span name,
		     struct slab_cache *cache);

/* Another cache of the same name. */
void slab_amount_add(struct slab_amount *sum, const struct slab_amount *more);

/* Any other cache. */
void slab_amount_total(struct slab_amount *total,
		       const struct slab_amount *more);

#endif
