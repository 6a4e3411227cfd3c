/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks the slab caches of one or two captures. */
#ifndef PAGEOWL_ACCOUNT_SLAB_CACHES_H
#define PAGEOWL_ACCOUNT_SLAB_CACHES_H

#include "base/error.h"
#include "model/counters.h"
#include "model/slab_view.h"

/*
 * The caches of counters[0], and of counters[1] unless it is NULL (then [0] is
 * OLD), with the bytes of a page of each. All lives in arena or in the
 * counters. Fails when memory runs out.
 */
bool slab_caches_make(const struct counters *const counters[2],
		      const uint64_t page_sizes[2], struct arena *arena,
		      struct slab_view *ret, struct error *err);

/*
 * Note which of the caches rows of objects, which may be NULL, are of: once
 * for a report, as a dump that lies has any number of both. Fails when memory
 * runs out.
 */
bool slab_caches_mark(struct slab_view *view, const struct report *objects,
		      struct error *err);

/*
 * Marks the caches, and tells how to have the stacks of those that grew most,
 * or are largest, where objects, which may be NULL, has none of theirs: lines,
 * each with its end. "": there is nothing to say. NULL: no memory.
 * slab_steps.c
 */
char *slab_caches_steps(struct slab_view *view, const struct report *objects,
			struct arena *arena);

#endif
