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

/*
 * Fill in the units of a snapshot of slab traces. In kmalloc() caches of a
 * kernel that prints what rounding wastes, units are the bytes asked for,
 * objects * size - waste; in others, the bytes of slots. Where no cache has a
 * size they are objects: snapshot->unit tells. Stacks of caches that shrink
 * under pressure get EVIDENCE_RECLAIMABLE, and are to be classified after it.
 */
void object_sizes_apply(struct snapshot *snapshot,
			const struct counters *counters,
			struct object_sizes *ret);

/* Count objects instead, to compare with what has no sizes. */
void object_sizes_drop(struct snapshot *snapshot);

#endif
