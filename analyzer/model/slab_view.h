/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The slab caches of one or two captures by the memory they hold, from
 * /proc/slabinfo and /sys/kernel/slab. Made by account/slab_caches.
 */
#ifndef PAGEOWL_MODEL_SLAB_VIEW_H
#define PAGEOWL_MODEL_SLAB_VIEW_H

#include "base/arena.h"
#include "base/span.h"

enum known_flag { FLAG_UNKNOWN, FLAG_NO, FLAG_YES };

/* A cache in one capture. */
struct slab_amount {
	bool known;	       /* the capture has this cache */
	uint64_t bytes;	       /* of its slabs: whole pages */
	uint64_t objects;      /* in use */
	uint64_t slots;	       /* room for objects, the used ones too */
	uint64_t slot_bytes;   /* of one, what debugging adds included */
	uint64_t object_bytes; /* of one, as was asked for; 0: not known */
	uint64_t debug_bytes;  /* slots - objects in size, times slots */
};

struct slab_cache {
	struct span name; /* as the kernel prints it; untrusted */
	enum known_flag reclaimable;
	enum known_flag traced; /* it notes who allocates: store_user */
	/* Other caches that are merged into this one: sysfs' "aliases"; 0
	 * where there are none or it is not known. */
	uint64_t aliases;
	struct slab_amount sides[2];
};

/* Zeroed is one of captures without slabinfo. With one side it is [0]. */
struct slab_view {
	bool known;
	struct slab_cache *caches; /* ranked: by growth, else by memory */
	size_t cache_count;
	struct slab_amount totals[2]; /* slot_bytes, object_bytes are 0 */
};

#endif
