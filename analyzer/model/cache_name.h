/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the name of a slab cache tells. */
#ifndef PAGEOWL_MODEL_CACHE_NAME_H
#define PAGEOWL_MODEL_CACHE_NAME_H

#include "base/span.h"

/*
 * The bytes of an object of a kmalloc() cache: 1024 of "kmalloc-1k",
 * "kmalloc-cg-1k", "kmalloc-rnd-07-1k", "dma-kmalloc-1k", or a cgroup's own
 * "kmalloc-1k(12:name)". False for caches of other kinds.
 */
bool cache_name_kmalloc_size(struct span name, uint64_t *ret);

/* The same of a name at the front of text, which is taken off. */
bool cache_name_take_kmalloc(struct span *text, uint64_t *ret);

/*
 * Whether memory pressure shrinks the cache (SLAB_RECLAIM_ACCOUNT), as far as
 * its name tells: inodes, dentries, buffer heads and the like.
 */
bool cache_name_is_reclaimable(struct span name);

#endif
