/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The slab caches of one or two captures by the memory they hold, from
 * /proc/slabinfo and /sys/kernel/slab. Made by account/slab_caches.
 */
#ifndef PAGEOWL_MODEL_SLAB_VIEW_H
#define PAGEOWL_MODEL_SLAB_VIEW_H

#include "model/report.h"

enum known_flag { FLAG_UNKNOWN, FLAG_NO, FLAG_YES };

/* A cache in one capture. No amount is above INT64_MAX. */
struct slab_amount {
	bool known;	  /* the capture has this cache */
	bool debug_known; /* debug_bytes is */
	/*
	 * A report in a log tells it: bytes are all slots times their size,
	 * used_bytes those in use; how many objects they are is not known.
	 */
	bool sums_only;
	uint64_t used_bytes;
	uint64_t bytes;	       /* of its slabs: whole pages */
	uint64_t objects;      /* in use, or in a list of some CPU */
	uint64_t slots;	       /* room for objects, the used ones too */
	uint64_t slot_bytes;   /* of one, what debugging adds included */
	uint64_t object_bytes; /* of one, as was asked for; 0: not known */
	/* Slots - objects in size, times slots: what debugging and alignment
	 * add. */
	uint64_t debug_bytes;
};

struct slab_cache {
	struct span name; /* as the kernel prints it; untrusted */
	enum known_flag reclaimable;
	enum known_flag traced; /* it notes who allocates: store_user */
	/* Other caches that are merged into this one: sysfs' "aliases"; 0
	 * where there are none or it is not known. */
	uint64_t aliases;
	bool aliases_known;
	/* Caches that have this very name, which are added up: a driver makes
	 * one for each of its devices. */
	uint64_t namesakes;
	bool has_stacks; /* traces in the captures have some of it */
	struct slab_amount sides[2];
};

/* Zeroed is one of captures without slabinfo. With one side it is [0]. */
struct slab_view {
	bool known;
	struct slab_cache *caches; /* ranked: by growth, else by memory */
	size_t cache_count;
	/* Not known is a side whose capture tells of no cache. slot_bytes,
	 * object_bytes are 0; debug_bytes is of those where it is known. */
	struct slab_amount totals[2];
	unsigned newest; /* the side to be shown where one is */
	bool compared;	 /* both captures tell of their caches */
};

/* NEW less OLD, where a capture that lacks the cache has 0 of it. */
int64_t slab_cache_growth(const struct slab_cache *cache);

/*
 * How many caches, from the first on, are worth asking who fills them: what
 * makes up most of the growth, or of the memory where nothing is compared.
 */
size_t slab_view_leaders(const struct slab_view *view);

#endif
