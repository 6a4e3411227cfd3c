/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes of the objects that slab traces count. The traces do not tell them:
 * the size of an object comes from the name of its cache or from sysfs, that
 * of a slot, which is what an object holds, from sysfs or /proc/slabinfo.
 */
#ifndef PAGEOWL_ACCOUNT_OBJECT_SIZES_H
#define PAGEOWL_ACCOUNT_OBJECT_SIZES_H

#include "model/counters.h"
#include "model/snapshot.h"

/* What tells sizes. */
struct size_sources {
	const struct counters *own;
	/* Of another capture of the machine, for what own lacks; or NULL. */
	const struct counters *other;
	/* The kernel prints what kmalloc() wastes, as another capture shows. */
	bool prints_waste;
};

/*
 * Fill in the units of a snapshot of slab traces. In kmalloc() caches of a
 * kernel that prints what rounding wastes, units are the bytes asked for,
 * objects * size - waste; in others, the bytes of slots. Where no cache has a
 * size they are objects: snapshot->unit tells. Rows of caches that shrink
 * under pressure are marked.
 */
void object_sizes_apply(struct snapshot *snapshot,
			const struct size_sources *sources,
			struct object_sizes *ret);

/* Whether any record says waste=: then no word in another is no waste. */
bool object_sizes_has_waste(const struct snapshot *snapshot);

/* Count objects instead, to compare with what has no sizes. */
void object_sizes_drop(struct snapshot *snapshot);

#endif
