/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the path of alloc_traces and its siblings tells: the text does not say
 * which cache's objects it lists, nor which of the two kinds it is.
 */
#ifndef PAGEOWL_FORMATS_SLAB_PATH_H
#define PAGEOWL_FORMATS_SLAB_PATH_H

#include "base/span.h"

/* Which of the two kinds of file. */
enum slab_side {
	SLAB_ALLOC, /* alloc_traces, alloc_calls */
	SLAB_FREE,  /* free_traces, free_calls */
};

/*
 * Take the path of a file of this kind, and the colon behind it, off the front
 * of a line of `grep -r`. ret is the path.
 */
bool slab_path_take(enum slab_side side, struct span *line, struct span *ret);

/*
 * The name of the cache: of ".../slab/kmalloc-64/alloc_traces" the directory,
 * of names that somebody made up, "kmalloc-64-alloc_traces.txt", what is left
 * without the known words. Empty where nothing sensible is left.
 */
struct span slab_path_cache(struct span path);

#endif
